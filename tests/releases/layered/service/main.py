import importlib, inspect, pkgutil
from contextlib import asynccontextmanager
from textwrap import dedent
from typing import TYPE_CHECKING, Optional, Union, List
from fastapi import FastAPI, Depends, Request, APIRouter, Body, Form, File, UploadFile, Query, Header
from fastapi.responses import JSONResponse, StreamingResponse, PlainTextResponse, FileResponse, RedirectResponse, HTMLResponse
from .api import api_router, names
from .core import Controller, Envelope, ErrorDetail, Page, bearer, MultiMime, SafeEnum, Paginator
from .models import HeroRead, TeamRead, Level
from .settings import settings
from . import plugins

if TYPE_CHECKING:
    from .nowhere import Missing


@asynccontextmanager
async def lifespan(app: FastAPI):
    yield


def custom_id(route):
    tag = route.tags[0] if route.tags else "none"
    return f"{tag}-{route.name}"


class MyResponse(JSONResponse):
    media_type = "application/vnd.api+json"


tags_metadata = [{"name": "Heroes", "description": "The heroes", "externalDocs": {"url": "https://x.y", "description": "more"}}]


def create_app(*, beta: bool = False) -> FastAPI:
    app = FastAPI(title=settings.title, description=dedent(settings.description), version="2.1", openapi_tags=tags_metadata,
                  lifespan=lifespan, servers=[{"url": "https://a.b", "description": "prod"}], responses={500: {"model": ErrorDetail, "description": "Broken"}},
                  terms_of_service="https://t.o/s", contact={"name": "N", "email": "n@x.y"}, license_info={"name": "MIT"},
                  swagger_ui_parameters={"a": 1})
    for prefix in settings.prefixes:
        app.include_router(api_router, prefix=prefix, deprecated=prefix == "/legacy" or None)
    for c in (Controller("a"), Controller("b")):
        app.include_router(c.router)
    found = []
    for info in pkgutil.iter_modules(plugins.__path__):
        module = importlib.import_module(f"{plugins.__name__}.{info.name}")
        found.append(module.Plugin())
    for plugin in sorted(found, key=lambda p: p.order):
        plugin.setup(app)
    register(app)
    if beta and settings.feature("beta"):
        sub = APIRouter(prefix="/beta", generate_unique_id_function=custom_id, default_response_class=MyResponse, dependencies=[Depends(bearer)])

        @sub.get("/x", tags=["beta"])
        def beta_x() -> Envelope[List[TeamRead]]: ...

        @sub.post("/y")
        def beta_y(a: int = Body(...), b: Optional[str] = Body(None, embed=True)): ...
        app.include_router(sub)
    return app


def register(app: FastAPI):
    @app.get("/download", response_class=FileResponse)
    def download(): ...

    @app.get("/stream", response_class=StreamingResponse, responses={200: {"content": {MultiMime.CSV: {"schema": {"type": "string"}}}, "description": "rows"}})
    def stream(): ...

    @app.get("/redirect", response_class=RedirectResponse, status_code=302)
    def go(): ...

    @app.get("/plain", response_class=PlainTextResponse, response_description="Text")
    def plain(accept: MultiMime = Header(MultiMime.JSON)): ...

    @app.post("/upload")
    async def upload(file: UploadFile, more: List[UploadFile] = File(..., description="More"), note: Optional[str] = Form(None), kind: SafeEnum = Form(SafeEnum.default())): ...

    @app.post("/maybe")
    async def maybe(file: Optional[UploadFile] = None): ...

    @app.post("/raw", openapi_extra={"requestBody": {"content": {"application/x-yaml": {"schema": {"type": "object"}}}, "required": True}, "x-thing": [1, 2]})
    async def raw(request: Request): ...

    @app.api_route("/both", methods=["GET"], include_in_schema=True)
    def both(level: Level = Level.high, levels: List[Level] = Query([Level.low])): ...

    @app.get("/hidden", include_in_schema=False)
    def hidden(): ...

    @app.get("/two/{a}")
    @app.get("/two/{a}/{b}")
    def stacked(a: int, b: int = -1, c: Union[int, str, None] = None): ...

    @app.get("/union", response_model=Union[HeroRead, TeamRead], responses={"4XX": {"model": ErrorDetail}, "default": {"description": "Else", "model": Union[ErrorDetail, str]}})
    def union(): ...

    @app.put("/no", status_code=304, response_model=None)
    def no() -> str: ...

    for n in names:
        app.add_api_route(f"/names/{n}", make(n), methods=["GET"], name=f"name_{n}")


def make(n):
    def endpoint(p=Depends(Paginator(3)), *, q: str = n):
        return n
    endpoint.__name__ = f"endpoint_{n}"
    endpoint.__doc__ = f"Endpoint of {n}."
    return endpoint


app = create_app(beta=True)
v2 = FastAPI(title="v2")


@v2.get("/x")
def x2(): return 1


app.mount("/v2", v2)
