from enum import Enum, IntEnum
from typing import Any, Dict, List, Optional, Union
from uuid import UUID
from fastapi import FastAPI
from pydantic import BaseModel, Field

class Level(Enum):
    NOTSET = 0
    WARN = 30
    WARNING = 30
    INFO = 20

class ILevel(IntEnum):
    A = 1
    B = 2
    C = 1

class One(str, Enum):
    json = "json"

class OneInt(IntEnum):
    x = 3

class OnePlain(Enum):
    p = "p"

class Two(str, Enum):
    a = "a"
    b = "a"

class First(BaseModel):
    a: List[Union[UUID, str]] = []
    b: Optional[Union[bool, str]] = None
    c: Dict[str, Union[int, str]] = {}
    d: Union[int, float, None] = None

class Second(BaseModel):



    d: Union[float, int, None] = None
    e: list[Union[str, UUID]] = []
    f: Union[str, UUID] = "x"
    g: List[Optional[Union[str, UUID]]] = []

    i: Union[UUID, str] = "x"

class M(BaseModel):
    level: Level = Level.INFO
    ilevel: ILevel = ILevel.A
    one: One = One.json
    one_int: OneInt
    plain: OnePlain
    two: Two

app = FastAPI()

@app.post("/first")
def first(m: First) -> First: ...

@app.post("/second")
def second(m: Second) -> Second: ...

@app.post("/m")
def m(m: M, q: Level = Level.WARN, one: One = One.json) -> M: ...

from typing import Callable
from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

MAX = 2**63 - 1

class Box(Dict[str, Any]):
    @classmethod
    def __get_pydantic_core_schema__(cls, source_type: Any, handler: GetCoreSchemaHandler):
        return core_schema.no_info_after_validator_function(
            cls,
            handler(core_schema.dict_schema(keys_schema=core_schema.str_schema(), values_schema=core_schema.any_schema())),
            serialization=core_schema.plain_serializer_function_ser_schema(lambda v: dict(v), when_used="json"),
        )

class Big(BaseModel):
    box: Box
    a: float = Field(1, ge=1 / 60, le=MAX // 60)
    b: int = Field(1, le=2**63 - 1)
    c: int = Field(1, le=(1 << 62), ge=1 << 3)

@app.post("/big")
def big(m: Big) -> Big: ...
