"""https://uriyyo-fastapi-pagination.netlify.app/learn/pagination/techniques/"""
from typing import ClassVar, Generic

from fastapi import Query
from fastapi_pagination.bases import AbstractParams, BasePage, CursorRawParams, TAny
from pydantic import BaseModel, Field


class CursorParams(BaseModel, AbstractParams):
    cursor: str | None = Query(None, description="Cursor for the next page")
    size: int = Query(50, ge=0, le=100, description="Page size")

    str_cursor: ClassVar[bool] = True
    quoted_cursor: ClassVar[bool] = True

    def to_raw_params(self):
        return CursorRawParams(cursor=self.cursor, size=self.size)


class CursorPage(BasePage[TAny], Generic[TAny]):
    current_page: str | None = Field(None, description="Cursor to refetch the current page")
    current_page_backwards: str | None = Field(
        None, description="Cursor to refetch the current page starting from the last item"
    )
    previous_page: str | None = Field(None, description="Cursor for the previous page")
    next_page: str | None = Field(None, description="Cursor for the next page")

    __params_type__ = CursorParams
