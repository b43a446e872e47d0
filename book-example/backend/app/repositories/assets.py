"""Queries of assets."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, func, select

from app.models import Asset
from app.repositories.base import Repository


class AssetRepository(Repository[Asset]):
    model = Asset

    async def list(self, owner_id: UUID, limit: int, offset: int) -> tuple[Sequence[Asset], int]:
        condition = Asset.owner_id == owner_id
        statement = (
            select(Asset)
            .where(condition)
            .order_by(col(Asset.created_at).desc())
            .limit(limit)
            .offset(offset)
        )
        assets = (await self.session.exec(statement)).all()
        return assets, await self.count(condition)

    async def stored_bytes(self) -> int:
        statement = select(func.coalesce(func.sum(Asset.size), 0))
        return (await self.session.exec(statement)).one()
