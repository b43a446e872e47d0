"""https://that-depends.readthedocs.io/"""
from enum import Enum
from inspect import signature

from __arch__ import unknown
from __arch_transparent__ import transparent
from fastapi import Depends
from fastapi.routing import APIRoute


class ContextScope(Enum):
    ANY = "ANY"
    APP = "APP"
    REQUEST = "REQUEST"
    INJECT = "INJECT"


class ContextScopes:
    ANY, APP, REQUEST, INJECT = ContextScope.ANY, ContextScope.APP, ContextScope.REQUEST, ContextScope.INJECT


def _value(argument):
    return argument._make() if isinstance(argument, AbstractProvider) else argument


class AbstractProvider:
    def __init__(self, factory=None, *args, **kwargs):
        self._factory, self._args, self._kwargs = factory, args, kwargs

    async def __call__(self):
        return self._make()

    def _make(self):
        given = [_value(argument) for argument in self._args]
        return self._factory(*given, **{name: _value(argument) for name, argument in self._kwargs.items()})

    async def resolve(self):
        return self._make()

    def resolve_sync(self):
        return self._make()

    def sync_resolve(self):
        return self._make()

    def with_config(self, **options):
        return self

    def context_async(self, *args, **kwargs):
        return self

    def override(self, mock):
        return None

    @property
    def cast(self):
        return self

    def __getattr__(self, name):
        return AbstractProvider(lambda: getattr(self._make(), name))


class Factory(AbstractProvider):
    pass


class AsyncFactory(AbstractProvider):
    pass


class Singleton(AbstractProvider):
    def _make(self):
        if "_instance" not in self.__dict__:
            self._instance = super()._make()
        return self._instance


class AsyncSingleton(Singleton):
    pass


class ThreadLocalSingleton(Singleton):
    pass


class Resource(Singleton):
    def _make(self):
        made = super()._make()
        values = list(made) if hasattr(made, "__next__") else [made]
        return values[0] if values else None


class ContextResource(Resource):
    pass


class Object(AbstractProvider):
    def _make(self):
        return self._factory


class List(AbstractProvider):
    def __init__(self, *args):
        super().__init__(None, *args)

    def _make(self):
        return [_value(argument) for argument in self._args]


class Dict(AbstractProvider):
    def __init__(self, **kwargs):
        super().__init__(None, **kwargs)

    def _make(self):
        return {name: _value(argument) for name, argument in self._kwargs.items()}


class Selector(AbstractProvider):
    def _make(self):
        return _value(self._kwargs[_value(self._factory)])


class State(AbstractProvider):
    def _make(self):
        return unknown("that_depends.State")


class BaseContainer:
    default_scope = None

    @classmethod
    async def init_resources(cls):
        return None

    @classmethod
    async def tear_down(cls):
        return None


class Provide:
    def __class_getitem__(cls, item):
        return item


def inject(func=None, **options):
    return transparent if func is None else transparent(func)


class container_context:
    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, func):
        return transparent(func)

    async def __aenter__(self):
        return None

    async def __aexit__(self, *args):
        return None


class DIContextMiddleware:
    def __init__(self, app=None, *args, **kwargs):
        self.app = app


def fetch_context_item(key, default=None, **options):
    return unknown("that_depends.fetch_context_item")


def create_fastapi_route_class(*context_items, global_context=None, scope=None):
    class _Route(APIRoute):
        def __init__(self, path, endpoint, **kwargs):
            given = signature(endpoint)
            made = [_as_dependency(parameter) for parameter in given.parameters.values()]
            endpoint.__signature__ = given.replace(parameters=made)
            super().__init__(path=path, endpoint=endpoint, **kwargs)

    return _Route


def _as_dependency(parameter):
    if isinstance(parameter.default, AbstractProvider):
        return parameter.replace(default=Depends(parameter.default))
    return parameter
