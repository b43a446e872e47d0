"""Everything below the API prefix."""

from fastapi import APIRouter

from app.api.routes import admin, assets, auth, experiments, scenes, users
from app.core.config import settings
from app.schemas.common import Problem

CLIENT_ERRORS = {
    429: {"model": Problem, "description": "Too many requests"},
}


def create_api_router() -> APIRouter:
    router = APIRouter(responses=CLIENT_ERRORS)
    for module in (auth, users, scenes, assets):
        router.include_router(module.router)
    router.include_router(admin.router, prefix="/admin")
    if settings.ENABLE_EXPERIMENTS:
        router.include_router(experiments.router, prefix="/experiments")
    return router
