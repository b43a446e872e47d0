"""Scenes themselves."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, status
from fastapi.responses import RedirectResponse, StreamingResponse

from app.api.dependencies import (
    EditableScene,
    OwnedScene,
    PaginationDep,
    ReadableScene,
    SceneReader,
    SceneServiceDep,
    SceneWriter,
)
from app.core.limiter import limiter
from app.schemas.common import Page
from app.schemas.scene import SceneCreate, SceneRead, SceneSummary, SceneUpdate

router = APIRouter(prefix="/scenes", tags=["scenes"])


@router.get("", response_model=Page[SceneSummary])
async def list_scenes(
    user: SceneReader,
    page: PaginationDep,
    service: SceneServiceDep,
    search: Annotated[str | None, Query(max_length=120)] = None,
):
    """Scenes that one owns or was invited to, the latest change first."""
    scenes, total = await service.list_visible(user, search, page.limit, page.offset)
    return {"items": scenes, "total": total, "limit": page.limit, "offset": page.offset}


@router.get("/public", response_model=list[SceneSummary])
@limiter.limit("60/minute")
async def list_public_scenes(request: Request, service: SceneServiceDep):
    """The latest public scenes, for visitors. Up to half a minute old."""
    return await service.list_public()


@router.post("", response_model=SceneRead, status_code=status.HTTP_201_CREATED)
async def create_scene(data: SceneCreate, user: SceneWriter, service: SceneServiceDep):
    """Start an empty scene."""
    return await service.create(user, data)


@router.get("/{scene_id}", response_model=SceneRead)
async def read_scene(scene: ReadableScene, service: SceneServiceDep):
    """A scene with all its nodes."""
    return await service.read(scene)


@router.patch("/{scene_id}", response_model=SceneRead)
async def update_scene(data: SceneUpdate, scene: EditableScene, service: SceneServiceDep):
    """Change title, description or visibility, unless someone else did in between."""
    return await service.update(scene, data)


@router.delete("/{scene_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_scene(scene: OwnedScene, service: SceneServiceDep) -> None:
    """Delete a scene and its nodes. Assets stay."""
    await service.delete(scene)


@router.post(
    "/{scene_id}/duplicate", response_model=SceneRead, status_code=status.HTTP_201_CREATED
)
async def duplicate_scene(scene: ReadableScene, user: SceneWriter, service: SceneServiceDep):
    """Copy a scene into one's own account."""
    return await service.duplicate(scene, user)


@router.get("/{scene_id}/export", response_class=StreamingResponse)
@limiter.limit("10/minute")
async def export_scene(request: Request, scene: ReadableScene, service: SceneServiceDep):
    """The whole scene as newline-delimited JSON."""
    return StreamingResponse(
        service.export(scene),
        media_type="application/x-ndjson",
        headers={"content-disposition": f'attachment; filename="{scene.id}.ndjson"'},
    )


@router.get("/{scene_id}/download", response_class=RedirectResponse, deprecated=True)
async def download_scene(request: Request, scene: ReadableScene) -> str:
    """The former address of the export."""
    return str(request.url_for("export_scene", scene_id=scene.id))
