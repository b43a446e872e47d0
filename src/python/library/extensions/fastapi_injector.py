"""https://github.com/matyasrichter/fastapi-injector"""
from __arch__ import abstract
from fastapi import Depends
from starlette.requests import HTTPConnection


class InjectorNotAttached(Exception):
    pass


class RequestScopeOptions:
    def __init__(self, enable_cleanup=False):
        self.enable_cleanup = enable_cleanup


class RequestScope:
    pass


class RequestScopeFactory:
    pass


class InjectorMiddleware:
    def __init__(self, app=None, injector=None):
        self.app = app


def request_scope(cls):
    return cls


def attach_injector(app, injector, options=None):
    app.state.injector = injector


def get_injector_instance(app):
    return app.state.injector


def Injected(interface):
    async def inject_into_route(conn: HTTPConnection):
        return abstract(interface)

    return Depends(inject_into_route)


def SyncInjected(interface):
    def inject_into_route(conn: HTTPConnection):
        return abstract(interface)

    return Depends(inject_into_route)
