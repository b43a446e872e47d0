"""https://dishka.readthedocs.io/en/stable/"""
from enum import Enum
from inspect import Parameter, signature
from typing import Annotated, get_args, get_origin, get_type_hints

from __arch__ import abstract, is_coroutine
from __arch_transparent__ import transparent, without
from fastapi import Depends
from fastapi.routing import APIRoute
from starlette.requests import Request

DEFAULT_COMPONENT = ""


class Scope(Enum):
    RUNTIME = "RUNTIME"
    APP = "APP"
    SESSION = "SESSION"
    REQUEST = "REQUEST"
    ACTION = "ACTION"
    STEP = "STEP"


BaseScope = Enum


class _FromComponent:
    def __init__(self, component=DEFAULT_COMPONENT):
        self.component = component


def FromComponent(component=DEFAULT_COMPONENT):
    return _FromComponent(component)


class FromDishka(_FromComponent):
    def __class_getitem__(cls, item):
        return Annotated[item, _FromComponent()]


class Provider:
    scope = None

    def __init__(self, scope=None, component=None):
        self.scope = scope or self.scope

    def provide(self, source, **options):
        return source

    def provide_all(self, *provides, **options):
        return provides

    def alias(self, **options):
        return None

    def decorate(self, source, **options):
        return source

    def from_context(self, *args, **options):
        return None


class FastapiProvider(Provider):
    pass


StarletteProvider = FastapiProvider


def provide(source=None, **options):
    return (lambda factory: factory) if source is None else source


decorate = activate = provide


def provide_all(*provides, **options):
    return provides


def alias(source=None, **options):
    return source


def from_context(provides=None, **options):
    return provides


def collect(source=None, **options):
    return source


class Container:
    def __init__(self, *providers, context=None, **options):
        self.providers = providers

    def __call__(self, *args, **options):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None

    def get(self, dependency_type, component=DEFAULT_COMPONENT):
        return abstract(dependency_type)

    def close(self, exception=None):
        return None


class AsyncContainer(Container):
    async def __aenter__(self):
        return self

    async def __aexit__(self, *args):
        return None

    async def get(self, dependency_type, component=DEFAULT_COMPONENT):
        return abstract(dependency_type)

    async def close(self, exception=None):
        return None


def make_container(*providers, context=None, **options):
    return Container(*providers)


def make_async_container(*providers, context=None, **options):
    return AsyncContainer(*providers)


class ContainerMiddleware:
    def __init__(self, app=None):
        self.app = app


class SyncContainerMiddleware(ContainerMiddleware):
    pass


def setup_dishka(container, app, **options):
    app.add_middleware(ContainerMiddleware if isinstance(container, AsyncContainer) else SyncContainerMiddleware)
    app.state.dishka_container = container


def _is_injected(parameter, hint):
    return get_origin(hint) is Annotated and any([isinstance(item, _FromComponent) for item in get_args(hint)[1:]])


def inject_sync(func):
    return without(func, _is_injected)


def inject(func):
    if is_coroutine(func):
        return without(func, _is_injected)
    return _with_dependencies(func)


def _with_dependencies(func):
    """What a handler that is not awaited asks for is got by dependencies of FastAPI."""
    hints = get_type_hints(func)
    given = signature(func)
    parameters = []
    for parameter in given.parameters.values():
        hint = hints.get(parameter.name, parameter.annotation)
        if _is_injected(parameter, hint):
            wanted = get_args(hint)[0]
            parameter = parameter.replace(annotation=Annotated[wanted, Depends(_getter(wanted))])
        parameters.append(parameter)
    wrapper = transparent(func)
    wrapper.__signature__ = given.replace(parameters=parameters)
    return wrapper


def _getter(wanted):
    async def dishka_depends(request: Request):
        return abstract(wanted)

    return dishka_depends


class DishkaRoute(APIRoute):
    def __init__(self, path, endpoint, **kwargs):
        super().__init__(path, inject(endpoint), **kwargs)


class DishkaSyncRoute(APIRoute):
    def __init__(self, path, endpoint, **kwargs):
        super().__init__(path, inject_sync(endpoint), **kwargs)
