"""https://maldoinc.github.io/wireup/latest/"""
from inspect import signature
from typing import Annotated, get_args, get_origin, get_type_hints

from __arch__ import abstract, unknown
from __arch_transparent__ import without
from fastapi import Depends
from fastapi.routing import APIRoute


def Inject(*, config=None, param=None, expr=None, qualifier=None):
    def wireup_inject():
        return unknown("wireup.Inject")

    wireup_inject.__is_wireup_depends__ = True
    return Depends(wireup_inject)


class Injected:
    def __class_getitem__(cls, item):
        return Annotated[item, Inject()]


class Container:
    def __init__(self, **options):
        self.options = options

    def get(self, klass, qualifier=None):
        return abstract(klass)

    def enter_scope(self, *args):
        return self


class AsyncContainer(Container):
    async def get(self, klass, qualifier=None):
        return abstract(klass)


def create_sync_container(**options):
    return Container(**options)


def create_async_container(**options):
    return AsyncContainer(**options)


create_container = create_sync_container


def injectable(obj=None, **options):
    return (lambda decorated: decorated) if obj is None else obj


service = abstract_service = injectable


def instance(obj, **options):
    return obj


def _is_injected(parameter, hint):
    if get_origin(hint) is not Annotated:
        return False
    marks = [item for item in get_args(hint)[1:] if isinstance(item, type(Depends()))]
    return any([hasattr(item.dependency, "__is_wireup_depends__") for item in marks])


def inject(func):
    return without(func, _is_injected)


def inject_from_container(container, *args, **options):
    return inject


class WireupRoute(APIRoute):
    def __init__(self, path, endpoint, **kwargs):
        super().__init__(path=path, endpoint=inject(endpoint), **kwargs)


class WireupAsgiMiddleware:
    def __init__(self, app=None, include_websocket=False):
        self.app = app


class WireupTask:
    pass


def setup(container, app, *, class_based_handlers=None, middleware_mode=False, **options):
    app.state.wireup_container = container
    if middleware_mode:
        app.add_middleware(WireupAsgiMiddleware, include_websocket=False)
    handlers = list(class_based_handlers or options.get("class_based_routes") or ())
    if handlers:
        known = getattr(app.router, "_before_serving", ())
        app.router._before_serving = [*known, lambda: [_include(app, cls) for cls in handlers]]


def _include(app, cls):
    instance = abstract(cls)
    for route in cls.router.routes:
        route.endpoint = getattr(instance, route.endpoint.__name__)
    app.include_router(cls.router)


def get_app_container(app):
    return app.state.wireup_container


def get_request_container():
    return AsyncContainer()


def request_factory():
    return unknown("starlette.requests.Request()")


websocket_factory = request_factory
