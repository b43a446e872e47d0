"""Assets: rows in the database, bytes in object storage."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID, uuid4

from fastapi import UploadFile

from app.core.config import settings
from app.core.errors import ConflictError, NotFoundError, TooLargeError
from app.core.metrics import UPLOADED_BYTES
from app.models import Asset, User
from app.repositories.assets import AssetRepository
from app.storage import Storage

MEDIA_TYPES = {"model/gltf-binary", "model/gltf+json", "image/png", "image/jpeg", "image/ktx2"}


class AssetService:
    def __init__(self, assets: AssetRepository, storage: Storage) -> None:
        self.assets = assets
        self.storage = storage

    async def list(self, user: User, limit: int, offset: int) -> tuple[Sequence[Asset], int]:
        return await self.assets.list(user.id, limit, offset)

    async def get(self, asset_id: UUID) -> Asset:
        asset = await self.assets.get(asset_id)
        if asset is None:
            raise NotFoundError("no such asset")
        return asset

    async def upload(self, user: User, file: UploadFile) -> Asset:
        if file.content_type not in MEDIA_TYPES:
            raise ConflictError(f"cannot show files of type {file.content_type}")
        if file.size is None or file.size > settings.MAX_UPLOAD_BYTES:
            raise TooLargeError(f"the limit is {settings.MAX_UPLOAD_BYTES} bytes")
        key = f"{user.id}/{uuid4().hex}"
        await self.storage.put(key, file.file, file.content_type)
        UPLOADED_BYTES.inc(file.size)
        asset = Asset(
            owner_id=user.id,
            filename=file.filename or "unnamed",
            media_type=file.content_type,
            size=file.size,
            storage_key=key,
        )
        return await self.assets.save(asset)

    def content(self, asset: Asset) -> AsyncIterator[bytes]:
        return self.storage.stream(asset.storage_key)

    async def delete(self, user: User, asset_id: UUID) -> None:
        asset = await self.get(asset_id)
        if asset.owner_id != user.id:
            raise NotFoundError("no such asset")
        await self.storage.delete(asset.storage_key)
        await self.assets.delete(asset)
