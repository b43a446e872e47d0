"""https://docs.pydantic.dev/latest/api/dataclasses/"""
from __arch__ import dataclass as _make_dataclass


def dataclass(_cls=None, /, *, config=None, **options):
    def decorator(cls):
        _make_dataclass(cls, **options)
        cls.__pydantic_config__ = {} if config is None else config
        return cls

    return decorator if _cls is None else decorator(_cls)


def is_pydantic_dataclass(class_):
    return hasattr(class_, "__pydantic_config__")


def rebuild_dataclass(cls, **options):
    return None
