"""https://injector.readthedocs.io/en/latest/"""
from __arch__ import abstract
from typing import Annotated


class Module:
    def configure(self, binder):
        return None


class Binder:
    def bind(self, interface, to=None, scope=None):
        return None

    def multibind(self, interface, to=None, scope=None):
        return None

    def install(self, module):
        return None


class Injector:
    def __init__(self, modules=None, auto_bind=True, parent=None):
        self.binder = Binder()

    def get(self, interface, scope=None):
        return abstract(interface)

    def create_object(self, cls, additional_kwargs=None):
        return abstract(cls)

    def call_with_injection(self, callable, self_=None, args=(), kwargs=None):
        return callable(*args, **(kwargs or {}))


class InstanceProvider:
    def __init__(self, instance):
        self.instance = instance


class Inject:
    def __class_getitem__(cls, item):
        return Annotated[item, "inject"]


class NoInject(Inject):
    pass


class Scope:
    pass


class SingletonScope(Scope):
    pass


def inject(constructor_or_class):
    return constructor_or_class


provider = multiprovider = singleton = threadlocal = noscope = inject
