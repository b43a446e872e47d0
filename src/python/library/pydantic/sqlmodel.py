"""https://sqlmodel.tiangolo.com/"""
from pydantic import BaseModel
from pydantic.fields import FieldInfo as _FieldInfo
from pydantic.fields import PydanticUndefined
from __arch__ import location
from sqlalchemy.schema import MetaData as _MetaData

# Keywords about the column: they say nothing about the value.
_COLUMN = (
    "primary_key", "foreign_key", "ondelete", "unique", "nullable", "index", "sa_type", "sa_column", "sa_column_args",
    "sa_column_kwargs", "schema_extra",
)


class FieldInfo(_FieldInfo):
    pass


class RelationshipInfo:
    def __init__(self, **options):
        self.options = options
        self._location = location()


def Field(default=PydanticUndefined, **options):
    extra = options.get("schema_extra") or {}
    kept = {name: value for name, value in options.items() if name not in _COLUMN}
    info = FieldInfo(default, **{**kept, **extra})
    info._column = {name: value for name, value in options.items() if name in _COLUMN}
    return info


def Relationship(**options):
    return RelationshipInfo(**options)


class SQLModel(BaseModel):
    metadata = _MetaData()


def __getattr__(name):
    import sqlalchemy

    return getattr(sqlalchemy, name)
