"""https://uriyyo-fastapi-pagination.netlify.app/learn/pagination/techniques/"""
from typing import Generic

from fastapi import Query
from fastapi_pagination.bases import AbstractParams, BasePage, GreaterEqualOne, GreaterEqualZero, RawParams, TAny
from pydantic import BaseModel


class LimitOffsetParams(BaseModel, AbstractParams):
    limit: int = Query(50, ge=1, le=100, description="Page size limit")
    offset: int = Query(0, ge=0, description="Page offset")

    def to_raw_params(self):
        return RawParams(limit=self.limit, offset=self.offset)


class LimitOffsetPage(BasePage[TAny], Generic[TAny]):
    limit: GreaterEqualOne
    offset: GreaterEqualZero

    __params_type__ = LimitOffsetParams
