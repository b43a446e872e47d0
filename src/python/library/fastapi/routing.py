"""https://fastapi.tiangolo.com/reference/apirouter/"""
import inspect
from enum import IntEnum

from __arch__ import conditions, is_opaque, location, package_version, report, unknown_name
from fastapi.datastructures import Default, DefaultPlaceholder, get_value_or_default
from fastapi.responses import JSONResponse
from fastapi.utils import generate_unique_id, has_reached, is_body_allowed_for_status_code
from starlette.routing import BaseRoute, Host, Match, Mount, Route, Router, WebSocketRoute, compile_path, get_name
from starlette.routing import request_response, websocket_session


def _copies_routes():
    # Until 0.136 `include_router` made a copy of each route (https://github.com/fastapi/fastapi/pull/15745).
    version = package_version("fastapi")
    if not version:
        return False
    major, minor = (version.split(".") + ["0"])[:2]
    return int(major) == 0 and int(minor) < 137


class APIWebSocketRoute(WebSocketRoute):
    def __init__(self, path, endpoint, *, name=None, dependencies=None, dependency_overrides_provider=None):
        super().__init__(path, endpoint, name=name)
        self.dependencies = list(dependencies or ())
        self.dependency_overrides_provider = dependency_overrides_provider


class APIRoute(Route):
    def __init__(
        self, path, endpoint, *, response_model=Default(None), status_code=None, tags=None, dependencies=None, summary=None,
        description=None, response_description="Successful Response", responses=None, deprecated=None, name=None,
        methods=None, operation_id=None, response_model_include=None, response_model_exclude=None,
        response_model_by_alias=True, response_model_exclude_unset=False, response_model_exclude_defaults=False,
        response_model_exclude_none=False, include_in_schema=True, response_class=Default(JSONResponse),
        dependency_overrides_provider=None, callbacks=None, openapi_extra=None,
        generate_unique_id_function=Default(generate_unique_id), strict_content_type=Default(True), **options,
    ):
        self._registered()
        self.path = path
        self.endpoint = endpoint
        self.response_model = response_model
        self.status_code = int(status_code) if isinstance(status_code, IntEnum) else status_code
        self.tags = tags or []
        self.dependencies = list(dependencies or [])
        self.summary = summary
        self.response_description = response_description
        self.responses = responses or {}
        self.deprecated = deprecated
        self.name = get_name(endpoint) if name is None else name
        self.path_regex, self.path_format, self.param_convertors = compile_path(path)
        self.methods = {method.upper() for method in (["GET"] if methods is None else methods)}
        self.operation_id = operation_id
        self.response_model_include = response_model_include
        self.response_model_exclude = response_model_exclude
        self.response_model_by_alias = response_model_by_alias
        self.response_model_exclude_unset = response_model_exclude_unset
        self.response_model_exclude_defaults = response_model_exclude_defaults
        self.response_model_exclude_none = response_model_exclude_none
        self.include_in_schema = include_in_schema
        self.response_class = response_class
        self.dependency_overrides_provider = dependency_overrides_provider
        self.callbacks = callbacks
        self.openapi_extra = openapi_extra
        self.generate_unique_id_function = generate_unique_id_function
        self.strict_content_type = strict_content_type
        doc = getattr(endpoint, "__doc__", None)
        self.description = description or inspect.cleandoc(doc or "")
        self.description = self.description.split("\f")[0].strip()
        unique_id_function = generate_unique_id_function
        if isinstance(generate_unique_id_function, DefaultPlaceholder):
            unique_id_function = generate_unique_id_function.value
        self.unique_id = operation_id or unique_id_function(self)
        self._options = options
        self.app = request_response(self.get_route_handler())

    def get_route_handler(self):
        return self.endpoint


class _Inclusion:
    """What a router hands down to the routes of a router that it includes."""

    def __init__(
        self, router, prefix, tags, dependencies, default_response_class, responses, callbacks, deprecated,
        include_in_schema, generate_unique_id_function, strict_content_type, dependency_overrides_provider, routers,
        taken_under,
    ):
        self.router = router
        self.prefix = prefix
        self.tags = tags
        self.dependencies = dependencies
        self.default_response_class = default_response_class
        self.responses = responses
        self.callbacks = callbacks
        self.deprecated = deprecated
        self.include_in_schema = include_in_schema
        self.generate_unique_id_function = generate_unique_id_function
        self.strict_content_type = strict_content_type
        self.dependency_overrides_provider = dependency_overrides_provider
        self.routers = routers
        self.taken_under = taken_under

    def around(self, inner):
        return _Inclusion(
            inner.router,
            self.prefix + inner.prefix,
            [*self.tags, *inner.tags],
            [*self.dependencies, *inner.dependencies],
            get_value_or_default(inner.default_response_class, self.default_response_class),
            {**self.responses, **inner.responses},
            [*self.callbacks, *inner.callbacks],
            self.deprecated or inner.deprecated,
            self.include_in_schema and inner.include_in_schema,
            get_value_or_default(inner.generate_unique_id_function, self.generate_unique_id_function),
            get_value_or_default(inner.strict_content_type, self.strict_content_type),
            self.dependency_overrides_provider,
            [*self.routers, *self._below(inner.routers)],
            [*self.taken_under, *inner.taken_under],
        )

    def _below(self, routers):
        return [(router, self.prefix + prefix, [*self.taken_under, *taken]) for router, prefix, taken in routers]

    def apply(self, route):
        if isinstance(route, APIRoute):
            return self._api_route(route)
        if isinstance(route, APIWebSocketRoute):
            made = APIWebSocketRoute(
                self.prefix + route.path,
                endpoint=route.endpoint,
                name=route.name,
                dependencies=[*self.dependencies, *route.dependencies],
            )
        elif isinstance(route, WebSocketRoute):
            made = WebSocketRoute(self.prefix + route.path, route.endpoint, name=route.name)
        elif isinstance(route, Route):
            made = Route(
                self.prefix + route.path,
                route.endpoint,
                methods=list(route.methods or []),
                name=route.name,
                include_in_schema=route.include_in_schema,
            )
        elif isinstance(route, Mount):
            made = Mount(self.prefix + route.path, app=route.app, name=route.name)
        else:
            return route
        self._keep_origin(made, route)
        return made

    def _keep_origin(self, made, route):
        made._location = route._location
        made._conditions = [*self.taken_under, *route._conditions]
        made._routers = [*self.routers, *self._below(getattr(route, "_routers", []))]
        made._frontend = getattr(route, "_frontend", False)

    def _api_route(self, route):
        made = APIRoute(
            self.prefix + route.path,
            route.endpoint,
            response_model=route.response_model,
            status_code=route.status_code,
            tags=[*self.tags, *route.tags],
            dependencies=[*self.dependencies, *route.dependencies, *getattr(route, "_appended", ())],
            summary=route.summary,
            description=route.description,
            response_description=route.response_description,
            responses={**self.responses, **route.responses},
            deprecated=route.deprecated or self.deprecated,
            name=route.name,
            methods=route.methods,
            operation_id=route.operation_id,
            response_model_include=route.response_model_include,
            response_model_exclude=route.response_model_exclude,
            response_model_by_alias=route.response_model_by_alias,
            response_model_exclude_unset=route.response_model_exclude_unset,
            response_model_exclude_defaults=route.response_model_exclude_defaults,
            response_model_exclude_none=route.response_model_exclude_none,
            include_in_schema=route.include_in_schema and self.include_in_schema,
            response_class=get_value_or_default(
                route.response_class, self.router.default_response_class, self.default_response_class
            ),
            callbacks=[*self.callbacks, *(route.callbacks or [])],
            openapi_extra=route.openapi_extra,
            generate_unique_id_function=get_value_or_default(
                route.generate_unique_id_function,
                self.router.generate_unique_id_function,
                self.generate_unique_id_function,
            ),
        )
        self._keep_origin(made, route)
        made._original = route
        return made


class _IncludedRouter(BaseRoute):
    def __init__(self, original_router, inclusion):
        self._registered()
        self.original_router = original_router
        self.inclusion = inclusion

    def effective_routes(self, outer=None):
        inclusion = self.inclusion if outer is None else outer.around(self.inclusion)
        found = []
        for route in self.original_router.routes:
            if isinstance(route, _IncludedRouter):
                found.extend(route.effective_routes(inclusion))
            else:
                found.append(inclusion.apply(route))
        return found


class RouteContext:
    def __init__(self, route):
        self.original_route = getattr(route, "_original", route)
        self._route = route

    def __getattr__(self, name):
        return getattr(self._route, name)


def effective_routes(routes):
    found = []
    for route in routes:
        if isinstance(route, _IncludedRouter):
            found.extend(route.effective_routes())
        else:
            found.append(route)
    return found


def iter_route_contexts(routes):
    return [RouteContext(route) for route in effective_routes(routes)]


# What a decorator hands to `add_api_route`, which an application may override, whether or not it was given.
_DECORATOR = {
    "response_model": Default(None) if has_reached(0, 89, 0) else None,
    "status_code": None,
    "tags": None,
    "dependencies": None,
    "summary": None,
    "description": None,
    "response_description": "Successful Response",
    "responses": None,
    "deprecated": None,
    "operation_id": None,
    "response_model_include": None,
    "response_model_exclude": None,
    "response_model_by_alias": True,
    "response_model_exclude_unset": False,
    "response_model_exclude_defaults": False,
    "response_model_exclude_none": False,
    "include_in_schema": True,
    "response_class": Default(JSONResponse),
    "name": None,
    "callbacks": None,
    "openapi_extra": None,
    "generate_unique_id_function": Default(generate_unique_id),
}


class APIRouter(Router):
    def __init__(
        self, *, prefix="", tags=None, dependencies=None, default_response_class=Default(JSONResponse), responses=None,
        callbacks=None, routes=None, redirect_slashes=True, default=None, dependency_overrides_provider=None,
        route_class=APIRoute, on_startup=None, on_shutdown=None, lifespan=None, deprecated=None, include_in_schema=True,
        generate_unique_id_function=Default(generate_unique_id), strict_content_type=Default(True), **options,
    ):
        super().__init__(
            routes=routes, redirect_slashes=redirect_slashes, default=default, on_startup=on_startup,
            on_shutdown=on_shutdown, lifespan=lifespan,
        )
        self.prefix = prefix
        self.tags = tags or []
        self.dependencies = list(dependencies or [])
        self.deprecated = deprecated
        self.include_in_schema = include_in_schema
        self.responses = responses or {}
        self.callbacks = callbacks or []
        self.dependency_overrides_provider = dependency_overrides_provider
        self.route_class = route_class
        self.default_response_class = default_response_class
        self.generate_unique_id_function = generate_unique_id_function
        self.strict_content_type = strict_content_type
        self._options = options

    def add_route(self, path, endpoint, methods=None, name=None, include_in_schema=True):
        super().add_route(self.prefix + path if self._prefixes_plain_routes() else path, endpoint, methods, name, include_in_schema)

    def _prefixes_plain_routes(self):
        return False

    def route(self, path, methods=None, name=None, include_in_schema=True):
        def decorator(func):
            self.add_route(path, func, methods=methods, name=name, include_in_schema=include_in_schema)
            return func

        return decorator

    def add_api_route(
        self, path, endpoint, *, response_model=Default(None), status_code=None, tags=None, dependencies=None, summary=None,
        description=None, response_description="Successful Response", responses=None, deprecated=None, methods=None,
        operation_id=None, response_model_include=None, response_model_exclude=None, response_model_by_alias=True,
        response_model_exclude_unset=False, response_model_exclude_defaults=False, response_model_exclude_none=False,
        include_in_schema=True, response_class=Default(JSONResponse), name=None, route_class_override=None, callbacks=None,
        openapi_extra=None, generate_unique_id_function=Default(generate_unique_id), strict_content_type=Default(True),
        **options,
    ):
        route_class = route_class_override or self.route_class
        route = route_class(
            self.prefix + path,
            endpoint=endpoint,
            response_model=response_model,
            status_code=status_code,
            tags=[*self.tags, *(tags or [])],
            dependencies=[*self.dependencies, *(dependencies or [])],
            summary=summary,
            description=description,
            response_description=response_description,
            responses={**self.responses, **(responses or {})},
            deprecated=deprecated or self.deprecated,
            methods=methods,
            operation_id=operation_id,
            response_model_include=response_model_include,
            response_model_exclude=response_model_exclude,
            response_model_by_alias=response_model_by_alias,
            response_model_exclude_unset=response_model_exclude_unset,
            response_model_exclude_defaults=response_model_exclude_defaults,
            response_model_exclude_none=response_model_exclude_none,
            include_in_schema=include_in_schema and self.include_in_schema,
            response_class=get_value_or_default(response_class, self.default_response_class),
            name=name,
            dependency_overrides_provider=self.dependency_overrides_provider,
            callbacks=[*self.callbacks, *(callbacks or [])],
            openapi_extra=openapi_extra,
            generate_unique_id_function=get_value_or_default(
                generate_unique_id_function, self.generate_unique_id_function
            ),
            **options,
        )
        route._routers = [(self, self.prefix, [])]
        self.routes.append(route)

    def api_route(self, path, **options):
        def decorator(func):
            self.add_api_route(path, func, **{**_DECORATOR, **options})
            return func

        return decorator

    def get(self, path, **options):
        return self.api_route(path=path, methods=["GET"], **{**_DECORATOR, **options})

    def put(self, path, **options):
        return self.api_route(path=path, methods=["PUT"], **{**_DECORATOR, **options})

    def post(self, path, **options):
        return self.api_route(path=path, methods=["POST"], **{**_DECORATOR, **options})

    def delete(self, path, **options):
        return self.api_route(path=path, methods=["DELETE"], **{**_DECORATOR, **options})

    def options(self, path, **options):
        return self.api_route(path=path, methods=["OPTIONS"], **{**_DECORATOR, **options})

    def head(self, path, **options):
        return self.api_route(path=path, methods=["HEAD"], **{**_DECORATOR, **options})

    def patch(self, path, **options):
        return self.api_route(path=path, methods=["PATCH"], **{**_DECORATOR, **options})

    def trace(self, path, **options):
        return self.api_route(path=path, methods=["TRACE"], **{**_DECORATOR, **options})

    def add_api_websocket_route(self, path, endpoint, name=None, *, dependencies=None):
        route = APIWebSocketRoute(
            self.prefix + path,
            endpoint=endpoint,
            name=name,
            dependencies=[*self.dependencies, *(dependencies or [])],
        )
        route._routers = [(self, self.prefix, [])]
        self.routes.append(route)

    def websocket(self, path, name=None, *, dependencies=None):
        def decorator(func):
            self.add_api_websocket_route(path, func, name=name, dependencies=dependencies)
            return func

        return decorator

    def websocket_route(self, path, name=None):
        def decorator(func):
            self.add_websocket_route(path, func, name=name)
            return func

        return decorator

    def frontend(self, path="/", directory=None, **options):
        """https://fastapi.tiangolo.com/tutorial/frontend/"""
        from starlette.staticfiles import StaticFiles

        route = Mount(self.prefix + path, app=StaticFiles(directory=directory), name="frontend")
        route._frontend = True
        self.routes.append(route)

    def include_router(
        self, router, *, prefix="", tags=None, dependencies=None, default_response_class=Default(JSONResponse),
        responses=None, callbacks=None, deprecated=None, include_in_schema=True,
        generate_unique_id_function=Default(generate_unique_id), **options,
    ):
        if is_opaque(router):
            report("the router `" + (unknown_name(router) or "?") + "` is not known: its routes are missing")
            return
        inclusion = _Inclusion(
            router,
            self.prefix + prefix,
            [*self.tags, *(tags or [])],
            [*self.dependencies, *(dependencies or [])],
            get_value_or_default(default_response_class, self.default_response_class),
            {**self.responses, **(responses or {})},
            [*self.callbacks, *(callbacks or [])],
            deprecated or self.deprecated,
            self.include_in_schema and include_in_schema,
            get_value_or_default(generate_unique_id_function, self.generate_unique_id_function),
            self.strict_content_type,
            self.dependency_overrides_provider,
            [(self, self.prefix, [])],
            conditions(),
        )
        if _copies_routes():
            for route in list(router.routes):
                self._copy_route(inclusion, route)
        else:
            self.routes.append(_IncludedRouter(router, inclusion))
        for event, handler, place in getattr(router, "_events", ()):
            (self.on_startup if event == "startup" else self.on_shutdown).append(handler)
            self._events.append((event, handler, place))
        inner = getattr(router, "lifespan_context", None)
        if inner is not None:
            self._inner_lifespans = [*getattr(self, "_inner_lifespans", ()), inner]

    def _copy_route(self, inclusion, route):
        if isinstance(route, _IncludedRouter):
            for inner in route.effective_routes():
                self._copy_route(inclusion, inner)
            return
        if not isinstance(route, APIRoute):
            self.routes.append(inclusion.apply(route))
            return
        combined = inclusion.apply(route)
        own_tags, own_dependencies = len(self.tags), len(self.dependencies)
        self.add_api_route(
            combined.path[len(self.prefix) :],
            combined.endpoint,
            response_model=combined.response_model,
            status_code=combined.status_code,
            tags=combined.tags[own_tags:],
            dependencies=combined.dependencies[own_dependencies:],
            summary=combined.summary,
            description=combined.description,
            response_description=combined.response_description,
            responses=combined.responses,
            deprecated=combined.deprecated,
            methods=combined.methods,
            operation_id=combined.operation_id,
            response_model_include=combined.response_model_include,
            response_model_exclude=combined.response_model_exclude,
            response_model_by_alias=combined.response_model_by_alias,
            response_model_exclude_unset=combined.response_model_exclude_unset,
            response_model_exclude_defaults=combined.response_model_exclude_defaults,
            response_model_exclude_none=combined.response_model_exclude_none,
            include_in_schema=combined.include_in_schema,
            response_class=combined.response_class,
            name=combined.name,
            route_class_override=type(route),
            callbacks=(combined.callbacks or [])[len(self.callbacks) :],
            openapi_extra=combined.openapi_extra,
            generate_unique_id_function=combined.generate_unique_id_function,
        )
        made = self.routes[-1]
        inclusion._keep_origin(made, route)
        made._original = route
