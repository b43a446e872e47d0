"""https://github.com/yezz123/fastapi-class"""
from enum import Enum

from __arch__ import members
from __arch_transparent__ import transparent
from fastapi import HTTPException
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field


class Method(str, Enum):
    GET = "get"
    POST = "post"
    PATCH = "patch"
    DELETE = "delete"
    PUT = "put"


class Metadata:
    def __init__(self, methods, name=None, path=None, status_code=None, response_model=None, response_class=None):
        self.methods, self.name, self.path, self.status_code = methods, name, path, status_code
        self.response_model, self.response_class = response_model, response_class


class ExceptionModel(BaseModel):
    """Exception model."""

    detail: str = Field(..., description="Exception details.")


class FormattedMessageException(HTTPException):
    pass


def _exceptions_to_responses(exceptions):
    responses = {}
    for exception in exceptions:
        raised = exception if isinstance(exception, HTTPException) else exception()
        known = responses.get(raised.status_code)
        if known is None:
            responses[raised.status_code] = {"description": raised.detail, "model": ExceptionModel}
        else:
            known["description"] += f" or {raised.detail}"
    return responses


def endpoint(methods=None, *, name=None, path=None, status_code=None, response_model=None, response_class=None):
    def decorator(function):
        chosen = [methods] if isinstance(methods, str) else methods or [name or function.__name__]
        marked = transparent(function)
        marked.__endpoint_metadata = Metadata(
            [method.upper() for method in chosen], name, path, status_code, response_model, response_class
        )
        return marked

    return decorator


def _view_class_name_default_parser(cls, method):
    words = "".join([" " + letter if letter.isupper() else letter for letter in cls.__name__.replace("View", "")])
    return f"{method.capitalize()}{words}"


def View(router, *, path="/", default_status_code=200, name_parser=_view_class_name_default_parser):
    def decorator(cls):
        view = cls()
        models = getattr(view, "response_model", {})
        classes = getattr(view, "response_class", {})
        common = getattr(view, "EXCEPTIONS", {}).get("common", ())
        for name, method in members(view):
            marked = getattr(method, "__endpoint_metadata", None)
            if marked is None and name not in ("get", "post", "patch", "delete", "put"):
                continue
            metadata = marked or Metadata([name])
            router.add_api_route(
                path + metadata.path if metadata.path else path,
                method,
                methods=metadata.methods,
                response_class=metadata.response_class or classes.get(name, JSONResponse),
                response_model=metadata.response_model or models.get(name),
                responses=_exceptions_to_responses(common),
                name=metadata.name or name_parser(cls, name),
                status_code=metadata.status_code or default_status_code,
            )

    return decorator
