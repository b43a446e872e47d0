"""Models as code for pydantic 1 writes them."""
from datetime import date, datetime, timedelta, time
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any, Callable, Dict, Generic, List, Literal, Optional, Set, Tuple, TypeVar, Union, Type, FrozenSet, Sequence, NewType
from uuid import UUID
import re
from pathlib import Path as P
from ipaddress import IPv4Address
from dataclasses import dataclass, field
from fastapi import FastAPI, APIRouter, Body, Depends, File, Form, Header, Path, Query, UploadFile, Cookie
from pydantic import BaseModel, Field, validator, root_validator, create_model, conint, constr, conlist, condecimal, confloat, SecretStr, HttpUrl, AnyUrl, Json, BaseSettings, PositiveInt, StrictStr, Extra, UUID4, ByteSize, FilePath, PositiveFloat
from pydantic.generics import GenericModel
from pydantic.dataclasses import dataclass as pdc

app = FastAPI(title="One")
T = TypeVar("T")
K = TypeVar("K")


class Kind(str, Enum):
    """Kinds."""
    a = "a"
    b = "b"


class Num(IntEnum):
    one = 1


class MyStr(str):
    @classmethod
    def __get_validators__(cls):
        yield cls.validate

    @classmethod
    def validate(cls, v): return cls(v)

    @classmethod
    def __modify_schema__(cls, field_schema):
        field_schema.update(pattern="^x", examples=["xa"])


class ObjId:
    @classmethod
    def __get_validators__(cls):
        yield lambda v: v

    @classmethod
    def __modify_schema__(cls, field_schema):
        field_schema["type"] = "string"
        field_schema["x-field"] = 1


def camel(s):
    a, *b = s.split("_")
    return a + "".join(x.title() for x in b)


class Base(BaseModel):
    class Config:
        alias_generator = camel
        allow_population_by_field_name = True
        extra = Extra.forbid
        use_enum_values = True
        max_anystr_length = 20
        fields = {"desc_text": {"description": "From Config", "title": "DT"}, "other": "oth"}

        @staticmethod
        def schema_extra(schema, model):
            schema["x-model"] = model.__name__


class One(Base):
    """Doc of one."""
    my_id: ObjId = Field(..., alias="_id")
    desc_text: str = "d"
    other: int = 3
    my: MyStr = MyStr("x")
    kind: Kind = Kind.a
    kinds: List[Kind] = [Kind.b]
    num: Num = Num.one
    ci: conint(gt=1, lt=10, multiple_of=2) = 4
    cs: constr(regex="^a", min_length=1, max_length=4, strip_whitespace=True) = "a"
    cl: conlist(int, min_items=1, max_items=3) = [1]
    cd: condecimal(max_digits=4, decimal_places=2, ge=Decimal("0.5")) = Decimal("1.25")
    cf: confloat(ge=0.5) = 1.0
    sec: SecretStr = SecretStr("s")
    url: HttpUrl = "http://a.b"
    au: AnyUrl = None
    js: Json = None
    js2: Json[List[int]] = None
    pos: PositiveInt = 1
    ss: StrictStr = "s"
    u4: UUID4 = None
    bs: ByteSize = 1
    fp: FilePath = "/x"
    p: P = P("/a/b")
    ip: IPv4Address = IPv4Address("1.2.3.4")
    d: date = date(2020, 1, 2)
    dt: datetime = datetime(2020, 1, 2, 3, 4)
    td: timedelta = timedelta(minutes=5)
    tm: time = time(1, 2)
    pat: re.Pattern = None
    lit: Literal["a", 1] = "a"
    tup: Tuple[int, str] = (1, "a")
    tupv: Tuple[int, ...] = (1,)
    st: Set[int] = {1}
    fs: FrozenSet[str] = frozenset()
    mp: Dict[Kind, Optional[int]] = {}
    un: Union[int, str, None] = None
    nn: Any = Field(None, description="any", example=3, deprecated=True)
    fl: float = Field(1.5, gt=0, le=10, title="FL", const=True)
    opt: Optional[str] = Field(None, max_length=3, regex="^b")
    lst: List[int] = Field([], min_items=1, unique_items=True)
    ex: str = Field("x", exclude=True, env="EX", extra_key=[1])
    _priv: int = 3
    untyped = 7
    untyped_s = "u"

    @validator("opt", pre=True, always=True)
    def chk(cls, v): return v

    @root_validator(pre=True)
    def rt(cls, v): return v


class Two(One):
    kind: Kind
    sub: Optional["Two"] = None
    others: List["Three"] = []


class Three(BaseModel):
    __root__: Dict[str, Two]

    class Config:
        title = "Third"
        schema_extra = {"example": {"a": 1}}


Two.update_forward_refs(Three=Three)


class Resp(GenericModel, Generic[T]):
    data: T
    errors: Optional[List[str]]


class Pair(GenericModel, Generic[K, T]):
    """A pair"""
    left: K
    right: List[T]


class Cat(BaseModel):
    t: Literal["cat"]
    n: int


class Dog(BaseModel):
    t: Literal["dog", "wolf"] = "dog"


class Owner(BaseModel):
    pet: Union[Cat, Dog] = Field(..., discriminator="t", description="A pet")
    req: Optional[int] = ...
    implicit: Optional[int]
    dflt: int = Field(default_factory=int)


@pdc
class PD:
    """PD doc"""
    a: int
    b: List[str] = field(default_factory=list)


@dataclass
class SD:
    x: int
    y: Optional[str] = None
    pd: Optional[PD] = None


Dyn = create_model("Dyn", a=(int, ...), b="x", __base__=Cat)
Dyn2 = create_model("Dyn2", **{n: (Optional[f.outer_type_], None) for n, f in Cat.__fields__.items()})


class Settings(BaseSettings):
    name: str = "n"

    class Config:
        env_prefix = "X_"


settings = Settings()


@app.post("/one", response_model=One, response_model_exclude_unset=True)
def one(x: Two, y: Owner = Body(..., example={"a": 1})): ...


@app.get("/resp", response_model=Resp[List[Cat]])
def resp(k: Kind = Kind.a, ks: List[Kind] = Query([], alias="ks[]"), n: conint(ge=1) = 3, c: Optional[str] = Query(None, regex="^a", max_length=3, description="cc", deprecated=True), td: timedelta = timedelta(seconds=5), h: List[str] = Header(None), ck: str = Cookie("x")): ...


@app.get("/pair/{p}", response_model=Pair[int, Resp[Dog]])
def pair(p: Num = Path(..., title="PP")): ...


@app.post("/sd", response_model=List[SD])
def sd(a: SD, b: PD, c: Three, d: Dyn = None, e: Dyn2 = Body(None)): ...


@app.post("/form", responses={200: {"model": Three}, 404: {"model": Union[Cat, Dog]}, 409: {"description": "C", "content": {"text/plain": {"example": "x"}}}})
def form(a: int = Form(...), b: Kind = Form(Kind.b), f: UploadFile = File(None), g: bytes = File(...)): ...


@app.get("/" + settings.name)
def named() -> Dict[str, Pair[Kind, float]]: ...
