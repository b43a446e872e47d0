"""https://fastapi-mcp.tadata.com"""
from fastapi import FastAPI, Request
from pydantic import BaseModel


class AuthConfig:
    def __init__(self, dependencies=None, **options):
        self.dependencies = dependencies


class FastApiMCP:
    def __init__(self, fastapi, name=None, description=None, auth_config=None, **options):
        self.fastapi, self.name, self.description = fastapi, name, description
        self._auth_config = auth_config

    def setup_server(self):
        return None

    def _dependencies(self):
        return self._auth_config.dependencies if self._auth_config else None

    def _target(self, router, mount_path):
        path = mount_path if mount_path.startswith("/") else "/" + mount_path
        return router or self.fastapi, path[:-1] if path.endswith("/") else path

    def _show(self, router):
        # The routes of a router that was included before have to be included again.
        if not isinstance(router, FastAPI):
            self.fastapi.include_router(router)

    def mount_http(self, router=None, mount_path="/mcp"):
        router, path = self._target(router, mount_path)

        @router.api_route(
            path,
            methods=["GET", "POST", "DELETE"],
            include_in_schema=False,
            operation_id="mcp_http",
            dependencies=self._dependencies(),
        )
        async def handle_mcp_streamable_http(request: Request):
            return None

        self._show(router)

    def mount_sse(self, router=None, mount_path="/sse"):
        router, path = self._target(router, mount_path)
        dependencies = self._dependencies()

        @router.get(path, include_in_schema=False, operation_id="mcp_connection", dependencies=dependencies)
        async def handle_mcp_connection(request: Request):
            return None

        @router.post(
            f"{path}/messages/", include_in_schema=False, operation_id="mcp_messages", dependencies=dependencies
        )
        async def handle_post_message(request: Request):
            return None

        self._show(router)

    def mount(self, router=None, mount_path="/mcp", transport="sse"):
        self.mount_sse(router, mount_path)
