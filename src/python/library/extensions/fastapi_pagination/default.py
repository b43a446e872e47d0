"""https://uriyyo-fastapi-pagination.netlify.app/learn/pagination/techniques/"""
from typing import Generic

from fastapi import Query
from fastapi_pagination.bases import AbstractParams, BasePage, GreaterEqualOne, GreaterEqualZero, RawParams, TAny
from pydantic import BaseModel


class Params(BaseModel, AbstractParams):
    page: int = Query(1, ge=1, description="Page number")
    size: int = Query(50, ge=1, le=100, description="Page size")

    def to_raw_params(self):
        return RawParams(limit=self.size, offset=self.size * (self.page - 1))


class Page(BasePage[TAny], Generic[TAny]):
    page: GreaterEqualOne
    size: GreaterEqualOne
    pages: GreaterEqualZero

    __params_type__ = Params
