"""https://fastapi-utils.davidmontague.xyz/user-guide/class-resource/"""
from fastapi import APIRouter
from fastapi_utils.cbv import INCLUDE_INIT_PARAMS_KEY, RETURN_TYPES_FUNC_KEY, _cbv


class Resource:
    pass


class Api:
    def __init__(self, app):
        self.app = app

    def add_resource(self, resource, *urls, **kwargs):
        router = APIRouter()
        _cbv(router, type(resource), *urls, instance=resource)
        self.app.include_router(router, **kwargs)


def take_init_parameters(cls):
    setattr(cls, INCLUDE_INIT_PARAMS_KEY, True)
    return cls


def set_responses(response, status_code=200, responses=None, **kwargs):
    def decorator(func):
        setattr(func, RETURN_TYPES_FUNC_KEY, lambda: (response, status_code, responses, kwargs))
        return func

    return decorator
