"""https://docs.python.org/3/library/dataclasses.html"""
from __arch__ import InitVar, dataclass as _make_dataclass, dataclass_fields

MISSING = ...


class KW_ONLY:
    pass


class FrozenInstanceError(AttributeError):
    pass


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default, self.default_factory = default, default_factory
        self.init, self.repr, self.hash, self.compare = init, repr, hash, compare
        self.metadata, self.kw_only = metadata, kw_only


def field(*, default=..., default_factory=..., init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=...):
    return Field(default, default_factory, init, repr, hash, compare, metadata or {}, kw_only)


def dataclass(cls=None, /, **options):
    def decorator(cls):
        _make_dataclass(cls, **options)
        return cls

    return decorator if cls is None else decorator(cls)


def fields(class_or_instance):
    result = []
    for name, annotation, default, factory, init, metadata, kw_only in dataclass_fields(class_or_instance) or ():
        item = Field(default, factory, init, True, None, True, metadata, kw_only)
        item.name, item.type = name, annotation
        result.append(item)
    return tuple(result)


def is_dataclass(obj):
    return dataclass_fields(obj) is not None


def asdict(obj, *, dict_factory=dict):
    return dict_factory((field.name, getattr(obj, field.name)) for field in fields(obj))


def astuple(obj):
    return tuple(getattr(obj, field.name) for field in fields(obj))


def replace(obj, /, **changes):
    values = {field.name: getattr(obj, field.name) for field in fields(obj)}
    return type(obj)(**{**values, **changes})


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    annotations, values = {}, dict(namespace or {})
    for item in fields:
        if isinstance(item, str):
            annotations[item] = object
            continue
        annotations[item[0]] = item[1]
        if len(item) > 2:
            values[item[0]] = item[2]
    return dataclass(type(cls_name, tuple(bases), {**values, "__annotations__": annotations}), **options)
