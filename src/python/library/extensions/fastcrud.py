"""https://benavlabs.github.io/fastcrud/advanced/endpoint/#paginated-responses"""
from typing import Generic, TypeVar

from __arch__ import symbol
from pydantic import BaseModel

SchemaType = TypeVar("SchemaType", bound=BaseModel)


class ListResponse(BaseModel, Generic[SchemaType]):
    data: list[SchemaType]


class PaginatedListResponse(ListResponse[SchemaType]):
    total_count: int
    has_more: bool
    page: int | None = None
    items_per_page: int | None = None


def __getattr__(name):
    return symbol(f"fastcrud.{name}")
