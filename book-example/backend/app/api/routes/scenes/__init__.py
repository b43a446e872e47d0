"""Scenes; nodes and members are nested below the scene that they belong to."""

from app.api.routes.scenes import members, nodes
from app.api.routes.scenes.scenes import router

router.include_router(nodes.router, prefix="/{scene_id}/nodes")
router.include_router(members.router, prefix="/{scene_id}/members")

__all__ = ["router"]
