"""What happens before the first request and after the last one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from fastapi import FastAPI

from app.cache import redis_client
from app.core.logging import configure_logging
from app.db import engine
from app.realtime.hub import hub
from app.storage import storage

logger = structlog.get_logger(__name__)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    configure_logging()
    await redis_client.ping()
    await storage.ensure_bucket()
    listener = asyncio.create_task(hub.listen())
    logger.info("started", version=app.version)
    yield
    listener.cancel()
    with suppress(asyncio.CancelledError):
        await listener
    await hub.close()
    await redis_client.aclose()
    await engine.dispose()
    logger.info("stopped")
