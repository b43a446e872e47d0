"""Uploaded models and textures."""

from uuid import UUID

from fastapi import APIRouter, Request, Security, UploadFile, status
from fastapi.responses import StreamingResponse

from app.api.dependencies import (
    AssetServiceDep,
    AssetWriter,
    PaginationDep,
    SceneReader,
    get_current_user,
)
from app.core.config import settings
from app.core.limiter import limiter
from app.schemas.asset import AssetRead
from app.schemas.common import Page, Problem

router = APIRouter(
    prefix="/assets",
    tags=["assets"],
    dependencies=[Security(get_current_user, scopes=["scenes:read"])],
)


@router.get("", response_model=Page[AssetRead])
async def list_assets(user: SceneReader, page: PaginationDep, service: AssetServiceDep):
    """One's own uploads, the latest first."""
    assets, total = await service.list(user, page.limit, page.offset)
    return {"items": assets, "total": total, "limit": page.limit, "offset": page.offset}


@router.post(
    "",
    response_model=AssetRead,
    status_code=status.HTTP_201_CREATED,
    responses={
        413: {"model": Problem, "description": "File too large"},
        415: {"model": Problem, "description": "Neither a model nor a texture"},
    },
)
@limiter.limit(settings.RATE_LIMIT_UPLOAD)
async def upload_asset(
    request: Request, file: UploadFile, user: AssetWriter, service: AssetServiceDep
):
    """Store a glTF model or a texture."""
    return await service.upload(
        user,
        file.filename or "unnamed",
        file.content_type or "application/octet-stream",
        file.size or 0,
        file.file,
    )


@router.get("/{asset_id}", response_model=AssetRead)
async def read_asset(asset_id: UUID, service: AssetServiceDep):
    """What is known of an upload."""
    return await service.get(asset_id)


@router.get("/{asset_id}/content", response_class=StreamingResponse)
async def download_asset(asset_id: UUID, service: AssetServiceDep):
    """The bytes of an upload, as a stream."""
    asset = await service.get(asset_id)
    return StreamingResponse(
        service.content(asset),
        media_type=asset.media_type,
        headers={"content-length": str(asset.size), "cache-control": "private, max-age=86400"},
    )


@router.delete("/{asset_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_asset(asset_id: UUID, user: AssetWriter, service: AssetServiceDep) -> None:
    """Delete an upload, row and bytes."""
    await service.delete(user, asset_id)
