import enum, uuid, datetime as dt
from collections import deque
from collections.abc import Iterable, Mapping, Sequence, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass as std_dataclass
from decimal import Decimal
from enum import Enum, auto, StrEnum, Flag
from functools import partial, lru_cache
from typing import Annotated, Any, ClassVar, Generic, Literal, NewType, Optional, Self, TypeVar, Union, Final, Protocol
from fastapi import APIRouter, Body, Cookie, Depends, FastAPI, Form, Header, Path, Query, Request, Response, Security, UploadFile, File
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, ORJSONResponse, StreamingResponse
from fastapi.security import HTTPBearer, APIKeyHeader
from pydantic import (AfterValidator, AliasChoices, AliasPath, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, PlainSerializer, PrivateAttr, RootModel, SerializeAsAny, StrictInt, Tag, TypeAdapter, ValidationInfo, computed_field, create_model, field_serializer, field_validator, model_serializer, model_validator, conset, AnyUrl, FutureDatetime, NaiveDatetime, EmailStr, NameEmail, ByteSize, PaymentCardNumber, SecretBytes, Secret, ImportString)
from pydantic.dataclasses import dataclass as pyd_dataclass
from pydantic.json_schema import SkipJsonSchema, WithJsonSchema
from sqlmodel import SQLModel, Field as SField, Relationship
from other import Early

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
UserId = NewType("UserId", int)
type Names = list[str]
type Tree = dict[str, Tree | int]
Short = Annotated[str, Field(max_length=5, description="short")]
Lower = Annotated[str, BeforeValidator(str.lower), AfterValidator(lambda v: v)]
Stamp = Annotated[dt.datetime, PlainSerializer(lambda v: v.timestamp(), return_type=float)]
Money = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]

class Kind(StrEnum):
    alpha = auto()
    beta = auto()
class Num(Enum):
    one = auto()
    two = auto()
class Perm(Flag):
    r = auto()
    w = auto()

class Late(BaseModel):
    n: int
Early.model_rebuild(_types_namespace={"Late": Late})

class Aliased(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    a: int = Field(alias="A")
    b: int = Field(validation_alias="bIn", serialization_alias="bOut")
    c: int = Field(1, validation_alias=AliasChoices("c1", "c2"))
    d: int = Field(1, validation_alias=AliasPath("x", 0))
    e: int = Field(1, exclude=True)
    _p: int = PrivateAttr(1)
    K: ClassVar[int] = 3
    f: Final[int] = 4

class Frozen(BaseModel, frozen=True, extra="allow"):
    x: int
    __pydantic_extra__: dict[str, int]

class Base(BaseModel):
    id: UserId
    kind: Kind = Kind.alpha
    num: Num | None = None
    names: Names = []
    tree: Tree = {}
    short: Short = "a"
    lower: Lower
    stamp: Stamp
    money: Money = Decimal("1.20")
    dq: deque[int] = deque()
    seq: Sequence[int] = ()
    it: Iterable[str] = []
    mp: Mapping[str, int] = {}
    cs: conset(int, min_length=1) = {1}
    lit: Literal[Kind.alpha, "x", 3, None] = "x"
    hidden: Annotated[int | SkipJsonSchema[None], Field()] = None
    custom: Annotated[Any, WithJsonSchema({"type": "string", "format": "x"})] = None
    fut: FutureDatetime | None = None
    size: ByteSize = 3
    mail: NameEmail | None = None
    sb: SecretBytes = b"x"
    sec: Secret[int] | None = None
    strict: StrictInt = 1
    nested: "Child | None" = None
    any_ser: SerializeAsAny[Late] | None = None
    when: dt.datetime = dt.datetime(2020, 1, 2, 3, 4, 5)
    utc: dt.datetime = dt.datetime(2020, 1, 2, tzinfo=dt.timezone.utc)
    day: dt.date = dt.date(2020, 1, 2)
    uid: uuid.UUID = uuid.UUID("12345678123456781234567812345678")
    late: list[Late] = Field(default_factory=lambda: [Late(n=1)])
    def method(self) -> Self: return self
    @field_validator("short", mode="before")
    @classmethod
    def v(cls, v: Any, info: ValidationInfo) -> Any: return v

class Child(Base):
    kind: Literal[Kind.beta] = Kind.beta
    short: str | None = None
    extra: dict[Kind, list[tuple[int, str]]] = Field(default={}, title="Extra!", json_schema_extra={"x-y": 1})
    @field_serializer("lower")
    def sl(self, v, info) -> int: return 1
    @computed_field(description="cf", title="CF", alias="cfAlias")
    @property
    def cf(self) -> list[Late]: return []
    @computed_field
    def cg(self) -> Optional[int]: return 1

class Wrapped(BaseModel):
    a: int
    @model_serializer
    def ser(self) -> dict[str, int]: return {}

class Before(BaseModel):
    a: int
    @model_validator(mode="before")
    @classmethod
    def b(cls, data: Any) -> Any: return data

Made = create_model("Made", __base__=Late, x=(int, ...), y=(str | None, None), z=(list[Kind], Field([], description="z")))
def optional(cls):
    return create_model(f"Optional{cls.__name__}", **{n: (Optional[f.annotation], None) for n, f in cls.model_fields.items()})
OptionalLate = optional(Made)

class Resp(BaseModel, Generic[T]):
    data: T | None = None
    error: str | None = None
class PageP(Resp[list[M]], Generic[M]):
    total: int
class ByName(RootModel[dict[str, T]], Generic[T]):
    pass
class Concrete(Resp[Late]):
    more: int = 1

def tag(v): return "a"
Disc = Annotated[Annotated[Late, Tag("a")] | Annotated[Made, Tag("b")], Discriminator(tag)]

@std_dataclass
class DC:
    a: int
    b: list["DC"] | None = None
@pyd_dataclass
class PDC:
    a: int = Field(gt=1, description="aa")
    b: str = "x"

class TeamBase(SQLModel):
    name: str = SField(index=True, max_length=20)
    hq: str | None = None
class Team(TeamBase, table=True):
    id: int | None = SField(default=None, primary_key=True)
    heroes: list["Hero"] = Relationship(back_populates="team")
class HeroBase(SQLModel):
    name: str
    team_id: int | None = SField(default=None, foreign_key="team.id")
class Hero(HeroBase, table=True):
    id: uuid.UUID = SField(default_factory=uuid.uuid4, primary_key=True)
    team: Team | None = Relationship(back_populates="heroes")
class HeroPublic(HeroBase):
    id: uuid.UUID
class HeroWithTeam(HeroPublic):
    team: Team | None = None
class HeroUpdate(SQLModel):
    name: str | None = None

class Filters(BaseModel):
    model_config = {"extra": "forbid"}
    limit: int = Field(100, gt=0, le=100)
    order: Literal["a", "b"] = "a"
    tags: list[str] = []
    kind: Kind | None = Field(None, description="k")
    since: dt.datetime | None = Field(None, alias="from")
class Heads(BaseModel):
    x_token: str
    if_modified: dt.datetime | None = None
    x_tags: list[str] = []
class Cooks(BaseModel):
    session_id: str
    tracker: str | None = None
class FormData(BaseModel):
    username: str
    password: str = Field(min_length=3)
    tags: list[str] = []
class FormFile(BaseModel):
    f: UploadFile
    n: int = 1

@asynccontextmanager
async def lifespan(app):
    yield

def custom_id(route): return f"{route.tags[0] if route.tags else 'x'}-{route.name}"
app = FastAPI(lifespan=lifespan, generate_unique_id_function=custom_id, default_response_class=ORJSONResponse, separate_input_output_schemas=True, root_path="/api", responses={500: {"description": "Boom"}}, redoc_url=None, dependencies=[Depends(HTTPBearer(scheme_name="Bear", description="bb"))])

class Repo(Protocol):
    def get(self) -> int: ...
class Service:
    def __init__(self, q: Annotated[str | None, Query(alias="qq")] = None, late: int = Header(1)): ...
class Checker:
    def __init__(self, role: str): self.role = role
    async def __call__(self, request: Request, role_header: Annotated[str, Header()]) -> bool: ...
async def pag(page: Annotated[int, Query(ge=1)] = 1, size: int = 10) -> dict: ...
Pag = Annotated[dict, Depends(pag)]
def gen(svc: Annotated[Service, Depends()]):
    yield svc
lim = partial(pag, size=3)

r = APIRouter(tags=["r"], prefix="/r")
@r.get("/filters")
def filters(f: Annotated[Filters, Query()]): ...
@r.get("/heads")
def heads(h: Annotated[Heads, Header()], c: Annotated[Cooks, Cookie()]): ...
@r.post("/form")
def form(d: Annotated[FormData, Form()]) -> FormData: ...
@r.post("/formfile")
def formfile(d: Annotated[FormFile, Form()]): ...
@r.post("/aliased", response_model_by_alias=False)
def aliased(a: Aliased) -> Aliased: ...
@r.post("/frozen")
def frozen(a: Frozen) -> list[Frozen]: ...
@r.post("/base")
def base(a: Base) -> Base: ...
@r.post("/child")
def child(a: Child) -> Resp[Child]: ...
@r.post("/wrapped")
def wrapped(a: Wrapped, b: Before) -> Wrapped: ...
@r.post("/made")
def made(a: Made, b: OptionalLate) -> Made: ...
@r.get("/pagep")
def pagep() -> PageP[Late]: ...
@r.get("/byname")
def byname() -> ByName[Late]: ...
@r.get("/concrete")
def concrete() -> Concrete: ...
@r.get("/resp-opt")
def respopt() -> Resp[Optional[Late]] | None: ...
@r.get("/resp-union")
def respunion() -> Resp[Union[Late, Made]]: ...
@r.get("/resp-lit")
def resplit() -> Resp[Literal["a", "b"]]: ...
@r.get("/resp-dict")
def respdict() -> Resp[dict[str, list[Late]]]: ...
@r.post("/disc")
def disc(a: Annotated[Disc, Body()]): ...
@r.post("/dc")
def dc(a: DC, b: PDC) -> DC: ...
@r.post("/early")
def early(a: Early) -> Early: ...
@r.post("/heroes", response_model=HeroPublic)
def hero(h: HeroBase): ...
@r.get("/heroes", response_model=list[HeroWithTeam])
def heroes(p: Pag): ...
@r.get("/hero", response_model=Hero)
def hero1(): ...
@r.patch("/hero/{hid}", response_model=Team)
def hero2(hid: uuid.UUID, h: HeroUpdate, t: Team): ...
@r.get("/svc", dependencies=[Depends(Checker("x"))])
def svc(s=Depends(gen), c: bool = Security(Checker("y"), scopes=["z"]), l=Depends(lim)): ...
@r.get("/lit/{k}/{n}")
def lit(k: Literal["x", "y"], n: Num, kinds: set[Kind] = Query(default={Kind.alpha}), opt: Annotated[Literal["q"] | None, Query()] = None, ids: Annotated[list[int], Query(min_length=1)] = [1], dtt: dt.date = dt.date(2021, 1, 1), uid: uuid.UUID = None, m: Short = "b", tup: tuple[int, int] = Query((1, 2)), fro: frozenset[str] = Query(frozenset())): ...
@r.get("/stream")
async def stream() -> AsyncIterator[Late]:
    yield Late(n=1)
@r.get("/json", response_class=JSONResponse, responses={200: {"description": "ok", "content": {"application/json": {"example": {"a": 1}}}}, 422: {"description": "mine"}})
def json_(q: int): ...
@r.put("/opt-body")
def optbody(a: Late | None = None, b: Annotated[int | None, Body()] = None, c: Annotated[list[Kind], Body(embed=True)] = []): ...
@r.put("/single", status_code=207)
def single(a: Annotated[int, Body(embed=True, ge=3, title="AA", examples=[4])]): ...
@r.put("/any")
def anyb(a: Annotated[Any, Body()], b: Annotated[dict[str, Any] | list[Any], Body()]): ...
@r.put("/req")
async def req(request: Request, response: Response): ...
@r.delete("/d", status_code=204)
async def d(force: bool = Query(False, description="Force it")) -> None: ...
@r.get("/flag")
def flag() -> Perm | None: ...
@r.get("/type-alias")
def ta(n: Names = Query([])) -> Tree: ...
@r.get("/path/{file_path:path}")
def fp(file_path: Annotated[str, Path(pattern=r"^[a-z]+$", examples=["a/b"])]): ...
app.include_router(r)
