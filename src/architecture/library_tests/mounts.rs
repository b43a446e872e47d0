//! Libraries that add routes, mounts or middleware to an application.

use expect_test::expect;

use crate::architecture::fixture::check;

#[test]
fn metrics() {
    check(
        r#"
#- env ENABLE_METRICS=true
#- /main.py
from fastapi import FastAPI
from prometheus_fastapi_instrumentator import Instrumentator
from starlette_exporter import PrometheusMiddleware, handle_metrics

app = FastAPI()
Instrumentator(should_respect_env_var=True).instrument(app).expose(app)
Instrumentator().expose(app, endpoint="/hidden", include_in_schema=False, tags=["ops"])
Instrumentator(should_respect_env_var=True, env_var_name="OFF").instrument(app).expose(app, endpoint="/off")
app.add_middleware(PrometheusMiddleware)
app.add_route("/exporter", handle_metrics)
"#,
        expect![[r#"
            middleware PrometheusMiddleware
            middleware PrometheusInstrumentatorMiddleware
            GET /metrics -> prometheus_fastapi_instrumentator:PrometheusFastApiInstrumentator.expose.<locals>.metrics; 200
            GET /hidden -> prometheus_fastapi_instrumentator:PrometheusFastApiInstrumentator.expose.<locals>.metrics; tags ops; 200; hidden
            GET,HEAD /exporter -> starlette_exporter:handle_metrics; hidden
        "#]],
    );
}

#[test]
fn administrations() {
    check(
        r#"
#- /main.py
from fastapi import FastAPI
from sqladmin import Admin, ModelView
from sqlalchemy import Column, Integer, create_engine
from sqlalchemy.orm import declarative_base
from starlette_admin.contrib.sqla import Admin as StarletteAdmin

Base = declarative_base()

class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)

class UserAdmin(ModelView, model=User):
    column_list = [User.id]

engine = create_engine("sqlite://")
app = FastAPI()
admin = Admin(app, engine)
admin.add_view(UserAdmin)
Admin(app, engine, base_url="/backstage")
StarletteAdmin(engine, title="Other", base_url="/other").mount_to(app)
"#,
        expect![[r#"
            MOUNT /admin -> SQLAdmin
            MOUNT /backstage -> SQLAdmin
            MOUNT /other -> StarletteAdmin
        "#]],
    );
}

#[test]
fn model_context_protocol() {
    check(
        r#"
#- /main.py
from fastapi import APIRouter, Depends, FastAPI
from fastapi_mcp import AuthConfig, FastApiMCP

def guard(token: str): ...

app = FastAPI()

@app.get("/items", operation_id="list_items")
def items(): ...

FastApiMCP(app, auth_config=AuthConfig(dependencies=[Depends(guard)])).mount_http()
FastApiMCP(app).mount_sse(mount_path="events/")
"#,
        expect![[r#"
            GET /items -> main:items; 200
            GET,POST,DELETE /mcp -> fastapi_mcp:FastApiMCP.mount_http.<locals>.handle_mcp_streamable_http; query token; needs guard; 200; 422; hidden
            GET /events -> fastapi_mcp:FastApiMCP.mount_sse.<locals>.handle_mcp_connection; 200; hidden
            POST /events/messages/ -> fastapi_mcp:FastApiMCP.mount_sse.<locals>.handle_post_message; 200; hidden
        "#]],
    );
}

#[test]
fn graphql() {
    check(
        r#"
#- /main.py
import strawberry
from ariadne.asgi import GraphQL
from fastapi import Depends, FastAPI, Header
from strawberry.fastapi import GraphQLRouter

@strawberry.type
class Query:
    @strawberry.field
    def hello(self) -> str:
        return "hi"

def user(x_token: str = Header()): ...

async def context(user=Depends(user)):
    return {"user": user}

app = FastAPI()
app.include_router(GraphQLRouter(strawberry.Schema(Query), context_getter=context), prefix="/graphql", tags=["graph"])
app.include_router(GraphQLRouter(strawberry.Schema(Query), path="/plain", include_in_schema=False))

from ariadne import make_executable_schema
app.mount("/ariadne", GraphQL(make_executable_schema("type Query { a: Int }")))
"#,
        expect![[r#"
            GET /graphql -> strawberry.fastapi:GraphQLRouter.__init__.<locals>.handle_http_get; tags graph; header x-token; needs dependency(context(user)), _no_root_value; 200; 404; 422
            POST /graphql -> strawberry.fastapi:GraphQLRouter.__init__.<locals>.handle_http_post; tags graph; header x-token; needs dependency(context(user)), _no_root_value; 200; 422
            GET /plain -> strawberry.fastapi:GraphQLRouter.__init__.<locals>.handle_http_get; needs dependency(_no_context), _no_root_value; 200; 404; hidden
            POST /plain -> strawberry.fastapi:GraphQLRouter.__init__.<locals>.handle_http_post; needs dependency(_no_context), _no_root_value; 200; hidden
            WEBSOCKET /graphql -> strawberry.fastapi:GraphQLRouter.__init__.<locals>.websocket_endpoint; header x-token; needs dependency(context(user)), _no_root_value
            WEBSOCKET /plain -> strawberry.fastapi:GraphQLRouter.__init__.<locals>.websocket_endpoint; needs dependency(_no_context), _no_root_value
            MOUNT /ariadne -> ariadne.asgi.GraphQL or Router()
        "#]],
    );
}

#[test]
fn sockets() {
    check(
        r#"
#- /main.py
import socketio
from fastapi import FastAPI
from fastapi_socketio import SocketManager

api = FastAPI()

@api.get("/items")
def items(): ...

sio = socketio.AsyncServer(async_mode="asgi")

@sio.event
async def connect(sid, environ): ...

api.mount("/ws", socketio.ASGIApp(sio))
SocketManager(app=api, mount_location="/sockets")
app = api
"#,
        expect![[r#"
            GET /items -> main:items; 200
            MOUNT /ws -> ASGIApp
            MOUNT /sockets -> ASGIApp
        "#]],
    );
}

#[test]
fn socket_io_in_front() {
    check(
        r#"
#- /main.py
import socketio
from fastapi import FastAPI

api = FastAPI()

@api.get("/items")
def items(): ...

app = socketio.ASGIApp(socketio.AsyncServer(async_mode="asgi"), other_asgi_app=api)
"#,
        expect![[r#"
            GET /items -> main:items; 200
        "#]],
    );
}

#[test]
fn interfaces_below_a_mount() {
    check(
        r#"
#- /main.py
import gradio as gr
from chainlit.utils import mount_chainlit
from fastapi import FastAPI

api = FastAPI()
mount_chainlit(app=api, target="chat.py", path="/chat")

with gr.Blocks() as demo:
    gr.Button("Go")

app = gr.mount_gradio_app(api, demo, path="/ui")
"#,
        expect![[r#"
            MOUNT /chat -> Chainlit
            MOUNT /ui -> App
        "#]],
    );
}

#[test]
fn applications_by_their_names() {
    check(
        r#"
#- /main.py
import pkgutil
from uvicorn.importer import ImportFromStringError, import_from_string

try:
    app = import_from_string("server.core:state.app")
except ImportFromStringError:
    raise SystemExit(1)

router = pkgutil.resolve_name("server.routes:router")
app.include_router(router)
app.include_router(pkgutil.resolve_name("server.routes.second"))
#- /server/__init__.py
#- /server/core.py
from fastapi import FastAPI

class State:
    app = FastAPI()

state = State()
#- /server/routes.py
from fastapi import APIRouter

router = APIRouter()
second = APIRouter(prefix="/second")

@router.get("/first")
def first(): ...

@second.get("/x")
def x(): ...
"#,
        expect![[r#"
            GET /first -> server.routes:first; 200
            GET /second/x -> server.routes:x; 200
        "#]],
    );
}

#[test]
fn health() {
    check(
        r#"
#- /main.py
from fastapi import Depends, FastAPI
from fastapi_health import health

def session(): ...

def database(session=Depends(session)):
    return True

def cache(deep: bool = False):
    return True

app = FastAPI()
app.add_api_route("/health", health([database, cache]))
"#,
        expect![[r#"
            GET /health -> fastapi_health:health.<locals>.endpoint; query deep?; needs database(session), cache; 200; 422
        "#]],
    );
}

#[test]
fn versions() {
    check(
        r#"
#- version fastapi 0.110.0
#- /main.py
from fastapi import APIRouter, FastAPI
from fastapi_versioning import VersionedFastAPI, version

api = FastAPI(title="Shop")
router = APIRouter(prefix="/items")

@router.get("/")
@version(1)
def items(): ...

@router.get("/")
@version(2, 1)
def items_2(limit: int = 5): ...

@router.post("/")
def create(): ...

api.include_router(router)
app = VersionedFastAPI(api, enable_latest=True)
"#,
        expect![[r#"
            GET /v1_0/docs -> fastapi_versioning:VersionedFastAPI.<locals>.noop; tags Documentations; 200
            GET /v1_0/openapi.json -> fastapi_versioning:VersionedFastAPI.<locals>.noop; tags Versions; 200
            GET /v2_1/docs -> fastapi_versioning:VersionedFastAPI.<locals>.noop; tags Documentations; 200
            GET /v2_1/openapi.json -> fastapi_versioning:VersionedFastAPI.<locals>.noop; tags Versions; 200
            MOUNT /v1_0 -> FastAPI
                GET /items/ -> main:items; 200
                POST /items/ -> main:create; 200
            MOUNT /v2_1 -> FastAPI
                GET /items/ -> main:items_2; query limit?; 200; 422
                POST /items/ -> main:create; 200
            MOUNT /latest -> FastAPI
                GET /items/ -> main:items_2; query limit?; 200; 422
                POST /items/ -> main:create; 200
        "#]],
    );
}

#[test]
fn versionizer() {
    check(
        r#"
#- version fastapi 0.110.0
#- /main.py
from fastapi import APIRouter, FastAPI, WebSocket
from fastapi_versionizer.versionizer import Versionizer, api_version

app = FastAPI()
router = APIRouter(prefix="/items", tags=["items"])

@api_version(1)
@router.get("", deprecated=True)
def items(): ...

@api_version(2)
@router.get("")
def items_2(limit: int = 5): ...

@api_version(1, remove_in_major=2)
@router.delete("/{id}")
def remove(id: int): ...

app.include_router(router)
Versionizer(app, prefix_format="/v{major}", latest_prefix="/latest", include_versions_route=True).versionize()
"#,
        expect![[r#"
            GET /v1/items -> main:items; tags items; 200
            DELETE /v1/items/{id} -> main:remove; tags items; path id; 200; 422
            GET /v2/items -> main:items_2; tags items; query limit?; 200; 422
            GET /latest/items -> main:items_2; tags items; query limit?; 200; 422
            GET /versions -> fastapi_versionizer:Versionizer._add_versions_route.<locals>.get_versions; tags Versions; 200 dict[str, object]
        "#]],
    );
}

#[test]
fn offline_documentation() {
    check(
        r#"
#- /main.py
from fastapi_offline import FastAPIOffline

app = FastAPIOffline(title="Offline")

@app.get("/items")
def items(): ...
"#,
        expect![[r#"
            GET /docs -> fastapi_offline:FastAPIOffline.<locals>.custom_swagger_ui_html; 200; hidden
            GET /docs/oauth2-redirect -> fastapi_offline:FastAPIOffline.<locals>.swagger_ui_redirect; 200; hidden
            GET /redoc -> fastapi_offline:FastAPIOffline.<locals>.redoc_html; 200; hidden
            GET /items -> main:items; 200
            MOUNT /static-offline-docs -> StaticFiles
        "#]],
    );
}

#[test]
fn middleware_without_model() {
    check(
        r#"
#- /main.py
from asgi_correlation_id import CorrelationIdMiddleware
from brotli_asgi import BrotliMiddleware
from fastapi import FastAPI
from starlette_context import plugins
from starlette_context.middleware import RawContextMiddleware
from starlette_csrf import CSRFMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

app = FastAPI()
app.add_middleware(CorrelationIdMiddleware, header_name="X-Request-ID")
app.add_middleware(BrotliMiddleware, quality=4)
app.add_middleware(RawContextMiddleware, plugins=(plugins.RequestIdPlugin(),))
app.add_middleware(CSRFMiddleware, secret="x")
app.add_middleware(ProxyHeadersMiddleware, trusted_hosts="*")
"#,
        expect![[r#"
            middleware ProxyHeadersMiddleware
            middleware CSRFMiddleware
            middleware RawContextMiddleware
            middleware BrotliMiddleware
            middleware CorrelationIdMiddleware
        "#]],
    );
}
