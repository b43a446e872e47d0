"""Shapes that several resources share."""

from typing import Generic, TypeVar

from pydantic import BaseModel, Field

ItemT = TypeVar("ItemT")


class Page(BaseModel, Generic[ItemT]):
    """A window into a longer list."""

    items: list[ItemT]
    total: int = Field(ge=0, description="How many there are in all.")
    limit: int
    offset: int


class Problem(BaseModel):
    """The body of an error response."""

    status: int
    detail: str
    instance: str
