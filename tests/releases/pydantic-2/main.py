import enum, uuid, re, decimal
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum, IntEnum
from pathlib import Path as P
from typing import Annotated, Any, Dict, Generic, List, Literal, NamedTuple, Optional, Set, Tuple, TypeVar, Union
from fastapi import APIRouter, BackgroundTasks, Body, Cookie, Depends, FastAPI, File, Form, Header, HTTPException, Path, Query, Request, Response, Security, UploadFile, status
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, StreamingResponse, FileResponse
from fastapi.routing import APIRoute
from fastapi.security import APIKeyCookie, APIKeyHeader, APIKeyQuery, HTTPAuthorizationCredentials, HTTPBasic, HTTPBasicCredentials, HTTPBearer, OAuth2AuthorizationCodeBearer, OAuth2PasswordBearer, OAuth2PasswordRequestForm, SecurityScopes, OpenIdConnect
from pydantic import (AnyHttpUrl, AnyUrl, BaseModel, ConfigDict, EmailStr, Field, HttpUrl, Json, NonNegativeInt, PositiveInt, RootModel, SecretStr, StringConstraints, computed_field, conint, conlist, constr, field_validator, model_validator, UUID4, IPvAnyAddress, FilePath, PastDate, AwareDatetime, Base64Bytes)
from pydantic.alias_generators import to_camel
from typing_extensions import TypedDict, NotRequired

T = TypeVar("T")
K = TypeVar("K")

class Color(str, Enum):
    """Colour of a thing."""
    red = "red"
    blue = "blue"

class Level(IntEnum):
    low = 1
    high = 2

class Only(str, Enum):
    one = "one"

class Base(BaseModel):
    model_config = ConfigDict(from_attributes=True, populate_by_name=True, alias_generator=to_camel)

class Address(Base):
    street_name: str = Field(..., min_length=1, max_length=40, examples=["Main"])
    zip_code: constr(pattern=r"^\d{5}$") | None = None
    country: Literal["CH", "DE"] = "CH"

class Owner(Base):
    """An owner.

    With a second paragraph.
    """
    id: uuid.UUID = Field(default_factory=uuid.uuid4)
    email: EmailStr
    homepage: HttpUrl | None = None
    addresses: list[Address] = []
    tags: set[str] = Field(default_factory=set, max_length=5)
    born: date | None = None
    score: decimal.Decimal = Field(decimal.Decimal("1.5"), ge=0, max_digits=5, decimal_places=2)
    password: SecretStr
    wait: timedelta = timedelta(seconds=3)
    at: time | None = None
    meta: dict[str, Any] = {}
    counts: Dict[Color, int] = {}
    pair: Tuple[int, str] = (1, "a")
    many: tuple[int, ...] = ()
    level: Level = Level.low
    only: Only = Only.one

    @computed_field
    @property
    def name_length(self) -> int:
        """How long."""
        return 1

class Node(BaseModel):
    value: int
    children: list["Node"] = []
    parent: Optional["Node"] = None

class Page(BaseModel, Generic[T]):
    items: list[T]
    total: int = Field(ge=0)
    next: Optional[str] = None

class Pair(BaseModel, Generic[T, K]):
    a: T
    b: K

class Cat(BaseModel):
    kind: Literal["cat"]
    lives: conint(gt=0, le=9) = 9

class Dog(BaseModel):
    kind: Literal["dog"]
    weight: float

Pet = Annotated[Union[Cat, Dog], Field(discriminator="kind")]

class Zoo(BaseModel):
    pets: list[Pet]
    main: Pet | None = None
    extra: Union[Cat, Dog, None] = None

class Ids(RootModel[list[int]]):
    """Ids."""

class Filter(TypedDict):
    name: str
    age: NotRequired[int]

@dataclass
class Point:
    x: float
    y: float = 0
    label: Optional[str] = None
    tags: list[str] = field(default_factory=list)

class Coord(NamedTuple):
    lat: float
    lon: float = 0.0

class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"a": 1}]}, title="StrictOne")
    a: int = Field(1, title="AA", description="the a", deprecated=True)
    b: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2)]
    c: conlist(int, min_length=1, max_length=3)
    d: Json[list[int]] | None = None
    e: bytes = b"x"
    f: PositiveInt | NonNegativeInt = 1
    g: P | None = None
    h: IPvAnyAddress | None = None
    i: re.Pattern | None = None
    j: AwareDatetime | None = None
    k: Base64Bytes | None = None
    l: list[Color] = Field([Color.red], description="l")
    m: Color = Field(Color.red, description="m")
    n: Color | None = Field(None, description="n")
    o: Owner | None = Field(None, description="o", title="O")
    p: Address = Field(default=Address(street_name="x"), description="p")
    q: Any
    r: object = None
    s: dict = {}
    t: list = []
    u: frozenset[int] = frozenset()
    v: Optional[Union[int, str]] = None
    w: Union[datetime, date, str] = ""
    x: type[int] | None = None


    @field_validator("b")
    @classmethod
    def vb(cls, v): return v

class Msg(BaseModel):
    message: str

class Err(BaseModel):
    detail: str | list[dict[str, Any]]

class Create(BaseModel):
    name: str
    node: Node | None = None
class Read(Create):
    id: int
    created: datetime
class Update(Create):
    name: str | None = None

app = FastAPI(title="Wide", version="1.2.3", description="D", summary="S", openapi_tags=[{"name": "items", "description": "Items"}], contact={"name": "me", "email": "a@b.ch"}, license_info={"name": "MIT"}, terms_of_service="http://x.y/z", servers=[{"url": "/v1"}])

oauth = OAuth2PasswordBearer(tokenUrl="token", scopes={"me": "read me", "items": "items"})
oauth_opt = OAuth2PasswordBearer(tokenUrl="/api/login", auto_error=False, scheme_name="Optional")
key = APIKeyHeader(name="X-Key", description="a key")
keyq = APIKeyQuery(name="key")
keyc = APIKeyCookie(name="session")
bearer = HTTPBearer(auto_error=False, bearerFormat="JWT")
basic = HTTPBasic()
code = OAuth2AuthorizationCodeBearer(authorizationUrl="a", tokenUrl="t", refreshUrl="r")
oid = OpenIdConnect(openIdConnectUrl="/x")

async def user(scopes: SecurityScopes, token: Annotated[str, Depends(oauth)]) -> Owner: ...
def common(q: str | None = None, skip: int = 0, limit: Annotated[int, Query(ge=1, le=100, description="max")] = 10): ...
class Pager:
    def __init__(self, page: int = Query(1, ge=1), size: int = Query(20, ge=1, le=100, alias="pageSize")): ...
class Callable_:
    def __init__(self, x): ...
    def __call__(self, h: str = Header(default="x")): ...
User = Annotated[Owner, Security(user, scopes=["me"])]
Common = Annotated[dict, Depends(common)]

items = APIRouter(prefix="/items", tags=["items"], dependencies=[Depends(key)], responses={404: {"description": "Not found", "model": Msg}, 418: {"description": "Tea"}})

@items.get("/", response_model=Page[Read], summary="List")
async def list_items(c: Common, p: Pager = Depends(), color: Color = Query(Color.red, description="colour"), level: Level | None = None, colors: list[Color] = Query([]), names: Annotated[list[str] | None, Query(alias="name[]", max_length=3)] = None, only: Only = Only.one, lit: Literal["a", "b"] = "a", lit1: Literal["z"] = "z", since: datetime | None = None, uid: Optional[uuid.UUID] = None, ok: bool = False, f: float = Query(0.5, gt=0, lt=1), pat: str = Query("abc", pattern="^a"), depr: str = Query(None, deprecated=True), hid: str = Query("x", include_in_schema=False), ex: str = Query("x", examples=["a", "b"]), oex: str = Query("x", openapi_examples={"n": {"value": "v"}}), dec: decimal.Decimal | None = None, u: Union[int, str] = 1, wait: timedelta = timedelta(seconds=5)):
    """Lists.

    More **text**.
    \f
    hidden
    """

@items.post("/", status_code=201, response_model=Read, response_description="Made")
def create(item: Create, user: User, bg: BackgroundTasks, response: Response): ...

@items.post("/many", status_code=status.HTTP_202_ACCEPTED)
def create_many(items: list[Create], dry: bool = Body(False)) -> list[Read]: ...

@items.put("/{item_id}", responses={200: {"content": {"image/png": {}}}, "4XX": {"model": Err}, 409: {"model": Err, "description": "Conflict", "headers": {"X-A": {"schema": {"type": "string"}}}}})
def update(item_id: Annotated[int, Path(title="The id", ge=1, description="which")], item: Annotated[Update, Body(embed=True, description="upd", examples=[{"name": "n"}])], importance: Annotated[int, Body(gt=0)] = 1, ua: Annotated[str | None, Header()] = None, x_tok: Annotated[list[str] | None, Header()] = None, ads: Annotated[str | None, Cookie()] = None, strange: Annotated[str | None, Header(convert_underscores=False)] = None) -> Read | Msg: ...

@items.delete("/{item_id}", status_code=204, deprecated=True)
def delete(item_id: int): ...
@items.patch("/{item_id}", response_model=Optional[Read], response_model_exclude_unset=True, operation_id="patchIt", tags=["more"])
def patch(item_id: int, item: Update = Body(...)): ...
@items.get("/{item_id}/file", response_class=FileResponse)
def afile(item_id: int): ...
@items.get("/x/stream", response_class=StreamingResponse)
def stream(): ...
@items.get("/x/html", response_class=HTMLResponse)
def html(): ...
@items.get("/x/text")
def text() -> PlainTextResponse: ...
@items.get("/x/redir", response_class=RedirectResponse, status_code=302)
def redir(): ...
@items.get("/x/any")
def any_(): ...
@items.get("/x/dict")
def dict_() -> dict[str, int | None]: ...
@items.get("/x/un", response_model=Union[Cat, Dog])
def un(): ...
@items.get("/x/pet")
def pet() -> Pet: ...
@items.get("/x/zoo")
def zoo() -> Zoo: ...
@items.get("/x/listu", response_model=list[Union[Cat, Dog]])
def listu(): ...
@items.get("/x/tuple")
def tup() -> tuple[int, str]: ...
@items.get("/x/pair")
def pair() -> Pair[int, Owner]: ...
@items.get("/x/pair2")
def pair2() -> Pair[str, list[Color]]: ...
@items.get("/x/page3")
def page3() -> Page[Page[Owner]]: ...
@items.get("/x/ids")
def ids() -> Ids: ...
@items.get("/x/coord")
def coord() -> Coord: ...
@items.get("/x/point")
def point() -> list[Point]: ...
@items.get("/x/none", response_model=None)
def none() -> Owner: ...
@items.get("/x/resp")
def resp() -> Response | Owner if False else Response: ...

forms = APIRouter(prefix="/forms")
@forms.post("/login")
def login(form: Annotated[OAuth2PasswordRequestForm, Depends()]): ...
@forms.post("/form")
def form(a: str = Form(...), b: int = Form(1, ge=0), c: list[str] = Form([]), d: Optional[Color] = Form(None)): ...
@forms.post("/file")
def file_(f: bytes = File(description="raw"), g: UploadFile = File(...), h: list[UploadFile] = File([]), i: UploadFile | None = None, note: str = Form("n")): ...
@forms.post("/file1")
def file1(file: UploadFile): ...
@forms.post("/files")
def files(files: list[UploadFile]): ...
@forms.post("/bytes")
def rawb(file: Annotated[bytes | None, File()] = None): ...
@forms.post("/str")
def rawstr(data: str = Body(..., media_type="text/plain")): ...
@forms.post("/bodyd")
def bodyd(data: dict, n: Annotated[Node | None, Body()] = None): ...
@forms.post("/optional")
def optional(data: Optional[Create] = None): ...
@forms.post("/point")
def point_in(data: Point): ...
@forms.post("/filter")
def filter_in(data: Filter, ids: Ids): ...
@forms.post("/any")
def any_in(data: Any = Body(None)): ...
@forms.post("/un")
def un_in(data: Union[Cat, Dog]): ...
@forms.post("/zoo")
def zoo_in(data: Zoo = Body(..., openapi_examples={"one": {"summary": "s", "value": {"pets": []}}})): ...
@forms.post("/owner")
def owner_in(data: Owner) -> Owner: ...
@forms.post("/strict")
def strict_in(data: Strict) -> Strict: ...
@forms.post("/node")
def node_in(data: Node) -> Node: ...
@forms.post("/color")
def color_in(data: Color = Body(Color.red, embed=True, description="c")): ...
@forms.post("/setin")
def set_in(data: set[int], l: list[list[str]] = Body([[]])): ...
@forms.post("/desc")
def desc_in(data: Create = Body(..., description="described", title="T")): ...
@forms.post("/desc2")
def desc2_in(data: Annotated[list[Create], Body(min_length=1, max_length=5)]): ...
@forms.post("/frozen")
def fr(e: Annotated[EmailStr, Body()], u: Annotated[AnyUrl, Body()], h: Annotated[AnyHttpUrl, Body()]): ...

sec = APIRouter(dependencies=[Security(user, scopes=["items"])])
@sec.get("/s1")
def s1(k: str = Depends(keyq), c: str = Depends(keyc)): ...
@sec.get("/s2")
def s2(b: HTTPAuthorizationCredentials | None = Depends(bearer), bb: HTTPBasicCredentials = Depends(basic)): ...
@sec.get("/s3", dependencies=[Depends(code), Depends(oid)])
def s3(t: str | None = Depends(oauth_opt), me: Owner = Security(user, scopes=["me", "items"])): ...
@sec.get("/s4")
def s4(x=Depends(Callable_(1))): ...

multi = APIRouter()
@multi.api_route("/multi/{p:path}", methods=["GET"], include_in_schema=True, name="multi")
async def multi_(p: P, request: Request): ...
@multi.get("/enum/{color}/{level}")
def enum_path(color: Color, level: Level): ...
@multi.get("/float/{x:float}")
def float_path(x: float): ...
@multi.head("/head")
def head(): ...
@multi.options("/opt")
def opt(): ...
@multi.get("/nohide", include_in_schema=False)
def nohide(): ...
@multi.get("/a_very-strange.path/{x}_{y}")
def strange(x: str, y: str): ...
def plain(n: int = 3) -> Msg: ...
multi.add_api_route("/plain", plain, methods=["GET"], tags=["plain", Color.red])

cb = APIRouter()
@cb.post("{$callback_url}/inv/{$request.body.id}", response_model=Msg)
def notify(body: Create): ...
@multi.post("/cb", callbacks=cb.routes)
def with_cb(data: Create, callback_url: HttpUrl | None = None): ...
@app.webhooks.post("new-thing")
def hook(body: Read):
    """Hook doc."""

dashed = re.sub(r"(?<!^)(?=[A-Z])", "-", "CamelCaseName").lower()
named = re.match(r"^{(?P<name>\w+)}$", "{abc}")
words = "-".join(re.findall(r"[a-z]+", "one, TWO three", re.I) + re.split(r"[;,]\s*", "x; y,z"))
@multi.get(f"/{dashed}/{named.group('name')}-{named[1]}/{words}", name=re.sub(r"(\w+)-(\w+)", r"\2_\g<1>", "left-right"))
def with_expressions(): ...
if re.compile("^z").search("abc") is None:
    @multi.get("/not-found")
    def not_found(): ...

class UpperRoute(APIRoute):
    pass
nested = APIRouter(route_class=UpperRoute, prefix="/nested", generate_unique_id_function=lambda r: f"n-{r.name}")
deep = APIRouter(prefix="/deep", tags=["deep"])
@deep.get("")
def deep_root() -> list[Read]: ...
@deep.get("/{k}", openapi_extra={"x-a": 1, "parameters": [{"name": "z", "in": "query", "schema": {"type": "string"}}]})
def deep_k(k: str): ...
nested.include_router(deep, prefix="/in", tags=["in"], responses={500: {"description": "Oops"}})
app.include_router(items)
app.include_router(items, prefix="/v2", tags=["v2"], deprecated=True, include_in_schema=True)
app.include_router(forms, tags=["forms"])
app.include_router(sec, prefix="/sec", dependencies=[Depends(common)])
app.include_router(multi)
app.include_router(nested)
sub = FastAPI()
@sub.get("/s")
def subs(): ...
app.mount("/sub", sub)
@app.websocket("/ws")
async def ws(websocket): ...
