"""https://beanie-odm.dev/"""
from typing import Annotated, Generic, Optional, TypeVar

from __arch__ import queried
from pydantic import BaseModel, Field
from pydantic_core import core_schema

_Linked = TypeVar("_Linked")


class PydanticObjectId:
    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler):
        return core_schema.str_schema(min_length=24, max_length=24, pattern="^[0-9a-f]{24}$")

    @classmethod
    def __get_pydantic_json_schema__(cls, schema, handler):
        json_schema = handler(schema)
        json_schema.update(type="string", example="5eb7cf5a86d9755df3a6c593")
        return json_schema


BeanieObjectId = PydanticObjectId


class IndexedAnnotation:
    def __init__(self, index_type=1, **options):
        self.index_type, self.options = index_type, options


def Indexed(typ=None, index_type=1, **options):
    index = IndexedAnnotation(index_type, **options)
    return index if typ is None else Annotated[typ, index]


class Link(Generic[_Linked]):
    pass


class BackLink(Generic[_Linked]):
    pass


class Document(BaseModel):
    id: Optional[PydanticObjectId] = Field(default=None, alias="_id", description="MongoDB document ObjectID")

    async def insert(self, **options):
        pass

    async def create(self, **options):
        pass

    async def save(self, **options):
        pass

    async def replace(self, **options):
        pass

    async def update(self, *args, **options):
        pass

    async def set(self, *args, **options):
        pass

    async def delete(self, **options):
        pass

    async def fetch_link(self, *args, **options):
        pass

    async def fetch_all_links(self, *args, **options):
        pass


class View(BaseModel):
    pass


class UnionDoc:
    pass


def _asked(name):
    def method(cls, *args, **options):
        return queried("beanie.Document." + name, cls, *args)

    return classmethod(method)


for _name in (
    "aggregate", "all", "count", "delete_all", "distinct", "exists", "find", "find_all", "find_many", "find_one", "get",
    "insert_many", "insert_one", "replace_many", "update_all",
):
    setattr(Document, _name, _asked(_name))
