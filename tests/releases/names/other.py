from enum import Enum
from pydantic import BaseModel


class Kind(str, Enum):
    a = "a"
    b = "b"


class Item(BaseModel):
    kind: Kind
    n: int = 0
