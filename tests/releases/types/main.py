"""Custom types, serialisers, typed dictionaries, dataclasses, generics and aliases."""
import collections, enum, decimal, datetime as dt, pathlib, re, uuid
from dataclasses import dataclass, field
from typing import *
from typing_extensions import TypedDict, NotRequired, Required, Annotated, TypeAliasType, Self
import pydantic
from pydantic import BaseModel, ConfigDict, Field, RootModel, PlainSerializer, WrapSerializer, BeforeValidator, AfterValidator, WrapValidator, PlainValidator, field_serializer, field_validator, model_serializer, model_validator, computed_field, create_model, SerializeAsAny, GetCoreSchemaHandler, GetJsonSchemaHandler, InstanceOf, Discriminator, Tag, TypeAdapter, StringConstraints, AliasChoices, AliasGenerator, WithJsonSchema, Base64Str, Json
from pydantic.dataclasses import dataclass as pdataclass
from pydantic.json_schema import SkipJsonSchema
from pydantic.alias_generators import to_camel, to_snake, to_pascal
from pydantic_core import core_schema, PydanticCustomError
from fastapi import FastAPI, Body, Query, Depends, Path

app = FastAPI()


# --- TypedDicts in models with config
class Person(TypedDict, total=False):
    """A person."""
    first_name: Required[str]
    age: int


class Movie(TypedDict):
    title: str
    year: NotRequired[int]
    stars: Annotated[List[Person], Field(description="Who plays", max_length=3)]


class Open(BaseModel):
    model_config = ConfigDict(extra="allow", alias_generator=to_camel)
    movie_of: Movie
    other: Optional[Person] = None


class Plain(BaseModel):
    movie: Movie


@app.post("/open")
def open_(x: Open) -> Open: ...


@app.post("/plain")
def plain(x: Plain): ...


# --- custom types
class ObjectId(str):
    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler):
        return core_schema.json_or_python_schema(
            json_schema=core_schema.str_schema(min_length=24, max_length=24),
            python_schema=core_schema.no_info_plain_validator_function(cls.validate),
            serialization=core_schema.plain_serializer_function_ser_schema(lambda x: str(x)),
        )

    @classmethod
    def validate(cls, v): return v

    @classmethod
    def __get_pydantic_json_schema__(cls, schema, handler: GetJsonSchemaHandler):
        js = handler(core_schema.str_schema())
        js.update(examples=["5f"], pattern="^[0-9a-f]{24}$")
        return js


class Money:
    def __init__(self, amount): self.amount = amount

    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler):
        return core_schema.no_info_after_validator_function(cls, core_schema.decimal_schema(ge=0), serialization=core_schema.to_string_ser_schema())


class Vec(BaseModel):
    x: float
    y: float

    @classmethod
    def __get_pydantic_json_schema__(cls, cs, handler):
        js = handler(cs)
        js = handler.resolve_ref_schema(js)
        js["examples"] = [{"x": 1, "y": 2}]
        js["x-vec"] = True
        return js

    @model_validator(mode="before")
    @classmethod
    def split(cls, v): return v


class TruncFloat:
    def __init__(self, digits): self.digits = digits

    def __get_pydantic_core_schema__(self, source, handler):
        return core_schema.no_info_after_validator_function(lambda v: round(v, self.digits), handler(source))

    def __get_pydantic_json_schema__(self, cs, handler):
        js = handler(cs)
        js["multipleOf"] = 0.1
        return js


class Permission(enum.IntFlag):
    read = 1
    write = 2


class Color(enum.Enum):
    """Colours.

    Of things."""
    red = "r"
    green = 2


class Size(enum.IntEnum):
    S = 1
    M = 2


Rounded = Annotated[float, TruncFloat(2)]
PosInt = Annotated[int, Field(gt=0, description="Positive")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z-]+$", to_lower=True, strip_whitespace=True), Field(examples=["a-b"])]
IsoDate = Annotated[dt.datetime, PlainSerializer(lambda d: d.isoformat(), return_type=str)]
Hex = Annotated[int, PlainSerializer(lambda i: hex(i), return_type=str, when_used="json"), BeforeValidator(lambda v: int(v, 16))]
Wrapped = Annotated[List[int], WrapSerializer(lambda v, nxt: ",".join(map(str, nxt(v))), return_type=str)]
Csv = Annotated[List[str], BeforeValidator(lambda v: v.split(","))]
AnyJson = Annotated[Any, WithJsonSchema({"type": "object", "x-any": True})]
Weird = Annotated[int, WrapValidator(lambda v, h: h(v)), PlainValidator(lambda v: 1)]
Tree = TypeAliasType("Tree", "Union[int, List[Tree]]")
Ints = TypeAliasType("Ints", List[PosInt])
UserId = NewType("UserId", int)
T = TypeVar("T")
K = TypeVar("K", bound=Union[str, int])


class Custom(BaseModel):
    """Custom types."""
    model_config = ConfigDict(arbitrary_types_allowed=True, use_enum_values=True, validate_default=True, title="Custom!", json_schema_extra={"x-a": 1})
    oid: ObjectId = Field(alias="_id")
    money: Money
    vec: Vec
    vecs: Dict[str, Vec] = Field(default_factory=dict)
    rounded: Rounded = 1.25
    pos: PosInt
    pos2: Optional[PosInt] = None
    slug: Slug = "a"
    iso: IsoDate
    hexa: Hex = 255
    wrapped: Wrapped = [1]
    csv: Csv = []
    aj: AnyJson = None
    tree: Tree
    ints: Ints = [1]
    uid: UserId = UserId(3)
    perm: Permission = Permission.read
    color: Color = Color.red
    size: Size = Size.M
    lit: Literal[Size.S, Size.M] = Size.S
    lit2: Literal["a", 1, None, True] = "a"
    cls: Type[Vec] = Vec
    pat: re.Pattern = re.compile("a+")
    dq: Deque[int] = collections.deque([1, 2])
    od: collections.OrderedDict[str, int] = {}
    dd: DefaultDict[str, List[int]] = {}
    cnt: Counter[str] = {}
    fs: FrozenSet[int] = frozenset({3, 1, 2})
    st: Set[str] = {"b"}
    tup: Tuple[int, str, float] = (1, "a", 2.5)
    tupv: Tuple[int, ...] = ()
    tup0: Tuple[()] = ()
    seq: Sequence[int] = ()
    it: Iterable[int] = []
    mp: Mapping[int, str] = {}
    path: pathlib.Path = pathlib.Path("/tmp/x")
    pp: pathlib.PurePath = pathlib.PurePosixPath("a")
    dec: decimal.Decimal = Field(decimal.Decimal("1.10"), max_digits=5, decimal_places=2)
    td: dt.timedelta = dt.timedelta(days=1, minutes=5)
    d: dt.date = dt.date(2020, 1, 2)
    tm: dt.time = dt.time(1, 2, 3)
    by: bytes = b"abc"
    u: uuid.UUID = uuid.UUID("12345678-1234-5678-1234-567812345678")
    js: Json[List[int]] = "[1]"
    js2: Json = Field("{}", validate_default=False)
    skip: Union[int, SkipJsonSchema[None]] = None
    ob: object = None
    sa: SerializeAsAny[Vec] = None
    obj: Any = Field(None, json_schema_extra=lambda s: s.update({"x-f": 1}))
    comp: Optional[Annotated[Union[Vec, int], Field(description="inner")]] = Field(None, description="outer")
    nested: Dict[str, Dict[int, Optional[List[Tuple[int, str]]]]] = {}
    neg: float = float("inf")
    ul: Union[List[int], Dict[str, int], Literal["x"]] = "x"

    @computed_field(alias="sumOf", description="Sum")
    @property
    def sum_of(self) -> int:
        """Doc."""
        return 1

    @computed_field
    def cached(self) -> Optional[List[Vec]]:
        """Cached doc."""

    @field_serializer("pos")
    def ser_pos(self, v) -> str: return str(v)

    @field_serializer("money", "csv", when_used="unless-none")
    def ser_money(self, v, info): return 1

    @field_validator("slug", mode="before")
    @classmethod
    def slugify(cls, v): return v


@app.post("/custom")
def custom(x: Custom) -> Custom: ...


# --- generics
class Resp(BaseModel, Generic[T]):
    data: T
    meta: Dict[str, Any] = {}


class Keyed(BaseModel, Generic[K, T]):
    model_config = ConfigDict(title="Keyed thing")
    key: K
    value: Optional[T] = None
    subs: List[T] = []


class IntKeyed(Keyed[int, T], Generic[T]):
    extra: T


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog", "puppy"]


class Fish(BaseModel):
    kind: Literal["fish"] = "fish"


Pet = Annotated[Union[Cat, Dog, Fish], Field(discriminator="kind")]


def which(v): return "cat" if isinstance(v, Cat) else "n"


Tagged = Annotated[Union[Annotated[Cat, Tag("cat")], Annotated[int, Tag("n")]], Discriminator(which)]


class Pets(RootModel[List[Pet]]):
    """All pets."""

    def __iter__(self): return iter(self.root)


@app.get("/g1")
def g1() -> Resp[List[Pet]]: ...


@app.get("/g2", response_model=Resp[Union[Cat, Dog]])
def g2(): ...


@app.get("/g3")
def g3() -> IntKeyed[Resp[Optional[Cat]]]: ...


@app.post("/g4")
def g4(a: Cat, b: Pets, c: Tagged = Body(3), d: Annotated[Optional[Keyed[str, Pets]], Body(description="dd")] = None) -> Keyed[str, Dict[str, Tagged]]: ...


# --- serializers of models
class ModelSerWrap(BaseModel):
    a: int = 1

    @model_serializer(mode="wrap")
    def ser(self, nxt): return nxt(self)


@app.post("/ms")
def ms(b: ModelSerWrap) -> Tuple[ModelSerWrap, int]: ...


# --- dataclasses
@dataclass
class Point:
    """Point doc"""
    x: int
    y: "int" = 3
    tags: List[str] = field(default_factory=list, metadata={"description": "Meta tags"})
    hidden: int = field(default=1, init=False)


@pdataclass(config=ConfigDict(extra="forbid", title="PD"))
class PPoint(Point):
    """PPoint doc."""
    z: Annotated[int, Field(ge=1)] = Field(2, alias="zed")
    kw: Optional[int] = field(default=None, kw_only=True)


@app.post("/dc")
def dc(p: Point, q: PPoint) -> List[PPoint]: ...


# --- config inheritance, aliases
class Base(BaseModel):
    model_config = ConfigDict(alias_generator=AliasGenerator(validation_alias=to_camel, serialization_alias=to_pascal), populate_by_name=True, from_attributes=True)


class Child(Base):
    model_config = ConfigDict(str_max_length=10, json_schema_extra=lambda s, c: s.update({"x-child": c.__name__}))
    first_name: str
    last_name: str = Field("x", validation_alias=AliasChoices("ln", "surname"), serialization_alias="sn")
    me: Optional["Child"] = None
    _private: int = 3
    CONST: ClassVar[int] = 4
    depr: int = Field(1, deprecated=True)
    ini: "Optional[Child]" = None

    def __init_subclass__(cls, **kw): super().__init_subclass__(**kw)




def partial_model(model, *names):
    return create_model(f"Partial{model.__name__}", __base__=model, **{n: (Optional[f.annotation], Field(None, description="opt " + n)) for n, f in model.model_fields.items() if n in names})


Dyn = create_model("Dyn", a=(int, ...), b=(str, "x"), c=(Optional[Child], None), __doc__="Dynamic")


@app.patch("/child")
def child(x: partial_model(Child, "first_name"), y: Dyn) -> Child: ...
