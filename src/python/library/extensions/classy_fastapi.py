"""https://gitlab.com/companionlabs-opensource/classy-fastapi"""
import inspect
from functools import partial

from __arch__ import is_function, members
from fastapi.routing import APIRouter


def route(path, methods, **options):
    def marker(method):
        given = {"response_model": None, **options}
        given["name"] = given.get("name") or method.__name__
        # A description of its own, so that the one of `partial` does not show.
        given["description"] = given.get("description") or inspect.cleandoc(method.__doc__ or "") or " "
        method._endpoint = (path, methods, given)
        return method

    return marker


def get(path, **options):
    return route(path, ["GET"], **options)


def post(path, **options):
    return route(path, ["POST"], **options)


def patch(path, **options):
    return route(path, ["PATCH"], **options)


def put(path, **options):
    return route(path, ["PUT"], **options)


def delete(path, **options):
    return route(path, ["DELETE"], **options)


def websocket(path, name=None):
    def marker(method):
        method._endpoint = (path, None, {"name": name or method.__name__})
        return method

    return marker


class Routable:
    def __init__(self, *args, **kwargs):
        self.router = APIRouter(*args, **kwargs)
        for name, method in members(type(self)):
            if not is_function(method) or not hasattr(method, "_endpoint"):
                continue
            path, methods, options = method._endpoint
            endpoint = partial(method, self)
            if methods is None:
                self.router.add_api_websocket_route(path, endpoint, name=options["name"])
            else:
                self.router.add_api_route(path, endpoint, methods=methods, **options)
