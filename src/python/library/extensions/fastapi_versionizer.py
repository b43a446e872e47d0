"""https://github.com/alexschimpf/fastapi-versionizer"""
from fastapi import APIRouter
from fastapi.routing import APIRoute, APIWebSocketRoute, effective_routes
from starlette.responses import JSONResponse


def api_version(
    major, minor=0, deprecate_in_major=None, deprecate_in_minor=0, remove_in_major=None, remove_in_minor=0
):
    def decorator(func):
        func._api_version = (major, minor)
        if deprecate_in_major is not None:
            func._deprecate_in_version = (deprecate_in_major, deprecate_in_minor)
        if remove_in_major is not None:
            func._remove_in_version = (remove_in_major, remove_in_minor)
        return func

    return decorator


def _keys(route):
    methods = route.methods if isinstance(route, APIRoute) else ("",)
    return [(route.path, method) for method in methods]


class Versionizer:
    def __init__(
        self, app, prefix_format="/v{major}_{minor}", semantic_version_format="{major}.{minor}", default_version=(1, 0),
        latest_prefix=None, include_main_docs=True, include_main_openapi_route=True, include_version_docs=True,
        include_version_openapi_route=True, include_versions_route=False, sort_routes=False, callback=None,
    ):
        self._app, self._prefix_format, self._default_version = app, prefix_format, default_version
        self._latest_prefix, self._include_versions_route = latest_prefix, include_versions_route
        self._sort_routes, self._callback = sort_routes, callback
        self._routes = [
            route for route in effective_routes(app.routes) if isinstance(route, (APIRoute, APIWebSocketRoute))
        ]
        app.router.routes = []

    def versionize(self):
        starting, ending = {}, {}
        for route in self._routes:
            marked = getattr(route.endpoint, "_api_version", self._default_version)
            starting.setdefault(marked, []).append(route)
            removed = getattr(route.endpoint, "_remove_in_version", None)
            if removed:
                ending.setdefault(removed, []).append(route)
        versions, current = sorted(starting.keys()), {}
        for version in versions:
            for route in starting[version]:
                current.update({key: route for key in _keys(route)})
            for route in ending.get(version, []):
                for key in _keys(route):
                    current.pop(key, None)
            prefix = self._prefix_format.format(major=version[0], minor=version[1])
            self._include(version, prefix, current)
        if self._latest_prefix is not None and versions:
            self._include(versions[-1], self._latest_prefix, current)
        if self._include_versions_route:
            self._add_versions_route()
        return versions

    def _include(self, version, prefix, routes):
        router = APIRouter(prefix=prefix)
        found = [routes[key] for key in sorted(routes.keys())] if self._sort_routes else list(routes.values())
        for route in found:
            if isinstance(route, APIRoute):
                self._add(router, route, version)
            else:
                router.add_api_websocket_route(route.path, route.endpoint, name=route.name, dependencies=route.dependencies)
        if self._callback:
            self._callback(router, version, prefix)
        self._app.include_router(router=router)

    def _add(self, router, route, version):
        limit = getattr(route.endpoint, "_deprecate_in_version", None)
        router.add_api_route(
            route.path,
            route.endpoint,
            response_model=route.response_model,
            status_code=route.status_code,
            tags=route.tags,
            dependencies=route.dependencies,
            summary=route.summary,
            description=route.description,
            response_description=route.response_description,
            responses=route.responses,
            deprecated=True if limit is not None and version[0] >= limit[0] else route.deprecated,
            methods=route.methods,
            operation_id=route.operation_id,
            include_in_schema=route.include_in_schema,
            response_class=route.response_class,
            name=route.name,
            openapi_extra=route.openapi_extra,
        )

    def _add_versions_route(self):
        @self._app.get("/versions", tags=["Versions"], response_class=JSONResponse)
        def get_versions() -> dict[str, object]:
            return {}
