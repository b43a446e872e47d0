"""https://github.com/HBNetwork/python-decouple"""
from __arch__ import environment, is_expected, unknown


class UndefinedValueError(Exception):
    pass


class Undefined:
    pass


undefined = Undefined()
text_type = str


class RepositoryEmpty:
    def __init__(self, source="", encoding="utf-8"):
        self.data = {}


RepositoryIni = RepositoryEnv = RepositorySecret = RepositoryEmpty


def _boolean(value):
    if not isinstance(value, str):
        return bool(value)
    return value.lower() in ("y", "yes", "t", "true", "on", "1")


class Config:
    def __init__(self, repository=None):
        self.repository = repository

    def get(self, option, default=undefined, cast=undefined):
        values = environment()
        if option in values:
            value = values[option]
        elif isinstance(default, Undefined):
            if is_expected("UndefinedValueError"):
                raise UndefinedValueError(option + " not found. Declare it as envvar or define a default value.")
            return unknown("config." + option)
        else:
            value = default
        if isinstance(cast, Undefined):
            return value
        return _boolean(value) if cast is bool else cast(value)

    def __call__(self, *args, **kwargs):
        return self.get(*args, **kwargs)


class AutoConfig(Config):
    def __init__(self, search_path=None):
        super().__init__()


config = AutoConfig()


class Csv:
    def __init__(self, cast=str, delimiter=",", strip=" ", post_process=list):
        self.cast, self.delimiter, self.strip, self.post_process = cast, delimiter, strip, post_process

    def __call__(self, value):
        parts = [] if value is None else value.split(self.delimiter)
        return self.post_process([self.cast(part.strip()) for part in parts if part.strip()])


class Choices:
    def __init__(self, flat=None, cast=str, choices=None):
        self.flat, self.cast = flat or [], cast

    def __call__(self, value):
        return self.cast(value)
