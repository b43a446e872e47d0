"""https://fastapi-utils.davidmontague.xyz/user-guide/class-based-views/"""
import inspect

from fastapi import APIRouter, Depends
from typing import get_type_hints

INCLUDE_INIT_PARAMS_KEY = "__include_init_params__"
RETURN_TYPES_FUNC_KEY = "__return_types_func__"
_VARIADIC = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def cbv(router, *urls):
    def decorator(cls):
        return _cbv(router, cls, *urls)

    return decorator


def _cbv(router, cls, *urls, instance=None):
    _make_injectable(cls, instance)
    _register(router, cls, *urls)
    return cls


def _make_injectable(cls, instance):
    """The annotations of the class become parameters of its constructor, and so dependencies of each method."""
    if "__cbv_class__" in cls.__dict__:
        return
    original = cls.__dict__.get("__init__")
    given = []
    if original is not None:
        given = [p for p in list(inspect.signature(original).parameters.values())[1:] if p.kind not in _VARIADIC]
    names = []
    for name, hint in get_type_hints(cls).items():
        if _is_class_variable(hint):
            continue
        names.append(name)
        default = getattr(cls, name, ...)
        given.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint))

    def initialise(self, *args, **kwargs):
        for name in names:
            setattr(self, name, kwargs.pop(name, None))
        if original is not None and instance is None:
            original(self, *args, **kwargs)

    shows = instance is None or hasattr(cls, INCLUDE_INIT_PARAMS_KEY)
    cls.__signature__ = inspect.Signature(given if shows else [])
    cls.__init__ = initialise
    cls.__cbv_class__ = True


def _is_class_variable(hint):
    return "ClassVar" in repr(hint)


def _register(router, cls, *urls):
    inner = APIRouter()
    methods = inspect.getmembers(cls, inspect.isfunction)
    for url in urls:
        _allocate(router, url, methods)
    functions = [function for _, function in methods]
    found = [
        route for route in router.routes if any([getattr(route, "endpoint", None) is function for function in functions])
    ]
    for route in found:
        router.routes = [known for known in router.routes if known is not route]
        route.path = route.path[len(router.prefix) :]
        _inject_instance(cls, route)
        route.name = cls.__name__ + "." + route.name
        inner.routes.append(route)
    router.include_router(inner)


def _allocate(router, url, methods):
    for name, function in methods:
        if name.startswith("__") or not hasattr(router, name):
            continue
        if any([getattr(route, "endpoint", None) is function and route.path == url for route in router.routes]):
            continue
        described = getattr(function, RETURN_TYPES_FUNC_KEY, None)
        response_model, status_code, responses, options = (None, 200, None, {}) if described is None else described()
        router.add_api_route(
            url,
            function,
            methods=[name.capitalize()],
            response_model=response_model,
            status_code=status_code,
            responses=responses,
            **options,
        )


def _inject_instance(cls, route):
    signature = inspect.signature(route.endpoint)
    first, *others = list(signature.parameters.values())
    keywords = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in others]
    route.endpoint.__signature__ = signature.replace(parameters=[first.replace(default=Depends(cls)), *keywords])
