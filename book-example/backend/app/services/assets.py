"""Assets: rows in the database, bytes in object storage."""

from collections.abc import AsyncIterator, Sequence
from typing import BinaryIO
from uuid import UUID, uuid4

from app.core.config import settings
from app.core.errors import NotFoundError, TooLargeError, UnsupportedTypeError
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

    async def upload(
        self, user: User, filename: str, media_type: str, size: int, body: BinaryIO
    ) -> Asset:
        if media_type not in MEDIA_TYPES:
            raise UnsupportedTypeError(f"cannot show files of type {media_type}")
        if size > settings.MAX_UPLOAD_BYTES:
            raise TooLargeError(f"the limit is {settings.MAX_UPLOAD_BYTES} bytes")
        key = f"{user.id}/{uuid4().hex}"
        await self.storage.put(key, body, media_type)
        UPLOADED_BYTES.inc(size)
        asset = Asset(
            owner_id=user.id,
            filename=filename,
            media_type=media_type,
            size=size,
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
