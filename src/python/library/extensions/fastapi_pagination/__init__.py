"""https://uriyyo-fastapi-pagination.netlify.app"""
import inspect
from typing import Annotated, get_args, get_origin, get_type_hints

from __arch__ import is_function, model_field_rows, model_fields, unknown
from fastapi import Depends, FastAPI
from fastapi.datastructures import DefaultPlaceholder
from fastapi.routing import APIRoute, _IncludedRouter
from fastapi_pagination.bases import BaseAbstractPage
from fastapi_pagination.default import Page as Page
from fastapi_pagination.default import Params as Params
from fastapi_pagination.limit_offset import LimitOffsetPage as LimitOffsetPage
from fastapi_pagination.limit_offset import LimitOffsetParams as LimitOffsetParams
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from starlette.requests import Request
from starlette.responses import Response


def _params_dependency(params):
    async def _pagination_params(*args, **kwargs):
        yield params(*args, **kwargs)

    _pagination_params.__signature__ = _signature(params)
    return _pagination_params


def _signature(params):
    """Of a model the fields themselves are the defaults, with their descriptions."""
    if not issubclass(params, BaseModel):
        return inspect.signature(params)
    infos = model_fields(params)
    made = []
    for name, annotation, default, has_default, *_ in model_field_rows(params):
        info = infos.get(name)
        given = info if isinstance(info, FieldInfo) else default if has_default else inspect.Parameter.empty
        made.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=given, annotation=annotation))
    return inspect.Signature(made)


async def _noop_dep():
    return None


def pagination_ctx(page=None, params=None, transformer=None, __page_ctx_dep__=False):
    if page is not None and params is None:
        params = page.__params_type__
    params_dep = _noop_dep if params is None else _params_dependency(params)

    async def _page_ctx_dependency(req: Request, res: Response, _params=Depends(params_dep)):
        yield _params

    _page_ctx_dependency.__page_ctx_dep__ = True
    return _page_ctx_dependency


def _response_model(route):
    given = route.response_model
    if not isinstance(given, DefaultPlaceholder):
        return given
    handler = inspect.unwrap(route.endpoint)
    return get_type_hints(handler).get("return") if is_function(handler) else None


def _page_of(model):
    if get_origin(model) is Annotated:
        model = get_args(model)[0]
    plain = get_origin(model) or model
    return plain if isinstance(plain, type) and issubclass(plain, BaseAbstractPage) else None


def _api_routes(routes):
    found = []
    for route in routes:
        if isinstance(route, APIRoute):
            found.append(route)
        elif isinstance(route, _IncludedRouter):
            found.extend(_api_routes(route.original_router.routes))
    return found


def _has_context(route):
    known = [*route.dependencies, *getattr(route, "_appended", ())]
    return any([hasattr(depends.dependency, "__page_ctx_dep__") for depends in known])


def _add_pagination(parent):
    for route in _api_routes(parent.routes):
        page = _page_of(_response_model(route))
        if page is not None and not _has_context(route):
            route._appended = [*getattr(route, "_appended", ()), Depends(pagination_ctx(page))]


def add_pagination(parent):
    _add_pagination(parent)
    router = parent.router if isinstance(parent, FastAPI) else parent
    # Routes that are registered later get it when the server starts.
    router._before_serving = [*getattr(router, "_before_serving", ()), lambda: _add_pagination(parent)]
    return parent


def create_page(items, total=None, params=None, **kwargs):
    return unknown("fastapi_pagination.create_page")


def paginate(sequence, params=None, length_function=None, **options):
    return unknown("fastapi_pagination.paginate")


async def apaginate(sequence, params=None, length_function=None, **options):
    return unknown("fastapi_pagination.apaginate")


def resolve_params(params=None):
    return params or unknown("fastapi_pagination.resolve_params")


def request():
    return unknown("fastapi_pagination.request")


def response():
    return unknown("fastapi_pagination.response")


def set_page(page):
    return None


def set_params(params):
    return None


def disable_installed_extensions_check():
    return None


class PaginationContext:
    pass
