"""https://docs.pydantic.dev/latest/api/fields/"""
from __arch__ import cached_property


class PydanticUndefinedType:
    pass


PydanticUndefined = Undefined = PydanticUndefinedType()


class FieldInfo:
    def __init__(self, default=PydanticUndefined, **options):
        self._given = options
        self.default = default
        self.default_factory = options.get("default_factory")
        self.annotation = options.get("annotation")
        self.alias = options.get("alias")
        self.validation_alias = options.get("validation_alias")
        self.serialization_alias = options.get("serialization_alias")
        self.title = options.get("title")
        self.description = options.get("description")
        self.examples = options.get("examples")
        self.deprecated = options.get("deprecated")
        self.json_schema_extra = options.get("json_schema_extra")
        self.include_in_schema = options.get("include_in_schema", True)
        self.exclude = options.get("exclude")
        self.openapi_examples = options.get("openapi_examples")
        self.example = options.get("example")

    def is_required(self):
        return self.default in (PydanticUndefined, ...) and self.default_factory is None


class ModelPrivateAttr:
    def __init__(self, default=PydanticUndefined, default_factory=None):
        self.default, self.default_factory = default, default_factory


def Field(default=PydanticUndefined, **options):
    return FieldInfo(default, **options)


def PrivateAttr(default=PydanticUndefined, *, default_factory=None, init=False):
    return ModelPrivateAttr(default, default_factory)


class AliasPath:
    def __init__(self, *path):
        self.path = list(path)


class AliasChoices:
    def __init__(self, *choices):
        self.choices = list(choices)


class AliasGenerator:
    def __init__(self, alias=None, validation_alias=None, serialization_alias=None):
        self.alias, self.validation_alias, self.serialization_alias = alias, validation_alias, serialization_alias


class ComputedFieldInfo:
    pass


def computed_field(func=None, /, **options):
    def decorator(f):
        getter = getattr(f, "fget", f)
        getter._computed_field = options
        return f if isinstance(f, property) else cached_property(f)

    return decorator if func is None else decorator(func)
