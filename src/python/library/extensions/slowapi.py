"""https://slowapi.readthedocs.io/en/latest/"""
from __arch__ import environment, is_coroutine, is_unknown, location, parameters
from __arch_transparent__ import transparent
from starlette.exceptions import HTTPException
from starlette.middleware.base import BaseHTTPMiddleware


def get_remote_address(request):
    return "127.0.0.1"


def get_ipaddr(request):
    return "127.0.0.1"


def _words(limit):
    """A limit is text, or a function that gives it, with or without the key of the request."""
    if isinstance(limit, str) or not callable(limit):
        return limit
    if parameters(limit) == []:
        return limit()
    return "decided by " + getattr(limit, "__name__", "a function")


class RateLimitExceeded(HTTPException):
    def __init__(self, limit=None):
        super().__init__(429, "rate limit exceeded")
        self.limit = limit


def _rate_limit_exceeded_handler(request, exc):
    from starlette.responses import JSONResponse

    return JSONResponse({"error": "Rate limit exceeded"}, status_code=429)


class Limiter:
    def __init__(
        self, key_func=None, default_limits=(), application_limits=(), headers_enabled=False, strategy=None,
        storage_uri=None, storage_options=None, auto_check=True, swallow_errors=False, in_memory_fallback=(),
        in_memory_fallback_enabled=False, retry_after=None, key_prefix="", enabled=True, config_filename=None,
        key_style="url",
    ):
        self.enabled = enabled
        self._key_func = key_func
        place = location()
        configured = environment()
        defaults = default_limits or configured.get("RATELIMIT_DEFAULT", "").split(";")
        overall = application_limits or configured.get("RATELIMIT_APPLICATION", "").split(";")
        self._default_limits = [(_words(limit), place) for limit in defaults if limit]
        self._application_limits = [(_words(limit), place) for limit in overall if limit]

    def _is_off(self):
        return self.enabled is False

    def _decorator(self, limit_value, override_defaults):
        place = location()

        def decorator(func):
            limited = transparent(func)
            if self._is_off():
                return limited
            known = getattr(func, "_rate_limits", [])
            added = [(_words(limit_value), place)]
            if not override_defaults:
                added = added + [entry for entry in self._default_limits if entry not in known]
            # Decorators are applied from the inside; the outermost is read first.
            limited._rate_limits = [*added, *known]
            limited._limited_by_text = isinstance(limit_value, str) or is_unknown(limit_value)
            return limited

        return decorator

    def limit(
        self, limit_value, key_func=None, per_method=False, methods=None, error_message=None, exempt_when=None, cost=1,
        override_defaults=True,
    ):
        return self._decorator(limit_value, override_defaults)

    def shared_limit(
        self, limit_value, scope, key_func=None, error_message=None, exempt_when=None, cost=1, override_defaults=True
    ):
        return self._decorator(limit_value, override_defaults)

    def exempt(self, obj):
        free = transparent(obj)
        free._rate_limits_off = True
        return free

    def reset(self):
        return None

    def _in_middleware(self, handler):
        if self._is_off():
            return []
        marked = getattr(handler, "_rate_limits", None)
        if marked is None:
            return [*self._application_limits, *self._default_limits]
        # A handler whose limit is plain text is left to its decorator, one whose limit is computed is not.
        if getattr(handler, "_limited_by_text", True):
            return []
        return self._application_limits


class SlowAPIMiddleware(BaseHTTPMiddleware):
    @staticmethod
    def _rate_limits_of(app, handler):
        limiter = getattr(app.state, "limiter", None)
        return limiter._in_middleware(handler) if isinstance(limiter, Limiter) else []


class SlowAPIASGIMiddleware(SlowAPIMiddleware):
    pass
