"""https://punq.readthedocs.io/en/latest/"""
from enum import Enum

from __arch__ import abstract


class Scope(Enum):
    transient = 0
    singleton = 1


class MissingDependencyError(Exception):
    pass


class Container:
    def __init__(self):
        self._registered = {}

    def register(self, service, factory=None, instance=None, scope=Scope.transient, **options):
        self._registered[service] = (factory, instance)

    def resolve(self, service_key, **options):
        factory, instance = self._registered.get(service_key, (None, None))
        if instance is not None:
            return instance
        return abstract(factory if isinstance(factory, type) else service_key)

    def resolve_all(self, service, **options):
        return [self.resolve(service)]

    instantiate = resolve
