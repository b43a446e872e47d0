from datetime import datetime
from enum import Enum
from typing import Annotated, Any, Literal, Optional, Union

from pydantic import (
    AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, GetCoreSchemaHandler,
    GetJsonSchemaHandler, PlainSerializer, PlainValidator, RootModel, Tag, WithJsonSchema, WrapSerializer, computed_field,
    create_model, field_serializer, field_validator, model_serializer, model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import core_schema


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog", "puppy"] = "dog"


class Pets(BaseModel):
    one: Union[Cat, Dog] = Field(discriminator="kind")
    many: list[Annotated[Union[Cat, Dog], Field(discriminator="kind")]] = []
    maybe: Optional[Union[Cat, Dog]] = Field(None, discriminator="kind", description="if any")


def tag_of(value: Any) -> str:
    return "cat"


class Tagged(BaseModel):
    pet: Annotated[Union[Annotated[Cat, Tag("cat")], Annotated[Dog, Tag("dog")]], Discriminator(tag_of)]


class Camel(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    first_name: str
    own: int = Field(alias="OWN")
    read_only: int = Field(validation_alias="readIn")
    sent_only: int = Field(serialization_alias="sentOut")


class Computed(BaseModel):
    width: int
    hidden: int = Field(exclude=True)

    @computed_field
    @property
    def area(self) -> int:
        """The whole."""
        return self.width * self.width

    @computed_field(alias="asText", title="Words", description="given")
    @property
    def text(self) -> Optional[str]:
        return None


class Validated(BaseModel):
    a: Annotated[int, AfterValidator(abs)]
    b: Annotated[int, BeforeValidator(int, json_schema_input_type=Union[int, str])]
    c: Annotated[int, PlainValidator(int)]
    d: Annotated[int, PlainSerializer(lambda value: str(value), return_type=str)]
    e: Annotated[datetime, WrapSerializer(lambda value, handler: 1, return_type=float)] = None
    f: Annotated[Any, WithJsonSchema({"type": "string", "format": "own"})]
    g: Annotated[int, WithJsonSchema({"type": "string"}, mode="serialization")] = 1
    h: Union[int, SkipJsonSchema[None]] = None
    i: SkipJsonSchema[int] = 3
    j: int
    k: Optional[int] = None
    l: list[int] = []

    @field_validator("j", mode="before")
    @classmethod
    def _read(cls, value):
        return value

    @field_serializer("k", when_used="unless-none")
    def _send(self, value: int) -> str:
        return str(value)

    @field_serializer("l")
    def _send_list(self, value) -> dict[str, int]:
        return {}


class Sent(BaseModel):
    a: int

    @model_serializer
    def _send(self) -> dict[str, int]:
        return {}


class Text(str):
    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler):
        return core_schema.no_info_after_validator_function(cls, handler(str))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema, handler: GetJsonSchemaHandler):
        json_schema = handler(schema)
        json_schema["format"] = "text"
        return json_schema


class Amount:
    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler):
        return core_schema.no_info_plain_validator_function(
            cls, serialization=core_schema.plain_serializer_function_ser_schema(int, return_schema=core_schema.int_schema())
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema, handler):
        return {"anyOf": [{"type": "string"}, {"type": "integer"}]} if handler.mode == "validation" else {"type": "integer"}


class Short(BaseModel):
    x: int

    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler):
        inner = handler(source)
        return core_schema.no_info_before_validator_function(
            lambda value: value, inner, json_schema_input_schema=core_schema.union_schema([inner, core_schema.int_schema()])
        )


class Custom(BaseModel):
    text: Text
    amount: Amount
    short: Short
    shorts: list[Short] = []


class Attributes(BaseModel):
    model_config = ConfigDict(use_attribute_docstrings=True, use_enum_values=True)
    a: int
    """What it is."""
    b: str = "x"


class Base(BaseModel):
    id: int
    name: str = "n"


class Derived(Base):
    name: int
    extra: bool = False


class Later(Derived):
    extra: bool = True


Made = create_model("Made", a=(int, ...), b=(Optional[str], None), __base__=Base)


def drop(schema: dict, cls) -> None:
    schema["x-class"] = cls.__name__
    schema["properties"].pop("a")


class Changed(BaseModel):
    model_config = ConfigDict(json_schema_extra=drop)
    a: int
    b: int = 1


class Holder(BaseModel):
    made: Base = Base(id=1)
    described: Base = Field(description="held")
    titled: Optional[Base] = Field(None, title="Held")


MODELS = [
    Pets, Tagged, Camel, Computed, Validated, Sent, Custom, Attributes, Derived, Later, Made, Changed, Holder,
]
