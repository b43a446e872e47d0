"""What every repository can do."""

from typing import Generic, TypeVar
from uuid import UUID

from sqlmodel import SQLModel, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

ModelT = TypeVar("ModelT", bound=SQLModel)


class Repository(Generic[ModelT]):
    model: type[ModelT]

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def get(self, record_id: UUID) -> ModelT | None:
        return await self.session.get(self.model, record_id)

    async def save(self, record: ModelT) -> ModelT:
        self.session.add(record)
        await self.session.commit()
        return record

    async def delete(self, record: ModelT) -> None:
        await self.session.delete(record)
        await self.session.commit()

    async def count(self, *conditions) -> int:
        statement = select(func.count()).select_from(self.model).where(*conditions)
        return (await self.session.exec(statement)).one()
