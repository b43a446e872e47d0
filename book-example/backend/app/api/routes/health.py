"""For load balancers and Prometheus: outside the API prefix, without sign-in."""

from fastapi import APIRouter, HTTPException, Response, status
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlmodel import select

from app.api.dependencies import CacheDep, SessionDep

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def ready(session: SessionDep, cache: CacheDep) -> dict[str, str]:
    """Database and cache answer too."""
    try:
        await session.exec(select(1))
        await cache.get("readiness")
    except OSError:
        raise HTTPException(status.HTTP_503_SERVICE_UNAVAILABLE, "a backing service is down")
    return {"status": "ok"}


@router.get("/metrics", include_in_schema=False)
async def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
