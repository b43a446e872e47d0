"""https://uriyyo-fastapi-pagination.netlify.app/learn/customization/page_customization/"""
from __arch__ import unknown
from fastapi_pagination.bases import TAny
from fastapi_pagination.customization import CustomizedPage, UseOptionalFields
from fastapi_pagination.default import Page as _Page
from fastapi_pagination.limit_offset import LimitOffsetPage as _LimitOffsetPage

OptionalPage = CustomizedPage[_Page[TAny], UseOptionalFields()]
OptionalLimitOffsetPage = CustomizedPage[_LimitOffsetPage[TAny], UseOptionalFields()]
OptionalParams = OptionalPage.__params_type__
OptionalLimitOffsetParams = OptionalLimitOffsetPage.__params_type__
Page, LimitOffsetPage = OptionalPage, OptionalLimitOffsetPage
Params, LimitOffsetParams = OptionalParams, OptionalLimitOffsetParams


def paginate(iterable, params=None, total=None, **options):
    return unknown("fastapi_pagination.paginate")
