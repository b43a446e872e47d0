import enum, uuid, decimal
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum, IntEnum
from typing import Any, Dict, Generic, List, Optional, Set, Tuple, TypeVar, Union
from typing_extensions import Annotated, Literal, TypedDict
from fastapi import APIRouter, Body, Cookie, Depends, FastAPI, File, Form, Header, Path, Query, UploadFile, Security
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm, HTTPBearer
from pydantic import BaseModel, BaseSettings, EmailStr, Field, HttpUrl, AnyUrl, SecretStr, conint, conlist, constr, validator, root_validator, PositiveInt, UUID4, Json, confloat, condecimal, StrictStr, IPvAnyAddress
from pydantic.generics import GenericModel
T = TypeVar("T")
K = TypeVar("K")
class Color(str, Enum):
    """Colour."""
    red = "red"
    blue = "blue"
class Level(IntEnum):
    low = 1
    high = 2
class Plain(Enum):
    a = "a"
    b = 2
class Only(str, Enum):
    one = "one"
def camel(s: str) -> str:
    h, *t = s.split("_")
    return h + "".join(x.title() for x in t)
class Address(BaseModel):
    street_name: str = Field(..., min_length=1, max_length=40, example="Main")
    zip_code: Optional[constr(regex=r"^\d{5}$")] = None
    country: Literal["CH", "DE"] = "CH"
    class Config:
        alias_generator = camel
        allow_population_by_field_name = True
        orm_mode = True
class Owner(BaseModel):
    """An owner.

    More.
    """
    id: UUID4 = Field(default_factory=uuid.uuid4)
    email: EmailStr
    homepage: Optional[HttpUrl] = None
    addresses: List[Address] = []
    tags: Set[str] = Field(default_factory=set, max_items=5)
    born: Optional[date]
    score: decimal.Decimal = Field(decimal.Decimal("1.5"), ge=0)
    price: condecimal(gt=0, max_digits=4) = None
    password: SecretStr
    wait: timedelta = timedelta(seconds=3)
    at: time = None
    meta: Dict[str, Any] = {}
    counts: Dict[Color, int] = {}
    pair: Tuple[int, str] = (1, "a")
    many: Tuple[int, ...] = ()
    level: Level = Level.low
    plain: Plain = Plain.a
    only: Only = Only.one
    color: Color = Field(Color.red, description="described", title="T")
    ocolor: Optional[Color] = Field(None, description="described")
    u: Union[int, str, None] = None
    j: Json = None
    jj: Json[List[int]] = None
    any: Any
    obj: object = None
    d: dict = {}
    l: list = []
    ip: IPvAnyAddress = None
    strict: StrictStr = "x"
    f: confloat(gt=0, lt=1) = 0.5
    addr: Address = Field(None, description="the address")
    addr2: Address = Address(street_name="x")
    _private: int = 1
    class Config:
        schema_extra = {"example": {"email": "a@b.ch"}}
        use_enum_values = True
class Node(BaseModel):
    value: int
    children: List["Node"] = []
    parent: Optional["Node"] = None
Node.update_forward_refs()
class Page(GenericModel, Generic[T]):
    items: List[T]
    total: int
class Pair(GenericModel, Generic[T, K]):
    a: T
    b: K
class Cat(BaseModel):
    kind: Literal["cat"]
    lives: conint(gt=0, le=9) = 9
class Dog(BaseModel):
    kind: Literal["dog"]
    weight: float
class Zoo(BaseModel):
    pets: List[Annotated[Union[Cat, Dog], Field(discriminator="kind")]]
    main: Union[Cat, Dog] = Field(..., discriminator="kind")
    extra: Union[Cat, Dog, None] = None
class Ids(BaseModel):
    __root__: List[int]
@dataclass
class Point:
    x: float
    y: float = 0
    tags: List[str] = field(default_factory=list)
class Filter(TypedDict):
    name: str
class Strict(BaseModel):
    a: int = Field(1, title="AA", description="the a", deprecated=True)
    c: conlist(int, min_items=1, max_items=3)
    const: str = Field("x", const=True)
    excl: str = Field("x", exclude=True)
    extra: str = Field("x", foo="bar")
    @validator("a")
    def va(cls, v): return v
    class Config:
        extra = "forbid"
        title = "StrictOne"
class Create(BaseModel):
    name: str
    node: Optional[Node] = None
class Read(Create):
    id: int
    created: datetime
class Msg(BaseModel):
    message: str
app = FastAPI(title="V1")
oauth = OAuth2PasswordBearer(tokenUrl="token", scopes={"a": "b"})
bearer = HTTPBearer()
r = APIRouter(prefix="/items", tags=["items"], responses={404: {"model": Msg, "description": "nf"}})
@r.get("/", response_model=Page[Read])
def l(q: Optional[str] = None, color: Color = Query(Color.red, description="c"), level: Level = None, plain: Plain = Plain.a, cs: List[Color] = Query([]), n: int = Query(1, ge=1, le=4, deprecated=True), rx: str = Query("a", regex="^a"), ex: str = Query("a", example="zz"), since: datetime = None, hid: str = Query("x", include_in_schema=False), lit: Literal["a","b"] = "a", u: Union[int, str] = 1, token: str = Depends(oauth), ua: str = Header(None), c: str = Cookie("z")): ...
@r.post("/", status_code=201, response_model=Read)
def c(item: Create): ...
@r.put("/{item_id}", response_model=Union[Read, Msg])
def u(item_id: int = Path(..., ge=1, title="id"), item: Create = Body(..., embed=True, example={"name": "x"}), imp: int = Body(1)): ...
@r.get("/pair", response_model=Pair[int, Owner])
def pair(): ...
@r.get("/pair2", response_model=Pair[str, List[Color]])
def pair2(): ...
@r.get("/page2", response_model=Page[Page[Owner]])
def page2(): ...
@r.get("/zoo", response_model=Zoo)
def zoo(): ...
@r.get("/ids", response_model=Ids)
def ids(): ...
@r.get("/opt", response_model=Optional[Owner])
def opt(): ...
@r.get("/un", response_model=List[Union[Cat, Dog]])
def un(): ...
@r.get("/dict", response_model=Dict[str, Read])
def dict_(): ...
@r.get("/str", response_model=str)
def str_(): ...
@r.get("/annot")
def annot() -> List[Owner]: ...
@r.post("/owner")
def owner(o: Owner) -> Owner: ...
@r.post("/strict")
def strict(o: Strict) -> Strict: ...
@r.post("/zoo")
def zooi(o: Zoo): ...
@r.post("/point")
def point(o: Point) -> Point: ...
@r.post("/ids")
def idsi(o: Ids): ...
@r.post("/list")
def listi(o: List[Create]): ...
@r.post("/two")
def two(o: Create, p: Node): ...
@r.post("/color")
def coli(c: Color = Body(Color.red, embed=True, description="c")): ...
@r.post("/desc")
def desc(d: Create = Body(..., description="dd", title="TT")): ...
@r.post("/descopt")
def descopt(d: Optional[Create] = Body(None, description="dd")): ...
@r.post("/form")
def form(a: str = Form(...), b: int = Form(1), f: UploadFile = File(...), g: List[UploadFile] = File([]), h: Optional[bytes] = File(None), e: Color = Form(Color.red)): ...
@r.post("/login")
def login(form: OAuth2PasswordRequestForm = Depends()): ...
@r.post("/un")
def uni(d: Union[Cat, Dog]): ...
@r.get("/sec")
def sec(x=Security(bearer)): ...
app.include_router(r)
