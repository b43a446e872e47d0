"""https://docs.python.org/3/library/collections.abc.html"""
from __arch__ import (
    AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, ByteString, Callable, Collection, Container, Coroutine,
    Generator, Hashable, ItemsView, Iterable, Iterator, KeysView, Reversible, Sized, ValuesView,
)


class Mapping:
    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def items(self):
        return [(key, self[key]) for key in self]

    def keys(self):
        return [key for key in self]

    def values(self):
        return [self[key] for key in self]


class MutableMapping(Mapping):
    def update(self, *args, **kwargs):
        for key, value in dict(*args, **kwargs).items():
            self[key] = value


class Sequence:
    pass


class MutableSequence(Sequence):
    pass


class Set:
    pass


class MutableSet(Set):
    pass


class Buffer:
    pass
