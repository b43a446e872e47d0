"""https://github.com/long2ice/fastapi-cache"""
from functools import wraps
from inspect import Signature, signature

from __arch__ import unknown


class Backend:
    def __init__(self, *args, **kwargs):
        pass


class InMemoryBackend(Backend):
    pass


class RedisBackend(Backend):
    def __init__(self, redis=None):
        self.redis = redis


class MemcachedBackend(Backend):
    pass


class DynamoBackend(Backend):
    pass


class Coder:
    pass


class JsonCoder(Coder):
    pass


class ORJsonCoder(Coder):
    pass


class PickleCoder(Coder):
    pass


def default_key_builder(func, namespace="", *, request=None, response=None, args=(), kwargs=None):
    return unknown("fastapi_cache.default_key_builder")


class FastAPICache:
    _backend = None
    _prefix = None
    _expire = None

    @classmethod
    def init(
        cls, backend, prefix="", expire=None, coder=JsonCoder, key_builder=default_key_builder,
        cache_status_header="X-FastAPI-Cache", enable=True,
    ):
        cls._backend, cls._prefix, cls._expire = backend, prefix, expire

    @classmethod
    def reset(cls):
        cls._backend = cls._prefix = cls._expire = None

    @classmethod
    def get_backend(cls):
        return cls._backend

    @classmethod
    def get_prefix(cls):
        return cls._prefix

    @classmethod
    def get_expire(cls):
        return cls._expire

    @classmethod
    def get_coder(cls):
        return JsonCoder

    @classmethod
    async def clear(cls, namespace=None, key=None):
        return unknown("fastapi_cache.FastAPICache.clear()")


def cache(expire=None, coder=None, key_builder=None, namespace="", injected_dependency_namespace="__fastapi_cache"):
    def decorator(func):
        # The parameters that it adds are of the types `Request` and `Response`, which no document shows.
        @wraps(func)
        async def inner(*args, **kwargs):
            return await func(*args, **kwargs)

        # What the function returns is not part of the signature that it makes.
        inner.__signature__ = Signature(list(signature(func).parameters.values()))
        return inner

    return decorator
