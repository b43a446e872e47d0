"""Parameters, dependencies, responses and routers."""
from datetime import datetime, timedelta, date
from decimal import Decimal
from enum import Enum, IntEnum
from functools import partial, lru_cache
from typing import *
from typing_extensions import Annotated, TypedDict
from uuid import UUID
import fastapi
from fastapi import FastAPI, APIRouter, Body, Cookie, Depends, File, Form, Header, Path, Query, Request, Response, Security, UploadFile, WebSocket, BackgroundTasks, status
from fastapi.responses import *
from fastapi.routing import APIRoute
from fastapi.security import *
from fastapi.security import HTTPBasicCredentials, HTTPAuthorizationCredentials
from pydantic import BaseModel, Field, AfterValidator, BeforeValidator, EmailStr, HttpUrl, conint, constr, conlist, RootModel, TypeAdapter, ConfigDict, StringConstraints, field_validator, computed_field

FV = tuple(int(x) for x in fastapi.__version__.split("."))


class Err(BaseModel):
    """Error."""
    detail: Union[str, List[Dict[str, Any]]]
    code: Annotated[int, Field(ge=400, lt=600)] = 400


class Err2(Err):
    hint: Optional[HttpUrl] = None


class Order(str, Enum):
    ASC = "asc"
    DESC = "desc"


class Item(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Foo"}]})
    name: str = Field(examples=["n"], max_length=3)
    price: Annotated[Decimal, Field(gt=0, max_digits=6, decimal_places=2)]
    tags: Set[str] = set()
    when: Annotated[datetime, AfterValidator(lambda d: d)] = datetime(2024, 1, 1)


class ItemIn(Item):
    owner: Annotated[EmailStr, Field(description="Owner")]


T = TypeVar("T")


class PageParams(BaseModel):
    page: int = Field(1, ge=1)
    size: Annotated[int, Field(le=100)] = 20
    order: Order = Order.ASC
    ids: List[int] = []


def get_page(page: Annotated[int, Query(ge=1, description="Page")] = 1, size: int = Query(default=20, le=100, alias="page_size", title="Size")) -> PageParams: ...


PageDep = Annotated[PageParams, Depends(get_page)]
Token = Annotated[Optional[str], Header(alias="X-Token", description="tok")]
ItemId = Annotated[int, Path(ge=1, description="Item id", examples=[1])]


class Repo:
    def __init__(self, page: PageDep, tenant: Annotated[str, Header()], trace_id: Annotated[Optional[UUID], Header(convert_underscores=False)] = None): ...


class Service:
    def __init__(self, repo: Annotated[Repo, Depends()]): ...


class Role:
    def __init__(self, *roles): self.roles = roles

    def __call__(self, user: Annotated[dict, Depends(lambda creds=Depends(HTTPBasic(realm="r")), q=Query(None, include_in_schema=False): {})], x_role: str = Header("none")): return user


oauth = OAuth2AuthorizationCodeBearer(authorizationUrl="https://a", tokenUrl="t", refreshUrl="r", scopes={"a": "A", "b": "B"})
oidc = OpenIdConnect(openIdConnectUrl="https://o")
keyq = APIKeyQuery(name="k", auto_error=False)
keyc = APIKeyCookie(name="c", description="cookie")
digest = HTTPDigest(scheme_name="dig")


async def sec(scopes: SecurityScopes, tok: str = Depends(oauth), other=Depends(oidc)): yield tok


def wrap_dep(dep, *args): return Depends(partial(dep, *args))


def three(a: int, b: str = Query("x"), c: float = 1.0): ...


callbacks = APIRouter()


@callbacks.post("{$callback_url}/invoices/{$request.body.id}", response_model=Err)
def notify(body: Item, x: int = 3): ...


class JSON2(JSONResponse):
    media_type = "application/hal+json"


class Route2(APIRoute):
    def __init__(self, *a, **k):
        k["description"] = (k.get("description") or "") + "R2"
        k.setdefault("response_model_exclude_none", True)
        super().__init__(*a, **k)


app = FastAPI(title="Nine", summary="Sum", openapi_url="/o.json", root_path="/rp", redirect_slashes=False, default_response_class=JSONResponse, dependencies=[Depends(keyq)], responses={"5XX": {"description": "Server"}, 401: {"model": Err}}, callbacks=None, deprecated=None, generate_unique_id_function=lambda r: f"{r.name}__{sorted(r.methods)[0].lower()}", license_info={"name": "L", "identifier": "MIT"}, openapi_tags=[{"name": "b"}, {"name": "a", "description": "x"}], swagger_ui_oauth2_redirect_url=None, separate_input_output_schemas=True)

r = APIRouter(prefix="/r/{tenant_id}", tags=["r", Order.ASC], dependencies=[Depends(keyc), Security(sec, scopes=["a"])], responses={404: {"model": Err, "description": "NF"}}, route_class=Route2, callbacks=callbacks.routes)


@r.get("/", response_model=List[Item], name="list items")
async def list_items(tenant_id: UUID, page: PageDep, tok: Token, svc: Annotated[Service, Depends(Service)], bg: BackgroundTasks, req: Request, resp: Response): ...


@r.get("/{item_id}", responses={200: {"description": "OK!", "headers": {"X-A": {"schema": {"type": "string"}}}, "links": {"l": {"operationId": "x"}}}, 404: {"model": Union[Err, Err2]}, "default": {"model": List[Err2]}})
async def get_item(item_id: ItemId, role: Annotated[Any, Depends(Role("a"))], w=wrap_dep(three, 1)) -> Union[Item, ItemIn, None]:
    """Get.

    Long *text*.
    \f
    Hidden.
    """


@r.put("/{item_id:int}", status_code=202, response_description="Acc", deprecated=True, operation_id="putItem", response_class=JSON2, tags=["x"], summary="S", description="D", response_model_by_alias=False)
async def put_item(item_id: int, item: Annotated[ItemIn, Body(openapi_examples={"a": {"summary": "A", "value": {"name": "x"}}}, title="IT")], importance: Annotated[int, Body(gt=0)], extra: Annotated[Optional[Dict[str, Item]], Body()] = None) -> Item: ...


@r.patch("/{item_id}", response_model=None)
async def patch_item(item_id: str, item: Item = Body(embed=True, media_type="application/merge-patch+json")) -> Dict[str, int]: ...


@r.delete("/{item_id}/{rest:path}", status_code=204)
async def delete_item(item_id: Annotated[str, Path(pattern="^a", min_length=2)], rest: str, force: bool = False, s: Annotated[List[Order], Query(min_length=1)] = [Order.ASC, Order.DESC], d: Optional[timedelta] = timedelta(hours=1), dd: date = date(2020, 1, 1), t: Tuple[int, str] = Query((1, "a")), fs: FrozenSet[int] = Query(frozenset()), a: Any = None, lit: Literal["x", "y"] = "x", u: Union[int, float] = 1, f: Annotated[float, Query(allow_inf_nan=False, multiple_of=0.5)] = 0.5): ...


app.include_router(r)
app.include_router(r, prefix="/v2", tags=["v2"], responses={404: {"description": "v2 404"}, 410: {"description": "gone"}}, include_in_schema=True, deprecated=True, generate_unique_id_function=lambda r: "v2" + r.name.replace(" ", ""))


@app.post("/login")
def login(form: Annotated[OAuth2PasswordRequestForm, Depends()], strict: Annotated[OAuth2PasswordRequestFormStrict, Depends()] = None) -> TypedDict("Tok", {"access_token": str, "n": int}): ...


@app.post("/files")
def files(a: Annotated[bytes, File(description="A")], b: List[UploadFile], c: Annotated[Optional[List[bytes]], File()] = None, d: Annotated[UploadFile, File(media_type="image/png")] = None, e: Annotated[str, Form(pattern="x")] = "x", g: List[int] = Form([]), h: Optional[Order] = Form(None)): ...


@app.get("/html", response_class=HTMLResponse)
def html() -> str: ...


@app.get("/resp")
def resp() -> Response: ...


@app.get("/streamj")
def streamj() -> StreamingResponse: ...


@app.get("/union-resp", response_model=Union[Item, Literal["x"], int])
def ur() -> Any: ...


@app.options("/opt", include_in_schema=True)
@app.head("/opt")
@app.trace("/opt")
def opt(): ...


@app.websocket("/ws")
async def ws(w: WebSocket): ...


@app.post("/raw")
async def raw(b: bytes = Body(..., media_type="application/octet-stream")): ...


@app.post("/text")
async def text(b: Annotated[str, Body(media_type="text/plain", max_length=3)] = "x"): ...


@app.post("/lst")
async def lst(b: List[Item]) -> conlist(Item, min_length=1): ...


@app.post("/dct")
async def dct(b: Dict[int, List[float]] = {1: [1.0]}) -> Dict[str, Optional[Item]]: ...


@app.post("/none")
async def none(b: Optional[Item] = None) -> None: ...





@app.webhooks.post("new-item")
def new_item(body: Item, x_sig: Annotated[str, Header()]):
    """Hook."""


@lru_cache
def settings(): return {"a": 1}


@app.get("/cached")
def cached(s=Depends(settings), d: HTTPAuthorizationCredentials = Depends(digest)): ...


if FV >= (0, 115):
    class QP(BaseModel):
        model_config = ConfigDict(extra="forbid")
        limit: int = Field(100, gt=0, le=100, description="L")
        order_by: Literal["a", "b"] = "a"
        tags: List[str] = []
        alias_me: Optional[int] = Field(None, alias="aliasMe")

    class HP(BaseModel):
        x_rate: int
        if_none: Optional[str] = None

    class FP(BaseModel):
        user: str
        files: List[int] = []

    @app.get("/qp")
    def qp(q: Annotated[QP, Query()], h: Annotated[HP, Header()], c: Annotated[HP, Cookie()]): ...

    @app.post("/fp")
    def fp(f: Annotated[FP, Form()]): ...
