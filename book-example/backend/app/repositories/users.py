"""Queries of accounts."""

from collections.abc import Sequence

from sqlmodel import col, select

from app.models import User
from app.repositories.base import Repository


class UserRepository(Repository[User]):
    model = User

    async def find_by_email(self, email: str) -> User | None:
        statement = select(User).where(User.email == email.lower())
        return (await self.session.exec(statement)).first()

    async def list(self, limit: int, offset: int) -> Sequence[User]:
        statement = select(User).order_by(col(User.created_at)).limit(limit).offset(offset)
        return (await self.session.exec(statement)).all()
