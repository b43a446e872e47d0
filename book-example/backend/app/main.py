"""The application object."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles

from app import __version__
from app.api.routes import health, realtime
from app.api.router import create_api_router
from app.core.config import settings
from app.core.errors import register_exception_handlers
from app.core.limiter import limiter
from app.core.middleware import MetricsMiddleware, RequestIdMiddleware
from app.lifespan import lifespan

STATIC_FOLDER = Path(__file__).parent / "static"


def operation_id(route: APIRoute) -> str:
    """`scenes_list_scenes`: what the frontend's client functions are named after."""
    return f"{route.tags[0]}_{route.name}" if route.tags else route.name


def create_app() -> FastAPI:
    app = FastAPI(
        title="Orrery",
        version=__version__,
        summary="A shared viewer for 3D scenes",
        lifespan=lifespan,
        openapi_url=f"{settings.API_PREFIX}/openapi.json",
        docs_url=f"{settings.API_PREFIX}/docs",
        redoc_url=None,
        generate_unique_id_function=operation_id,
    )
    app.state.limiter = limiter

    # The last one added is the first to see a request.
    app.add_middleware(GZipMiddleware, minimum_size=1024)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.CORS_ORIGINS,
        allow_methods=["*"],
        allow_headers=["authorization", "content-type", "x-request-id"],
        expose_headers=["x-request-id"],
    )
    app.add_middleware(MetricsMiddleware)
    app.add_middleware(RequestIdMiddleware, header_name="x-request-id")

    register_exception_handlers(app)

    app.include_router(health.router)
    app.include_router(create_api_router(), prefix=settings.API_PREFIX)
    app.include_router(realtime.router)
    app.mount("/static", StaticFiles(directory=STATIC_FOLDER), name="static")
    return app


app = create_app()
