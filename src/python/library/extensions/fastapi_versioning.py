"""https://github.com/DeanWay/fastapi-versioning"""
from fastapi import FastAPI
from fastapi.routing import APIRoute, effective_routes


def version(major, minor=0):
    def decorator(func):
        func._api_version = (major, minor)
        return func

    return decorator


def versioned_api_route(major=1, minor=0, route_class=APIRoute):
    class VersionedAPIRoute(route_class):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.endpoint._api_version = (major, minor)

    return VersionedAPIRoute


def VersionedFastAPI(
    app, version_format="{major}.{minor}", prefix_format="/v{major}_{minor}", default_version=(1, 0), enable_latest=False,
    **kwargs,
):
    """Each version is an application below its prefix, with the routes of the versions before that it does not replace."""
    parent = FastAPI(title=app.title, **kwargs)
    routes_by_version = {}
    for route in effective_routes(app.routes):
        marked = getattr(route.endpoint, "_api_version", default_version)
        routes_by_version.setdefault(marked, []).append(route)
    unique = {}
    for marked in sorted(routes_by_version.keys()):
        major, minor = marked
        for route in routes_by_version[marked]:
            for method in route.methods:
                unique[route.path + "|" + method] = route
        prefix = prefix_format.format(major=major, minor=minor)
        number = version_format.format(major=major, minor=minor)
        parent.mount(prefix, _application(app, number, unique))

        def noop() -> None:
            return None

        parent.get(f"{prefix}/docs", name=number, tags=["Documentations"])(noop)
        parent.get(f"{prefix}/openapi.json", name=number, tags=["Versions"])(noop)
    if enable_latest:
        parent.mount("/latest", _application(app, number, unique))
    return parent


def _application(app, number, routes):
    made = FastAPI(title=app.title, description=app.description, version=number)
    known = []
    for route in routes.values():
        if not any([route is other for other in known]):
            known.append(route)
            made.router.routes.append(route)
    return made
