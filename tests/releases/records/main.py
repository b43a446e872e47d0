"""Dataclasses and typed dictionaries within configured models, classes made by calls, names imported by star."""
from dataclasses import dataclass

import pydantic.dataclasses
from fastapi import FastAPI
from fastapi.responses import *
from typing import *
from pydantic import *
from pydantic.alias_generators import to_camel
from typing_extensions import TypedDict

app = FastAPI(default_response_class=JSONResponse)


@dataclass
class InCamel:
    first_name: str
    other: Optional[int] = None


@dataclass(frozen=True)
class InForbidding:
    first_name: Annotated[str, StringConstraints(max_length=255)]
    other: Optional[int] = None

    def __init__(self, first_name, other=None) -> None:
        object.__setattr__(self, "first_name", first_name)


@pydantic.dataclasses.dataclass
class WithItsOwn:
    first_name: str


class Row(TypedDict):
    first_name: str


class Camel(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", populate_by_name=True)
    some_thing: InCamel
    own_thing: WithItsOwn
    row_thing: Row


class Forbidding(BaseModel):
    model_config = ConfigDict(extra="forbid")
    inner: InForbidding
    level: Literal["a", "b"] = "a"
    link: Optional[AnyUrl] = None


def patch_of(kind=Any):
    return TypedDict("Patch", {"op": str, "value": kind}, total=False)


IntegerPatch = patch_of(int)
TextPatch = patch_of(str)


class Patches(BaseModel):
    integers: Optional[List[IntegerPatch]] = None
    texts: Optional[List[TextPatch]] = None
    made: create_model("Made", a=(int, ...))


@app.post("/records")
def records(patches: Patches, camel: Camel) -> Forbidding: ...


@app.post("/pull/{index}")
@app.post("/pull")
def pull(patches: Patches, index: int = 5) -> Camel: ...


@app.get("/text", response_class=PlainTextResponse)
def text(): ...
