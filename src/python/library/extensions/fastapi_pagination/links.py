"""https://uriyyo-fastapi-pagination.netlify.app/learn/additional/links/"""
from fastapi_pagination.bases import TAny
from fastapi_pagination.customization import CustomizedPage, PageCustomizer
from fastapi_pagination.default import Page as _Page
from fastapi_pagination.limit_offset import LimitOffsetPage as _LimitOffsetPage
from pydantic import BaseModel, Field, computed_field

_EXAMPLES = ["/api/v1/users?limit=1&offset1"]


class Links(BaseModel):
    first: str | None = Field(default=None, examples=_EXAMPLES)
    last: str | None = Field(default=None, examples=_EXAMPLES)
    self: str | None = Field(default=None, examples=_EXAMPLES)
    next: str | None = Field(default=None, examples=_EXAMPLES)
    prev: str | None = Field(default=None, examples=_EXAMPLES)


class UseLinks(PageCustomizer):
    def __init__(self, only_path=True, field="links"):
        self.only_path, self.field = only_path, field

    def customize_page_ns(self, page_cls, ns):
        def links(self) -> Links:
            return Links()

        ns[self.field] = computed_field(return_type=Links)(links)


class UseHeaderLinks(PageCustomizer):
    def __init__(self, only_path=True):
        self.only_path = only_path


class UseLimitOffsetLinks(UseLinks):
    pass


class UseLimitOffsetHeaderLinks(UseHeaderLinks):
    pass


Page = CustomizedPage[_Page[TAny], UseLinks()]
LimitOffsetPage = CustomizedPage[_LimitOffsetPage[TAny], UseLimitOffsetLinks()]
