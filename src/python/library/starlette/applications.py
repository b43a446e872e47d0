"""https://www.starlette.dev/applications/"""
from __arch__ import conditions, location, unknown
from starlette.datastructures import State
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.routing import Router


class Starlette:
    def __init__(
        self, debug=False, routes=None, middleware=None, exception_handlers=None, on_startup=None, on_shutdown=None,
        lifespan=None,
    ):
        self._start(debug, middleware, exception_handlers)
        self.router = Router(routes, on_startup=on_startup, on_shutdown=on_shutdown, lifespan=lifespan)

    def _start(self, debug, middleware, exception_handlers):
        self._location = location()
        self.debug = debug
        self.state = State()
        self.exception_handlers = {}
        self._exception_handlers = []
        for key, handler in (exception_handlers or {}).items():
            self.add_exception_handler(key, handler)
        self.user_middleware = list(middleware or ())
        self.middleware_stack = None

    @property
    def routes(self):
        return self.router.routes

    def add_middleware(self, middleware_class, *args, **kwargs):
        self.user_middleware.insert(0, Middleware(middleware_class, *args, **kwargs))

    def middleware(self, middleware_type):
        def decorator(func):
            self.add_middleware(BaseHTTPMiddleware, dispatch=func)
            return func

        return decorator

    def add_exception_handler(self, exc_class_or_status_code, handler):
        self.exception_handlers[exc_class_or_status_code] = handler
        self._exception_handlers.append((exc_class_or_status_code, handler, location(), conditions()))

    def exception_handler(self, exc_class_or_status_code):
        def decorator(func):
            self.add_exception_handler(exc_class_or_status_code, func)
            return func

        return decorator

    def mount(self, path, app, name=None):
        self.router.mount(path, app=app, name=name)

    def host(self, host, app, name=None):
        self.router.host(host, app=app, name=name)

    def add_route(self, path, route, methods=None, name=None, include_in_schema=True):
        self.router.add_route(path, route, methods=methods, name=name, include_in_schema=include_in_schema)

    def route(self, path, methods=None, name=None, include_in_schema=True):
        return self.router.route(path, methods=methods, name=name, include_in_schema=include_in_schema)

    def add_websocket_route(self, path, route, name=None):
        self.router.add_websocket_route(path, route, name=name)

    def websocket_route(self, path, name=None):
        return self.router.websocket_route(path, name=name)

    def add_event_handler(self, event_type, func):
        self.router.add_event_handler(event_type, func)

    def on_event(self, event_type):
        return self.router.on_event(event_type)

    def url_path_for(self, name, /, **path_params):
        return self.router.url_path_for(name, **path_params)

    def build_middleware_stack(self):
        return unknown("starlette.applications.Starlette.build_middleware_stack")
