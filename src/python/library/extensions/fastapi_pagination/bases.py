"""https://uriyyo-fastapi-pagination.netlify.app/learn/"""
from typing import Annotated, Any, ClassVar, Generic, Sequence, TypeVar

from pydantic import BaseModel, ConfigDict, Field

TAny = TypeVar("TAny", default=Any)
GreaterEqualZero = Annotated[int, Field(ge=0)]
GreaterEqualOne = Annotated[int, Field(ge=1)]


class RawParams:
    def __init__(self, limit=None, offset=None, include_total=True):
        self.limit, self.offset, self.include_total = limit, offset, include_total


class CursorRawParams:
    def __init__(self, cursor=None, size=None, include_total=True):
        self.cursor, self.size, self.include_total = cursor, size, include_total


class AbstractParams:
    __page_type__ = None

    def to_raw_params(self):
        return RawParams()

    @classmethod
    def set_page(cls, page_cls):
        cls.__page_type__, page_cls.__params_type__ = page_cls, cls


class BaseAbstractPage(Generic[TAny]):
    __params_type__: ClassVar[type]

    @classmethod
    def create(cls, items, params=None, **kwargs):
        return cls.model_construct(items=items)


class AbstractPage(BaseAbstractPage[TAny], BaseModel, Generic[TAny]):
    model_config = ConfigDict(arbitrary_types_allowed=True, from_attributes=True, populate_by_name=True)
    __model_aliases__: ClassVar[dict] = {}
    __model_exclude__: ClassVar[set] = set()

    @classmethod
    def set_params(cls, params_cls):
        params_cls.set_page(cls)

    @classmethod
    def with_custom_options(cls, **kwargs):
        from fastapi_pagination.customization import CustomizedPage, UseParamsFields

        return CustomizedPage[cls, UseParamsFields(**kwargs)]

    @classmethod
    def with_params(cls, custom_params):
        from fastapi_pagination.customization import CustomizedPage, UseParams

        return CustomizedPage[cls, UseParams(custom_params)]


class BasePage(AbstractPage[TAny], Generic[TAny]):
    items: Sequence[TAny]
    total: GreaterEqualZero
