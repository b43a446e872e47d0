"""https://github.com/long2ice/fastapi-limiter"""
from __arch__ import location
from __arch_transparent__ import transparent
from starlette.requests import Request, WebSocket
from starlette.responses import Response

_UNITS = [(86400000, "d"), (3600000, "h"), (60000, "min"), (1000, "s"), (1, "ms")]


def _every(milliseconds):
    for size, unit in _UNITS:
        if milliseconds % size == 0:
            count = milliseconds // size
            return unit if count == 1 else f"{count} {unit}"
    return f"{milliseconds} ms"


class FastAPILimiter:
    redis = None
    prefix = None
    identifier = None
    http_callback = None
    ws_callback = None

    @classmethod
    async def init(cls, redis, prefix="fastapi-limiter", identifier=None, http_callback=None, ws_callback=None, **options):
        cls.redis, cls.prefix = redis, prefix

    @classmethod
    async def close(cls):
        return None


async def default_identifier(request):
    return request.client.host


def default_callback(*args):
    from fastapi.exceptions import HTTPException

    raise HTTPException(429, "Too Many Requests")


class _BaseRateLimiter:
    """Until 0.1 the limit is given by `times` and a duration, since 0.2 by a limiter of `pyrate_limiter`."""

    def __init__(
        self, times=1, milliseconds=0, seconds=0, minutes=0, hours=0, identifier=None, callback=None, *, limiter=None,
        blocking=False,
    ):
        limiter = times if hasattr(times, "rates") else limiter
        self.identifier, self.callback, self.limiter = identifier, callback, limiter
        if limiter is None:
            self.times = times
            self.milliseconds = milliseconds + 1000 * seconds + 60000 * minutes + 3600000 * hours
            limit = f"{times} per {_every(self.milliseconds)}"
        else:
            rates = getattr(limiter, "rates", [])
            limit = ", ".join([f"{rate.limit} per {_every(int(rate.interval))}" for rate in rates])
        self._rate_limit = (limit, location())


class RateLimiter(_BaseRateLimiter):
    async def __call__(self, request: Request, response: Response):
        return None


class WebSocketRateLimiter(_BaseRateLimiter):
    async def __call__(self, ws: WebSocket, context_key=""):
        return None


class RateLimiterMiddleware:
    def __init__(self, app=None, limiter=None, **options):
        self.app = app


def skip_limiter(func):
    free = transparent(func)
    free._rate_limits_off = True
    return free
