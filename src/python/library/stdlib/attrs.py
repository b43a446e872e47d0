"""https://www.attrs.org/en/stable/api.html"""
import dataclasses

NOTHING = ...


class Factory:
    def __init__(self, factory, takes_self=False):
        self.factory, self.takes_self = factory, takes_self


class _Attribute(dataclasses.Field):
    def default(self, method):
        self.default_factory = None
        self._default_method = method
        return method

    def validator(self, method):
        return method


def field(
    *, default=..., validator=None, repr=True, hash=None, init=True, metadata=None, type=None, converter=None, factory=None,
    kw_only=False, eq=None, order=None, on_setattr=None, alias=None, cmp=None,
):
    if isinstance(default, Factory):
        factory, default = default.factory, ...
    return dataclasses.Field(default, ... if factory is None else factory, init, repr, hash, True, metadata or {}, kw_only)


def define(maybe_cls=None, **options):
    def decorator(cls):
        return dataclasses.dataclass(cls, kw_only=options.get("kw_only", False))

    return decorator if maybe_cls is None else decorator(maybe_cls)


mutable = frozen = attrs = s = dataclass = define
attrib = ib = field


def asdict(inst, **options):
    return dataclasses.asdict(inst)


def evolve(inst, **changes):
    return dataclasses.replace(inst, **changes)


def fields(cls):
    return dataclasses.fields(cls)


def has(cls):
    return dataclasses.is_dataclass(cls)
