from typing import Optional

from pydantic import BaseModel


class Item(BaseModel):
    a: int


class Same(BaseModel):
    item: Item


class First:
    class Item(BaseModel):
        b: int

    class Same(BaseModel):
        c: int


class Second:
    class Same(BaseModel):
        c: int


class Moded(BaseModel):
    a: Optional[int] = None
    inner: First.Item


class Outer(BaseModel):
    one: Item
    two: First.Item
    three: First.Same
    four: Second.Same
    moded: Moded


MODELS = [Same, Outer]
