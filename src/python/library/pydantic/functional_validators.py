"""https://docs.pydantic.dev/latest/api/functional_validators/"""
from typing import Annotated, Any

from pydantic.annotated_handlers import GetCoreSchemaHandler as GetCoreSchemaHandler
from pydantic.annotated_handlers import GetJsonSchemaHandler as GetJsonSchemaHandler
from typing_extensions import TypeAliasType

JsonSchemaValue = dict
JsonValue = TypeAliasType("JsonValue", Any)


def _marked(kind, fields, options):
    def decorator(function):
        target = getattr(function, "__func__", function)
        target._validator = (kind, fields, options)
        return function

    return decorator


def field_validator(*fields, **options):
    return _marked("field", fields, options)


def model_validator(*, mode, **options):
    return _marked("model_" + mode, (), options)


def validator(*fields, **options):
    return _marked("field", fields, options)


def root_validator(*args, **options):
    if args:
        return args[0]
    return _marked("root", (), options)


def field_serializer(*fields, **options):
    return _marked("serializer", fields, options)


def model_serializer(function=None, /, **options):
    if function is not None:
        return _marked("model_serializer", (), options)(function)
    return _marked("model_serializer", (), options)


class _Functional:
    def __init__(self, func=None, **options):
        self.func = func
        self.options = options


class BeforeValidator(_Functional):
    pass


class AfterValidator(_Functional):
    pass


class PlainValidator(_Functional):
    pass


class WrapValidator(_Functional):
    pass


class PlainSerializer(_Functional):
    def __init__(self, func=None, return_type=..., when_used="always"):
        self.func, self.return_type, self.when_used = func, return_type, when_used


class WrapSerializer(PlainSerializer):
    pass


class SkipValidation:
    def __class_getitem__(cls, item):
        return item


class InstanceOf:
    def __class_getitem__(cls, item):
        return item


class SerializeAsAny:
    def __class_getitem__(cls, item):
        return item


class ValidationInfo:
    pass


class WithJsonSchema:
    def __init__(self, json_schema, mode=None):
        self.json_schema, self.mode = json_schema, mode


class SkipJsonSchema:
    def __class_getitem__(cls, item):
        return Annotated[item, SkipJsonSchema()]


class Examples:
    def __init__(self, examples, mode=None):
        self.examples, self.mode = examples, mode


class GetPydanticSchema:
    def __init__(self, get_pydantic_core_schema=None, get_pydantic_json_schema=None):
        if get_pydantic_core_schema is not None:
            self.__get_pydantic_core_schema__ = get_pydantic_core_schema
        if get_pydantic_json_schema is not None:
            self.__get_pydantic_json_schema__ = get_pydantic_json_schema


class Discriminator:
    def __init__(self, discriminator=None, **options):
        self.discriminator = discriminator


class Tag:
    def __init__(self, tag):
        self.tag = tag
