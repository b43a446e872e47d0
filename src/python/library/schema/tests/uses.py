from enum import Enum
from typing import Annotated, Any, Optional

from pydantic import (
    AfterValidator, BaseModel, BeforeValidator, Field, PlainSerializer, WithJsonSchema, computed_field, field_serializer,
)
from pydantic.json_schema import SkipJsonSchema


class Colour(Enum):
    """A colour."""

    RED = "red"
    BLUE = "blue"


class Code(int, Enum):
    LOW = 0
    HIGH = 2


class Part(BaseModel):
    """A part."""

    name: str


class Described(BaseModel):
    inner: Annotated[Colour, Field(description="of the inside")]
    outer: Colour = Field(Colour.RED, description="of the outside", title="Outer")
    same: Colour = Field(Colour.RED, description="A colour.")
    many: list[Annotated[Colour, Field(description="one of many", examples=["red"])]]
    maybe: Optional[Annotated[Colour, Field(description="if any", json_schema_extra={"x-nice": True})]] = None
    part: Annotated[Part, Field(description="a part of it")]
    parts: dict[str, Annotated[Part, Field(title="One", deprecated=True)]]
    plain: Colour
    whole: Part


class Sent(BaseModel):
    code: Code
    again: Code
    part: Part
    annotated: Annotated[Code, PlainSerializer(lambda value: value.name, return_type=str)]
    parts: list[Annotated[Part, PlainSerializer(lambda value: value.name, return_type=str)]]

    @field_serializer("code")
    def name_of_code(self, code: Code) -> str:
        return code.name

    @field_serializer("part")
    def name_of_part(self, part: Part) -> str:
        return part.name

    @computed_field
    @property
    def computed(self) -> Code:
        return self.code


class Replaced(BaseModel):
    code: Annotated[Code, WithJsonSchema({"type": "string"})]
    parts: list[Annotated[Part, WithJsonSchema({"type": "string"}, mode="serialization")]]
    left_out: Annotated[Part, SkipJsonSchema()] = Part(name="x")
    checked: Annotated[Code, AfterValidator(lambda value: value), Field(description="checked")]
    read: Annotated[Part, BeforeValidator(lambda value: value), Field(description="read")]
    whole: Part
    plain: Code


MODELS = [Described, Sent, Replaced]
