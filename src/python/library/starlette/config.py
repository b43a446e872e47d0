"""https://www.starlette.dev/config/"""
from __arch__ import environment, unknown


class undefined:
    pass


class EnvironError(Exception):
    pass


class Environ(dict):
    pass


environ = Environ(environment())


class Config:
    def __init__(self, env_file=None, environ=environ, env_prefix="", encoding="utf-8"):
        self.environ, self.env_prefix = environ, env_prefix

    def __call__(self, key, cast=None, default=undefined):
        return self.get(key, cast, default)

    def get(self, key, cast=None, default=undefined):
        key = self.env_prefix + key
        if key in self.environ:
            value = self.environ[key]
        elif default is not undefined:
            value = default
        else:
            return unknown("config." + key)
        if cast is None or value is None:
            return value
        if cast is bool and isinstance(value, str):
            return value.lower() in ("true", "1")
        return cast(value)
