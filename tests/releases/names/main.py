"""Models and enumerations of one name in two modules."""
from enum import Enum
from fastapi import FastAPI
from pydantic import BaseModel
import other
app = FastAPI()


class Kind(str, Enum):
    """Another kind."""
    c = "c"


class Item(BaseModel):
    kind: Kind
    m: int = 0


class Only(BaseModel):
    kind: other.Kind


@app.post("/a")
def a(item: Item, only: Only) -> Item: ...


@app.post("/b/{kind}")
def b(item: other.Item, kind: Kind) -> Only: ...
