"""https://github.com/sloria/environs"""
import json as _json

from __arch__ import environment, is_expected, unknown
from datetime import timedelta as _timedelta
from decimal import Decimal as _Decimal
from pathlib import Path as _Path
from uuid import UUID as _UUID


class EnvError(ValueError):
    pass


EnvValidationError = ParserConflictError = EnvSealedError = EnvError


class _Missing:
    pass


def _boolean(value):
    if not isinstance(value, str):
        return bool(value)
    return value.lower() in ("t", "true", "y", "yes", "on", "1")


class Env:
    def __init__(self, *, eager=True, expand_vars=False, prefix=None, **options):
        self._prefix = prefix or ""

    @staticmethod
    def read_env(path=None, **options):
        return True

    def seal(self):
        return None

    def dump(self):
        return {}

    def prefixed(self, prefix):
        return _Prefixed(self, prefix)

    def _read(self, name, default, cast, convert_default=True):
        key = self._prefix + name
        values = environment()
        if key in values:
            return cast(values[key])
        if default is _Missing:
            if is_expected("EnvError"):
                raise EnvError('Environment variable "' + key + '" not set')
            return unknown("env." + key)
        return default if default is None or not isinstance(default, str) else cast(default)

    def __call__(self, name, default=_Missing, **options):
        return self._read(name, default, lambda value: value)

    def str(self, name, default=_Missing, **options):
        return self._read(name, default, lambda value: value)

    def int(self, name, default=_Missing, **options):
        return self._read(name, default, lambda value: int(value))

    def float(self, name, default=_Missing, **options):
        return self._read(name, default, lambda value: float(value))

    def bool(self, name, default=_Missing, **options):
        return self._read(name, default, _boolean)

    def decimal(self, name, default=_Missing, **options):
        return self._read(name, default, _Decimal)

    def json(self, name, default=_Missing, **options):
        return self._read(name, default, _json.loads)

    def uuid(self, name, default=_Missing, **options):
        return self._read(name, default, _UUID)

    def path(self, name, default=_Missing, **options):
        return self._read(name, default, _Path)

    def timedelta(self, name, default=_Missing, **options):
        return self._read(name, default, lambda value: _timedelta(seconds=int(value)))

    def list(self, name, default=_Missing, subcast=None, delimiter=",", **options):
        def cast(value):
            parts = [part.strip() for part in value.split(delimiter)] if value else []
            return [part if subcast is None else subcast(part) for part in parts]

        return self._read(name, default, cast)

    def dict(self, name, default=_Missing, subcast_values=None, delimiter=",", key_value_delimiter="=", **options):
        def cast(value):
            pairs = [part.partition(key_value_delimiter) for part in value.split(delimiter)] if value else []
            return {key.strip(): item.strip() for key, _, item in pairs}

        return self._read(name, default, cast)

    def enum(self, name, default=_Missing, type=None, enum=None, by_value=False, **options):
        kind = type or enum
        if not isinstance(default, str) and default is not _Missing and self._prefix + name not in environment():
            return default
        return self._read(name, default, lambda value: kind(value) if by_value else kind[value])

    def log_level(self, name, default=_Missing, **options):
        return self._read(name, default, lambda value: value)

    url = date = datetime = time = log_level

    def add_parser(self, name, func):
        setattr(self, name, lambda key, default=_Missing, **options: self._read(key, default, func))

    def parser_for(self, name):
        def decorator(func):
            self.add_parser(name, func)
            return func

        return decorator


FileAwareEnv = Env


class _Prefixed:
    def __init__(self, env, prefix):
        self._env, self._own, self._outer = env, prefix, env._prefix

    def __enter__(self):
        self._env._prefix = self._outer + self._own
        return self._env

    def __exit__(self, *args):
        self._env._prefix = self._outer


env = Env()
