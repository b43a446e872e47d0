"""https://www.starlette.dev/routing/"""
import re

from __arch__ import conditions, location, maker, symbol
from starlette.middleware import Middleware


def get_name(endpoint):
    return getattr(endpoint, "__name__", None) or type(endpoint).__name__


def _path_format(path):
    parts = []
    rest = path
    while "{" in rest and "}" in rest:
        before, _, after = rest.partition("{")
        name, _, rest = after.partition("}")
        parts.append(before + "{" + name.partition(":")[0] + "}")
    return "".join(parts) + rest


def compile_path(path):
    return None, _path_format(path), {}


class Match:
    NONE, PARTIAL, FULL = 0, 1, 2


class NoMatchFound(Exception):
    pass


class BaseRoute:
    def _registered(self):
        self._location = location()
        self._conditions = conditions()

    def matches(self, scope):
        return Match.FULL, {}


class Route(BaseRoute):
    def __init__(self, path, endpoint, *, methods=None, name=None, include_in_schema=True, middleware=None):
        self._registered()
        self.path = path
        self.endpoint = endpoint
        self.name = get_name(endpoint) if name is None else name
        self.include_in_schema = include_in_schema
        self.middleware = list(middleware or ())
        self.path_format = _path_format(path)
        self.path_regex = None
        self.param_convertors = {}
        if methods is None:
            is_function = callable(endpoint) and not isinstance(endpoint, type)
            methods = ["GET"] if is_function else None
        self.methods = None if methods is None else {method.upper() for method in methods}
        if self.methods is not None and "GET" in self.methods:
            self.methods.add("HEAD")
        self.app = endpoint


class WebSocketRoute(BaseRoute):
    def __init__(self, path, endpoint, *, name=None, middleware=None):
        self._registered()
        self.path = path
        self.endpoint = endpoint
        self.name = get_name(endpoint) if name is None else name
        self.path_format = _path_format(path)
        self.app = endpoint


class Mount(BaseRoute):
    def __init__(self, path, app=None, routes=None, name=None, *, middleware=None):
        self._registered()
        self.path = path.rstrip("/")
        # What a library without source made is some application.
        self.app = app if is_unknown(app) or app is not None else Router(routes=routes)
        self._base_app = self.app
        self.name = name
        self.middleware = list(middleware or ())

    @property
    def routes(self):
        return getattr(self._base_app, "routes", [])


class Host(BaseRoute):
    def __init__(self, host, app, name=None):
        self._registered()
        self.host, self.app, self.name = host, app, name

    @property
    def routes(self):
        return getattr(self.app, "routes", [])


class Router:
    def __init__(
        self, routes=None, redirect_slashes=True, default=None, on_startup=None, on_shutdown=None, lifespan=None, *,
        middleware=None,
    ):
        self._location = location()
        self._maker = maker()
        self.routes = [] if routes is None else list(routes)
        self.redirect_slashes = redirect_slashes
        self.default = default
        self.on_startup = [] if on_startup is None else list(on_startup)
        self.on_shutdown = [] if on_shutdown is None else list(on_shutdown)
        self.lifespan_context = lifespan
        self._events = []
        self.middleware = list(middleware or ())
        for handler in self.on_startup:
            self._events.append(("startup", handler, location()))
        for handler in self.on_shutdown:
            self._events.append(("shutdown", handler, location()))

    def mount(self, path, app, name=None):
        self.routes.append(Mount(path, app=app, name=name))

    def host(self, host, app, name=None):
        self.routes.append(Host(host, app=app, name=name))

    def add_route(self, path, endpoint, methods=None, name=None, include_in_schema=True):
        self.routes.append(Route(path, endpoint, methods=methods, name=name, include_in_schema=include_in_schema))

    def add_websocket_route(self, path, endpoint, name=None):
        self.routes.append(WebSocketRoute(path, endpoint, name=name))

    def route(self, path, methods=None, name=None, include_in_schema=True):
        def decorator(func):
            self.add_route(path, func, methods=methods, name=name, include_in_schema=include_in_schema)
            return func

        return decorator

    def websocket_route(self, path, name=None):
        def decorator(func):
            self.add_websocket_route(path, func, name=name)
            return func

        return decorator

    def add_event_handler(self, event_type, func):
        (self.on_startup if event_type == "startup" else self.on_shutdown).append(func)
        self._events.append((event_type, func, location()))

    def on_event(self, event_type):
        def decorator(func):
            self.add_event_handler(event_type, func)
            return func

        return decorator

    def url_path_for(self, name, /, **path_params):
        return symbol("starlette.routing.Router.url_path_for")()


def request_response(func):
    return func


def websocket_session(func):
    return func
