import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from ipaddress import IPv4Address, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Literal, Optional, Union
from uuid import UUID

from annotated_types import Ge, Len, MinLen
from pydantic import (
    UUID4, AnyUrl, BaseModel, ByteSize, EmailStr, Field, FilePath, HttpUrl, Json, PositiveInt, SecretBytes, SecretStr,
    StrictInt, StringConstraints, conint, conlist, constr,
)


class Plain(BaseModel):
    """Every scalar.

    Second paragraph.
    """

    item_id: int
    name: str = "x"
    HTTPCode: float = 1.5
    flag: bool = True
    anything: Any
    nothing: None = None
    raw: bytes
    day: date
    at: datetime
    clock: time
    span: timedelta = timedelta(minutes=5)
    price: Decimal = Decimal("1.10")
    uid: UUID
    four: UUID4
    path: Path
    file: FilePath
    v4: IPv4Address
    net: IPv6Network
    mail: EmailStr
    site: HttpUrl
    link: AnyUrl
    secret: SecretStr
    hidden: SecretBytes
    size: ByteSize
    text: Json[list[int]]
    strict: StrictInt


class Limits(BaseModel):
    a: int = Field(gt=0, le=10, description="How many")
    b: float = Field(1, ge=0.5, lt=2, multiple_of=0.5)
    c: str = Field(min_length=1, max_length=5, pattern="^a+$")
    d: Optional[int] = Field(None, ge=3)
    e: Annotated[str, StringConstraints(max_length=3)]
    f: constr(min_length=2)
    g: conint(ge=1) = 1
    h: conlist(int, min_length=1, max_length=3)
    i: Annotated[int, Ge(4)]
    j: Annotated[list[str], Len(1, 2)]
    k: Annotated[dict[str, int], MinLen(1)]
    l: PositiveInt
    m: Decimal = Field(max_digits=5, decimal_places=2, gt=0)
    n: Union[int, str] = Field(min_length=1)
    o: Annotated[Optional[str], Field(max_length=4)] = None
    p: str = Field(pattern=re.compile("^b+$"))
    q: str = Field(pattern="^" + re.escape("a.b c") + "$")


class Color(str, Enum):
    """What it looks like."""

    RED = "red"
    BLUE = "blue"


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Mixed(Enum):
    A = "a"
    B = 2


class Choices(BaseModel):
    one: Literal["a"]
    two: Literal["a", "b"] = "a"
    three: Literal[1, "x", None]
    color: Color
    default: Color = Color.RED
    level: Optional[Level] = Level.HIGH
    mixed: list[Mixed] = [Mixed.A]
    described: Color = Field(description="which")
    member: Literal[Color.RED]


class Documented(BaseModel):
    title: str = Field(title="Own title", examples=["a", "b"], deprecated=True)
    extra: int = Field(json_schema_extra={"x-order": 1, "format": "int64"})
    called: int = Field(json_schema_extra=lambda schema: schema.update(example=3))
    made: list[int] = Field(default_factory=list)
    seen: set[str] = {"b", "a"}


MODELS = [Plain, Limits, Choices, Documented]
