from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from ipaddress import IPv4Address
from pathlib import Path as FilePath
from typing import Any, Dict, Generic, List, Literal, Optional, Set, Tuple, TypeVar, Union
from uuid import UUID

from fastapi import APIRouter, Body, Depends, FastAPI, File, Form, Header, Path, Query, UploadFile
from pydantic import AnyUrl, BaseModel, EmailStr, Field, HttpUrl, Json, SecretStr, conint, conlist, constr, validator
from pydantic.generics import GenericModel


class Color(str, Enum):
    red = "red"
    blue = "blue"


class Size(Enum):
    """How large it is."""

    small = 1
    large = 2


class Level(IntEnum):
    low = 1


class Base(BaseModel):
    id: int
    note: Optional[str]

    class Config:
        orm_mode = True


class Tag(BaseModel):
    """A label."""

    name: constr(min_length=1, max_length=20, regex="^[a-z]+$")
    weight: conint(gt=0, le=10) = 1


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"]
    loud: bool = False


class Item(Base):
    title: str = Field(..., title="A title", description="What it is called", example="Lamp", max_length=50)
    price: float = Field(..., gt=0, description="In euros")
    tax: Optional[float] = None
    must: Optional[int] = Field(...)
    anything: Any
    tags: List[Tag] = []
    names: Set[str] = set()
    main: Tag
    other: Optional[Tag] = None
    described: Tag = Field(..., description="The main one")
    color: Color = Color.red
    size: Size
    level: Optional[Level] = None
    choice: Literal["a", "b"] = "a"
    pair: Tuple[int, str]
    many: Tuple[int, ...] = ()
    either: Union[int, str]
    maybe: Optional[Union[int, str]]
    by_name: Dict[str, Tag] = {}
    free: Dict[str, Any] = {}
    plain: dict
    rows: list
    made: datetime
    day: date
    clock: time
    took: timedelta
    cost: Decimal = Decimal("1.5")
    uid: UUID
    site: HttpUrl
    link: Optional[AnyUrl]
    mail: EmailStr
    secret: SecretStr
    host: IPv4Address
    file: FilePath
    data: Json
    raw: bytes
    pet: Union[Cat, Dog] = Field(..., discriminator="kind")
    short: conlist(int, min_items=1, max_items=3) = [1]
    camel: int = Field(3, alias="camelCase")

    @validator("title")
    def check(cls, value):
        return value

    class Config:
        extra = "forbid"


class Described(BaseModel):
    a: int

    class Config:
        title = "Something described"
        schema_extra = {"example": {"a": 1}}
        extra = "allow"


class Tree(BaseModel):
    value: int
    children: List["Tree"] = []


Tree.update_forward_refs()

T = TypeVar("T")


class Page(GenericModel, Generic[T]):
    items: List[T]
    total: int


class Params(BaseModel):
    limit: int = 10


app = FastAPI(title="Legacy", version="2", description="Old rules")
router = APIRouter(prefix="/items", tags=["items"])


def paging(skip: int = 0, limit: int = Query(10, ge=1, le=100, description="How many")):
    return skip, limit


@router.post("/", response_model=Item, status_code=201)
def create(item: Item):
    return item


@router.get("/", response_model=Page[Item])
def listing(q: Optional[str] = None, color: Color = Color.red, sizes: List[int] = Query([]), page=Depends(paging)): ...


@router.get("/{item_id}", response_model=Item, responses={404: {"model": Described, "description": "None"}})
def read(item_id: int = Path(..., title="Its id", ge=1), x_token: str = Header(...), flag: Optional[bool] = Query(None, deprecated=True)): ...


@router.put("/{item_id}")
def update(item_id: int, item: Item, importance: int = Body(..., gt=0), note: Optional[str] = Body(None)) -> Union[Cat, Dog]: ...


@router.post("/upload")
def upload(file: UploadFile, more: List[UploadFile] = File([]), name: str = Form(...), raw: bytes = File(None)): ...


@app.get("/tree", response_model=Tree)
def tree(): ...


@app.get("/list", response_model=List[Optional[Tag]])
def tags(): ...


@app.get("/dict")
def dictionary() -> Dict[str, int]: ...


@app.post("/embed")
def embed(described: Described = Body(..., embed=True, example={"a": 2})): ...


@app.post("/optional")
def optional(tag: Optional[Tag] = None, size: Size = Size.small): ...


app.include_router(router)
