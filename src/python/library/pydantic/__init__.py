"""https://docs.pydantic.dev/latest/api/base_model/"""
from types import UnionType
from typing import Annotated, Any, Generic, Literal, Optional, TypeVar, Union, get_args, get_origin

from __arch__ import init_model, json_schema, note_namespace, model_field_rows, model_fields, package_version, symbol, unknown
from pydantic.fields import AliasChoices as AliasChoices
from pydantic.fields import AliasGenerator as AliasGenerator
from pydantic.fields import AliasPath as AliasPath
from pydantic.fields import Field as Field
from pydantic.fields import FieldInfo as FieldInfo
from pydantic.fields import PrivateAttr as PrivateAttr
from pydantic.fields import computed_field as computed_field
from pydantic.functional_validators import *
from pydantic.types import *

VERSION = __version__ = package_version("pydantic") or "2.12.0"


class ValidationError(ValueError):
    def errors(self):
        return []


class PydanticUserError(TypeError):
    pass


class ConfigDict(dict):
    pass


class BaseConfig:
    pass


class Extra:
    allow, ignore, forbid = "allow", "ignore", "forbid"


class _Fields:
    """https://docs.pydantic.dev/latest/api/base_model/#pydantic.BaseModel.model_fields"""

    def __get__(self, instance, owner):
        return model_fields(owner)


class ModelField:
    """A field in pydantic 1."""

    def __init__(self, name, info):
        self.name, self.field_info, self.default = name, info, info.default
        self.annotation, self.alias = info.annotation, info.alias or name
        self.default_factory = info.default_factory
        members = [member for member in get_args(info.annotation) if member is not type(None)]
        self.allow_none = get_origin(info.annotation) in (Union, UnionType) and len(members) < len(get_args(info.annotation))
        self.required = info.is_required() and not (self.allow_none and info.default is not ...)
        self.outer_type_ = info.annotation
        if self.allow_none:
            self.outer_type_ = members[0] if len(members) == 1 else Union[tuple(members)]
        inner = get_args(self.outer_type_)
        self.type_ = inner[-1] if inner else self.outer_type_


class _FirstFields:
    def __get__(self, instance, owner):
        return {name: ModelField(name, info) for name, info in model_fields(owner).items()}


class BaseModel:
    model_config = {}
    model_fields = __fields__ = __pydantic_fields__ = _Fields()
    if VERSION.startswith("1."):
        __fields__ = _FirstFields()

    def __init__(self, /, **data):
        init_model(self, data)

    @classmethod
    def model_validate(cls, obj=None, *args, **kwargs):
        return _abstract(cls)

    @classmethod
    def model_validate_json(cls, json_data=None, *args, **kwargs):
        return _abstract(cls)

    @classmethod
    def model_construct(cls, _fields_set=None, **values):
        return cls(**values)

    @classmethod
    def parse_obj(cls, obj=None):
        return _abstract(cls)

    @classmethod
    def parse_raw(cls, b=None, **kwargs):
        return _abstract(cls)

    @classmethod
    def from_orm(cls, obj=None):
        return _abstract(cls)

    @classmethod
    def construct(cls, _fields_set=None, **values):
        return cls(**values)

    @classmethod
    def model_json_schema(cls, by_alias=True, ref_template="#/$defs/{model}", schema_generator=None, mode="validation", **options):
        return json_schema(cls, mode, ref_template)

    @classmethod
    def schema(cls, by_alias=True, ref_template="#/$defs/{model}"):
        return json_schema(cls, "validation", ref_template)

    @classmethod
    def model_rebuild(cls, *, force=False, raise_errors=True, _parent_namespace_depth=2, _types_namespace=None):
        note_namespace(cls, _types_namespace)

    @classmethod
    def update_forward_refs(cls, **localns):
        note_namespace(cls, localns or None)

    def model_dump(self, **kwargs):
        return dict(self.__dict__)

    def dict(self, **kwargs):
        return self.model_dump()

    def model_dump_json(self, **kwargs):
        return unknown("pydantic.BaseModel.model_dump_json()")

    def json(self, **kwargs):
        return unknown("pydantic.BaseModel.json()")

    def model_copy(self, *, update=None, deep=False):
        return self._copied(update)

    def copy(self, *, update=None, **kwargs):
        return self._copied(update)

    def _copied(self, update):
        duplicate = object.__new__(type(self))
        for name, value in {**self.__dict__, **(update or {})}.items():
            duplicate.__setattr__(name, value)
        return duplicate


def _abstract(cls):
    from __arch__ import abstract

    return abstract(cls)


_Root = TypeVar("_Root")


class RootModel(BaseModel, Generic[_Root]):
    def __init__(self, root=None, /, **data):
        self.root = root


class TypeAdapter:
    def __init__(self, type, **options):
        self._type = type

    def validate_python(self, value, **options):
        return _abstract(self._type)

    validate_json = validate_python

    def json_schema(self, *, by_alias=True, ref_template="#/$defs/{model}", schema_generator=None, mode="validation", **options):
        return json_schema(self._type, mode, ref_template)


def create_model(model_name, /, *, __config__=None, __doc__=None, __base__=None, __module__=None, __validators__=None, **fields):
    bases = __base__ or BaseModel
    bases = bases if isinstance(bases, tuple) else (bases,)
    annotations, namespace = {}, {}
    for name, definition in fields.items():
        if isinstance(definition, tuple):
            annotations[name] = definition[0]
            if definition[1] is not ...:
                namespace[name] = definition[1]
        elif name.startswith("__"):
            continue
        elif VERSION.startswith("1."):
            annotations[name], namespace[name] = type(definition), definition
        else:
            annotations[name] = definition
    if __config__ is not None:
        namespace["model_config"] = __config__
    if __doc__ is not None:
        namespace["__doc__"] = __doc__
    namespace["__annotations__"] = annotations
    if __module__ is not None:
        namespace["__module__"] = __module__
    return type(model_name, bases, namespace)


def validate_call(function=None, /, **options):
    return function if function is not None else (lambda function: function)


validate_arguments = validate_call


def with_config(*args, **options):
    return lambda cls: cls


def parse_obj_as(type_, obj):
    return _abstract(type_)


class GenericModel(BaseModel):
    pass


class BaseSettings(BaseModel):
    def __init__(self, **values):
        from pydantic_settings import _read_environment

        init_model(self, {**_read_environment(type(self)), **values})
