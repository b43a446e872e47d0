"""https://fastapi-filter.netlify.app"""
import copy
from enum import Enum
from typing import Optional, get_args, get_origin

from __arch__ import model_field_rows, model_fields
from fastapi import Depends
from fastapi.params import Depends as _Depends
from pydantic import BaseModel, ConfigDict, create_model
from pydantic.fields import FieldInfo


class BaseFilterModel(BaseModel):
    model_config = ConfigDict(extra="forbid")

    class Constants:
        ordering_field_name = "order_by"
        search_field_name = "search"

    def filter(self, query):
        return query.filter(self)

    def sort(self, query):
        return query.order_by(self)

    @property
    def filtering_fields(self):
        return self.model_dump().items()

    @property
    def ordering_values(self):
        return getattr(self, self.Constants.ordering_field_name)


class Filter(BaseFilterModel):
    class Direction(str, Enum):
        asc = "asc"
        desc = "desc"


def with_prefix(prefix, Filter):
    class NestedFilter(Filter):
        pass

    NestedFilter._prefix = prefix
    NestedFilter.__name__ = Filter.__name__
    return NestedFilter


def _list_of(annotation):
    """Whether a type is a list, or one or nothing."""
    if get_origin(annotation) is not list:
        inner = [member for member in get_args(annotation) if member is not None and member is not type(None)]
        annotation = inner[0] if len(inner) == 1 else annotation
    return annotation is list or get_origin(annotation) is list


def FilterDepends(Filter, *, by_alias=False, use_cache=True):
    """Lists become texts with commas, as the query string has them."""
    infos = model_fields(Filter)
    prefix = getattr(Filter, "_prefix", None)
    definitions = {}
    for name, annotation, default, has_default, factory, alias in model_field_rows(Filter):
        if isinstance(default, _Depends):
            definitions[name] = (annotation, default)
            continue
        known = infos.get(name)
        info = copy.copy(known) if isinstance(known, FieldInfo) else FieldInfo(default if has_default else ...)
        if _list_of(annotation):
            annotation = Optional[str] if has_default or factory is not None else str
            if isinstance(default, (list, tuple)):
                info.default = ",".join(default)
        if prefix is not None and alias is None:
            alias = f"{prefix}__{name}"
            info.alias = info.validation_alias = alias
            info._given = {**info._given, "alias": alias, "validation_alias": alias}
        definitions[name] = (annotation, info)
    return Depends(create_model(Filter.__name__, **definitions))
