//! Rate limits and caches: slowapi, fastapi-limiter, fastapi-cache.

use expect_test::expect;

use crate::architecture::fixture::check;

#[test]
fn slowapi_limits_of_decorators() {
    check(
        r#"
#- /main.py
from fastapi import FastAPI, Request
from slowapi import Limiter, _rate_limit_exceeded_handler
from slowapi.errors import RateLimitExceeded
from slowapi.util import get_remote_address

limiter = Limiter(key_func=get_remote_address, default_limits=["1000/day"])
app = FastAPI()
app.state.limiter = limiter
app.add_exception_handler(RateLimitExceeded, _rate_limit_exceeded_handler)

def premium() -> str:
    return "50/minute"

def by_key(key: str) -> str:
    return "1/minute" if key else "2/minute"

@app.get("/a")
@limiter.limit("5/minute")
async def a(request: Request, q: int):
    return {}

@app.post("/b")
@limiter.limit("1/second")
@limiter.limit("100/hour", override_defaults=False)
def b(request: Request): ...

@app.get("/c")
@limiter.limit(premium)
@limiter.limit(by_key)
def c(request: Request): ...

@app.get("/d")
@limiter.shared_limit("7/minute", scope="d")
def d(request: Request): ...

@app.get("/e")
def e(): ...

@limiter.limit("9/minute")
@app.get("/wrong-way-round")
def f(request: Request): ...
"#,
        expect![[r#"
            GET /a -> main:a; query q; limit 5/minute; 200; 422
            POST /b -> main:b; limit 1/second; limit 100/hour; limit 1000/day; 200
            GET /c -> main:c; limit 50/minute; limit decided by by_key; 200
            GET /d -> main:d; limit 7/minute; 200
            GET /e -> main:e; 200
            GET /wrong-way-round -> main:f; 200
        "#]],
    );
}

#[test]
fn slowapi_defaults_through_middleware() {
    check(
        r#"
#- /main.py
from fastapi import FastAPI, Request
from slowapi import Limiter
from slowapi.middleware import SlowAPIMiddleware
from slowapi.util import get_remote_address

limiter = Limiter(key_func=get_remote_address, default_limits=["10/minute"], application_limits=["99/hour"])
app = FastAPI()
app.state.limiter = limiter
app.add_middleware(SlowAPIMiddleware)

@app.get("/plain")
def plain(): ...

@app.get("/own")
@limiter.limit("5/minute")
def own(request: Request): ...

@app.get("/free")
@limiter.exempt
def free(): ...
"#,
        expect![[r#"
            middleware SlowAPIMiddleware
            GET /plain -> main:plain; limit 99/hour; limit 10/minute; 200
            GET /own -> main:own; limit 5/minute; 200
            GET /free -> main:free; 200
        "#]],
    );
}

#[test]
fn limiter_dependencies() {
    check(
        r#"
#- /main.py
from fastapi import Depends, FastAPI, WebSocket
from fastapi_limiter.depends import RateLimiter, WebSocketRateLimiter
from pyrate_limiter import Duration, Limiter, Rate

app = FastAPI()

@app.get("/a", dependencies=[Depends(RateLimiter(limiter=Limiter(Rate(2, Duration.SECOND * 5))))])
def a(): ...

@app.get("/b")
def b(limit=Depends(RateLimiter(Limiter([Rate(1, Duration.SECOND), Rate(30, Duration.HOUR)])))): ...

@app.websocket("/ws")
async def ws(websocket: WebSocket, limit=Depends(WebSocketRateLimiter(limiter=Limiter(Rate(1, 500))))): ...
"#,
        expect![[r#"
            GET /a -> main:a; needs RateLimiter; limit 2 per 5 s; 200
            GET /b -> main:b; needs RateLimiter; limit 1 per s, 30 per h; 200
            WEBSOCKET /ws -> main:ws; query context_key?; needs WebSocketRateLimiter
        "#]],
    );
}

#[test]
fn limiter_dependencies_before_0_2() {
    check(
        r#"
#- /main.py
from fastapi import APIRouter, Depends, FastAPI
from fastapi_limiter.depends import RateLimiter

app = FastAPI()
router = APIRouter(dependencies=[Depends(RateLimiter(times=10, minutes=1))])

@router.get("/a", dependencies=[Depends(RateLimiter(times=2, seconds=5)), Depends(RateLimiter(1, hours=1, minutes=30))])
def a(): ...

app.include_router(router)
"#,
        expect![[r#"
            GET /a -> main:a; needs RateLimiter, RateLimiter, RateLimiter; limit 10 per min; limit 2 per 5 s; limit 1 per 90 min; 200
        "#]],
    );
}

#[test]
fn cached_handlers_keep_their_signature() {
    check(
        r#"
#- /main.py
from fastapi import Depends, FastAPI, Request
from fastapi_cache import FastAPICache
from fastapi_cache.backends.inmemory import InMemoryBackend
from fastapi_cache.decorator import cache

app = FastAPI()

def user(token: str): ...

@app.get("/items/{id}")
@cache(expire=60)
async def read(id: int, q: str | None = None, user=Depends(user)) -> list[str]:
    """Reads one."""

@app.get("/other")
@cache()
def other(request: Request, limit: int = 5): ...

@app.on_event("startup")
async def start():
    FastAPICache.init(InMemoryBackend(), prefix="cache")
"#,
        expect![[r#"
            GET /items/{id} -> main:read; path id; query q?; query token; needs user; 200; 422
            GET /other -> main:other; query limit?; 200; 422
        "#]],
    );
}
