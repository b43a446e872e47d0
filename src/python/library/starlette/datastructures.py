"""https://www.starlette.dev/requests/"""
from __arch__ import unknown


class URL(str):
    pass


class URLPath(str):
    pass


class Secret:
    def __init__(self, value):
        self._value = value

    def __str__(self):
        return self._value


class CommaSeparatedStrings(list):
    pass


class Address(tuple):
    pass


class ImmutableMultiDict:
    pass


class MultiDict(ImmutableMultiDict):
    pass


class QueryParams(ImmutableMultiDict):
    pass


class FormData(ImmutableMultiDict):
    pass


class Headers:
    pass


class MutableHeaders(Headers):
    pass


class UploadFile:
    pass


class State:
    def __getattr__(self, name):
        return unknown("state." + name)
