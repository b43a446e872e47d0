"""https://python-dependency-injector.ets-labs.org/wiring.html"""
from __arch__ import unknown
from __arch_transparent__ import transparent
from dependency_injector import providers


class Modifier:
    pass


class TypeModifier(Modifier):
    def __init__(self, type_):
        self.type_ = type_


def as_int():
    return TypeModifier(int)


def as_float():
    return TypeModifier(float)


def as_(type_):
    return TypeModifier(type_)


def required():
    return Modifier()


def invariant(id):
    return Modifier()


def provided():
    return Modifier()


class _Marker:
    def __init__(self, provider=None, modifier=None):
        self.provider, self.modifier = provider, modifier

    def __class_getitem__(cls, item):
        return cls(*item) if isinstance(item, tuple) else cls(item)

    def __call__(self):
        if isinstance(self.provider, providers.Provider):
            return self.provider()
        return unknown("dependency_injector." + str(self.provider))

    def __getattr__(self, name):
        return self


class Provide(_Marker):
    pass


class Provider(_Marker):
    def __call__(self):
        return self.provider


class Closing(_Marker):
    def __call__(self):
        inner = self.provider
        return inner() if isinstance(inner, _Marker) else super().__call__()


def inject(fn):
    return transparent(fn)


def wire(container=None, *, modules=None, packages=None, **options):
    return None


def unwire(*, modules=None, packages=None):
    return None


def register_loader_containers(*containers):
    return None
