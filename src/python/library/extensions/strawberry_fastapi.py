"""https://strawberry.rocks/docs/integrations/fastapi"""
import inspect

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response, WebSocket
from starlette.requests import HTTPConnection


class BaseContext:
    def __init__(self):
        self.request = self.background_tasks = self.response = None


def _no_context():
    return None


async def _no_root_value():
    return None


def _context_getter(custom_getter):
    async def dependency(background_tasks: BackgroundTasks, connection: HTTPConnection, response: Response = None, custom_context=Depends(custom_getter)):
        return custom_context

    return dependency


class GraphQLRouter(APIRouter):
    def __init__(
        self, schema, path="", graphiql=None, graphql_ide="graphiql", allow_queries_via_get=True, keep_alive=False,
        keep_alive_interval=1, debug=False, root_value_getter=None, context_getter=None, subscription_protocols=(),
        connection_init_wait_timeout=None, max_subscriptions_per_connection=100, multipart_uploads_enabled=False,
        allowed_origins=(), **options,
    ):
        super().__init__(**options)
        self.schema = schema
        self.context_getter = _context_getter(context_getter or _no_context)
        self.root_value_getter = root_value_getter or _no_root_value

        @self.get(
            path,
            responses={
                200: {"description": "The GraphiQL integrated development environment."},
                404: {"description": "Not found if GraphiQL or query via GET are not enabled."},
            },
            include_in_schema=graphql_ide is not None or allow_queries_via_get,
        )
        async def handle_http_get(
            request: Request,
            response: Response,
            context=Depends(self.context_getter),
            root_value=Depends(self.root_value_getter),
        ) -> Response:
            return response

        @self.post(path)
        async def handle_http_post(
            request: Request,
            response: Response,
            context=Depends(self.context_getter),
            root_value=Depends(self.root_value_getter),
        ) -> Response:
            return response

        @self.websocket(path)
        async def websocket_endpoint(
            websocket: WebSocket,
            context=Depends(self.context_getter),
            root_value=Depends(self.root_value_getter),
        ):
            return None
