"""Behind a flag: may change or go without notice."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.dependencies import ReadableScene, ThumbnailServiceDep
from app.core.limiter import limiter

router = APIRouter(tags=["experiments"])


@router.post("/scenes/{scene_id}/thumbnail", response_class=Response)
@limiter.limit("6/minute")
async def render_thumbnail(
    request: Request,
    scene: ReadableScene,
    service: ThumbnailServiceDep,
    width: Annotated[int, Query(ge=64, le=1024)] = 480,
    height: Annotated[int, Query(ge=64, le=1024)] = 270,
):
    """Draw a picture of a scene."""
    picture = await service.render(scene.id, width, height)
    return Response(picture, media_type="image/png")
