from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Dict, Generic, List, NamedTuple, Optional, Tuple, TypedDict, TypeVar, Union

from pydantic import BaseModel, ConfigDict, Field, RootModel, TypeAdapter
from typing_extensions import NotRequired, Required, TypeAliasType, TypedDict as Typed

T = TypeVar("T")
K = TypeVar("K")


class Containers(BaseModel):
    a: list
    b: list[int]
    c: List[Optional[str]]
    d: set[int]
    e: frozenset[str] = frozenset()
    f: tuple[int, str]
    g: tuple[int, ...]
    h: Tuple
    i: dict
    j: dict[str, Any]
    k: Dict[str, list[int]]
    l: dict[int, float]
    m: Sequence[int]
    n: Mapping[str, int]
    o: deque[int]
    p: defaultdict[str, int]
    q: Counter[str]
    r: dict[Annotated[str, Field(pattern="^x-")], int]
    s: dict[Annotated[str, Field(max_length=3)], int]
    t: Union[int, str, None]
    u: int | str
    v: Optional[List[Node]] = None


class Node(BaseModel):
    value: int
    children: list[Node] = []
    parent: Optional["Node"] = None


class Page(BaseModel, Generic[T]):
    """A page."""

    items: list[T]
    total: int


class Pair(BaseModel, Generic[K, T]):
    key: K
    value: Optional[T] = None


class Named(Page[Node]):
    name: str


class Ids(RootModel[list[int]]):
    """Identifiers."""


class Table(RootModel):
    root: dict[str, Node] = Field(description="rows")


@dataclass
class Point:
    """A place."""

    x: int
    y: int = 0
    tags: list[str] = field(default_factory=list)


class Movie(Typed, total=False):
    name: Required[str]
    year: int


class Options(Typed):
    depth: NotRequired[int]
    names: list[str]


class Entry(NamedTuple):
    key: str
    value: int = 1


Labels = TypeAliasType("Labels", dict[str, str])


class Uses(BaseModel):
    page: Page[Node]
    pair: Pair[str, Node]
    nested: Page[Pair[int, str]]
    bare: Page
    optional: Page[Optional[Node]]
    ids: Ids
    table: Table
    point: Point
    movie: Movie
    options: Options
    entry: Entry
    labels: Labels
    more: list[Labels] = []


class Cat(BaseModel):
    kind: str = Field("cat", alias="kindOf")


class Open(BaseModel):
    model_config = ConfigDict(extra="allow", title="Opened")


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"a": 1}]})
    a: int


MODELS = [Containers, Node, Uses, Named, Page[int], Cat, Open, Closed]
