"""https://pyyaml.org/wiki/PyYAMLDocumentation

Plain documents are read; tags that construct objects are not.
"""
from __arch__ import parse_yaml, unknown


class YAMLError(Exception):
    pass


class MarkedYAMLError(YAMLError):
    pass


class _Loader:
    def __init__(self, stream=None):
        self.stream = stream

    @classmethod
    def add_constructor(cls, tag, constructor):
        return None

    @classmethod
    def add_implicit_resolver(cls, tag, regexp, first=None):
        return None


class BaseLoader(_Loader):
    pass


class SafeLoader(_Loader):
    pass


class FullLoader(_Loader):
    pass


class Loader(_Loader):
    pass


class UnsafeLoader(_Loader):
    pass


class CSafeLoader(_Loader):
    pass


class CFullLoader(_Loader):
    pass


class CLoader(_Loader):
    pass


class _Dumper:
    @classmethod
    def add_representer(cls, data_type, representer):
        return None


class SafeDumper(_Dumper):
    pass


class Dumper(_Dumper):
    pass


class CSafeDumper(_Dumper):
    pass


class CDumper(_Dumper):
    pass


def load(stream, Loader=None):
    text = stream.read() if hasattr(stream, "read") else stream
    if isinstance(text, bytes):
        text = text.decode()
    return parse_yaml(text) if isinstance(text, str) else unknown("yaml.load")


def safe_load(stream):
    return load(stream)


def full_load(stream):
    return load(stream)


def unsafe_load(stream):
    return load(stream)


def dump(data, stream=None, Dumper=None, **options):
    return unknown("yaml.dump") if stream is None else None


def safe_dump(data, stream=None, **options):
    return dump(data, stream)


def add_representer(data_type, representer, Dumper=None):
    return None


def add_constructor(tag, constructor, Loader=None):
    return None
