"""https://github.com/ivan-borovets/fastapi-error-map"""
import inspect
from functools import partial
from typing import Any, NotRequired, TypedDict, Union, get_type_hints

from fastapi.routing import APIRoute, APIRouter


class SimpleErrorResponse(TypedDict):
    error: str


class StructuredErrorResponse(TypedDict):
    code: str
    message: NotRequired[str]
    details: NotRequired[dict[str, Any]]


class ErrorMapWarning(UserWarning):
    pass


class RouteConfigError(Exception):
    pass


class Rule:
    def __init__(
        self, status, translator=None, headers=None, on_error=None, openapi_model=None, openapi_description=None,
        openapi_examples=None,
    ):
        self.status, self.translator, self.headers, self.on_error = status, translator, headers, on_error
        self.openapi_model, self.openapi_description = openapi_model, openapi_description
        self.openapi_examples = openapi_examples


def rule(status, **options):
    return Rule(status, **options)


def _simple_translator(err) -> SimpleErrorResponse:
    return {"error": str(err)}


def _structured_translator(err) -> StructuredErrorResponse:
    return {"code": str(err)}


def simple():
    return lambda status: _simple_translator


def structured(**options):
    return lambda status: _structured_translator


def to_threadpool(function):
    return function


class _RouteConfig:
    def __init__(self, mapping, translator_factory=None):
        self.mapping, self.translator_factory = mapping, translator_factory


def error_map(mapping):
    def decorator(func):
        func.__fastapi_error_map__ = _RouteConfig(dict(mapping))
        return func

    return decorator


def _model(entry, translator_factory):
    if entry.openapi_model is not None:
        return entry.openapi_model
    translator = entry.translator or (translator_factory or simple())(entry.status)
    if isinstance(translator, type):
        return translator
    if isinstance(translator, partial):
        translator = translator.func
    elif not inspect.isfunction(translator) and not inspect.ismethod(translator):
        translator = type(translator).__call__
    return get_type_hints(translator).get("return")


def _response(entries, translator_factory):
    models = []
    for entry in entries:
        model = _model(entry, translator_factory)
        if model not in models:
            models.append(model)
    made = {"model": Union[tuple(models)] if len(models) > 1 else models[0]}
    descriptions = []
    headers, examples = {}, {}
    for entry in entries:
        if entry.openapi_description is not None and entry.openapi_description not in descriptions:
            descriptions.append(entry.openapi_description)
        if isinstance(entry.headers, dict):
            headers.update({name: {"schema": {"type": "string"}} for name in entry.headers})
        examples.update(entry.openapi_examples or {})
    if descriptions:
        made["description"] = "\n".join(descriptions)
    if headers:
        made["headers"] = headers
    if examples:
        made["content"] = {"application/json": {"examples": examples}}
    return made


def _responses(config, given):
    by_status = {}
    for entry in config.mapping.values():
        entry = entry if isinstance(entry, Rule) else Rule(entry)
        by_status.setdefault(entry.status, []).append(entry)
    made = {status: _response(entries, config.translator_factory) for status, entries in by_status.items()}
    return {**made, **(given or {})}


class ErrorAwareRoute(APIRoute):
    def __init__(self, path, endpoint, **kwargs):
        config = getattr(endpoint, "__fastapi_error_map__", None)
        if config is not None and config.mapping:
            kwargs["responses"] = _responses(config, kwargs.get("responses"))
        super().__init__(path, endpoint, **kwargs)


class ErrorAwareRouter(APIRouter):
    def __init__(self, *, error_map=None, translator_factory=None, on_error=None, warn_on_unmapped=True, **kwargs):
        kwargs.setdefault("route_class", ErrorAwareRoute)
        self._error_map, self._translator_factory = dict(error_map or {}), translator_factory
        super().__init__(**kwargs)

    def api_route(self, path, *, error_map=None, **kwargs):
        mapping = {**self._error_map, **(error_map or {})}
        parent = super().api_route(path, **kwargs)

        def decorator(func):
            if mapping:
                func.__fastapi_error_map__ = _RouteConfig(mapping, self._translator_factory)
            return parent(func)

        return decorator
