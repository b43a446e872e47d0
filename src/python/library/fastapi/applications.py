"""https://fastapi.tiangolo.com/reference/fastapi/"""
from __arch__ import location, openapi_document
from fastapi import routing
from fastapi.datastructures import Default
from fastapi.responses import JSONResponse
from fastapi.utils import generate_unique_id, has_reached
from starlette.applications import Starlette


class FastAPI(Starlette):
    def __init__(
        self, *, debug=False, routes=None, title="FastAPI", summary=None, description="", version="0.1.0",
        openapi_url="/openapi.json", openapi_tags=None, servers=None, dependencies=None,
        default_response_class=Default(JSONResponse), redirect_slashes=True, docs_url="/docs", redoc_url="/redoc",
        swagger_ui_oauth2_redirect_url="/docs/oauth2-redirect", swagger_ui_init_oauth=None, middleware=None,
        exception_handlers=None, on_startup=None, on_shutdown=None, lifespan=None, terms_of_service=None, contact=None,
        license_info=None, openapi_prefix="", root_path="", root_path_in_servers=True, responses=None, callbacks=None,
        webhooks=None, deprecated=None, include_in_schema=True, swagger_ui_parameters=None,
        generate_unique_id_function=Default(generate_unique_id), separate_input_output_schemas=True,
        openapi_external_docs=None, strict_content_type=Default(True), **extra,
    ):
        self._start(debug, middleware, exception_handlers)
        self.title, self.summary, self.description, self.version = title, summary, description, version
        self.terms_of_service, self.contact, self.license_info = terms_of_service, contact, license_info
        self.openapi_url, self.openapi_tags = openapi_url, openapi_tags
        self.docs_url, self.redoc_url = docs_url, redoc_url
        self.root_path = root_path or openapi_prefix
        self.root_path_in_servers = root_path_in_servers
        self.servers = servers or []
        self.separate_input_output_schemas = separate_input_output_schemas
        self.openapi_external_docs = openapi_external_docs
        self.swagger_ui_oauth2_redirect_url = swagger_ui_oauth2_redirect_url
        self.swagger_ui_init_oauth = swagger_ui_init_oauth
        self.swagger_ui_parameters = swagger_ui_parameters
        self.extra = extra
        self.openapi_version = "3.1.0" if has_reached(0, 99, 0) else "3.0.2"
        self.openapi_schema = None
        self.webhooks = webhooks or routing.APIRouter()
        self.dependency_overrides = {}
        self.router = routing.APIRouter(
            routes=routes, redirect_slashes=redirect_slashes, dependency_overrides_provider=self,
            on_startup=on_startup, on_shutdown=on_shutdown, lifespan=lifespan,
            default_response_class=default_response_class, dependencies=dependencies, callbacks=callbacks,
            deprecated=deprecated, include_in_schema=include_in_schema, responses=responses,
            generate_unique_id_function=generate_unique_id_function, strict_content_type=strict_content_type,
        )
        self.router._is_application = True
        self.setup()

    def setup(self):
        return None

    def openapi(self):
        if not self.openapi_schema:
            self.openapi_schema = openapi_document(self)
        return self.openapi_schema

    def add_api_route(self, path, endpoint, **options):
        self.router.add_api_route(path, endpoint, **options)

    def api_route(self, path, **options):
        return self.router.api_route(path, **options)

    def add_api_websocket_route(self, path, endpoint, name=None, *, dependencies=None):
        self.router.add_api_websocket_route(path, endpoint, name=name, dependencies=dependencies)

    def websocket(self, path, name=None, *, dependencies=None):
        return self.router.websocket(path, name=name, dependencies=dependencies)

    def include_router(self, router, **options):
        self.router.include_router(router, **options)

    def frontend(self, path="/", directory=None, **options):
        self.router.frontend(path, directory, **options)

    def get(self, path, **options):
        return self.router.get(path, **options)

    def put(self, path, **options):
        return self.router.put(path, **options)

    def post(self, path, **options):
        return self.router.post(path, **options)

    def delete(self, path, **options):
        return self.router.delete(path, **options)

    def options(self, path, **options):
        return self.router.options(path, **options)

    def head(self, path, **options):
        return self.router.head(path, **options)

    def patch(self, path, **options):
        return self.router.patch(path, **options)

    def trace(self, path, **options):
        return self.router.trace(path, **options)
