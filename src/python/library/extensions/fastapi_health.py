"""https://github.com/Kludex/fastapi-health"""
from inspect import Parameter, Signature

from fastapi import Depends
from starlette.responses import JSONResponse


async def default_handler(**kwargs):
    return {}


def health(conditions, *, success_handler=default_handler, failure_handler=default_handler, success_status=200, failure_status=503, **options):
    async def endpoint(**dependencies):
        healthy = all(dependencies.values())
        output = await (success_handler if healthy else failure_handler)(**dependencies)
        return JSONResponse(output, status_code=success_status if healthy else failure_status)

    kind = Parameter.POSITIONAL_OR_KEYWORD
    endpoint.__signature__ = Signature(
        [Parameter(condition.__name__, kind, annotation=bool, default=Depends(condition)) for condition in conditions]
    )
    return endpoint
