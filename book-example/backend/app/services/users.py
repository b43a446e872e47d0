"""Accounts."""

from collections.abc import Sequence
from uuid import UUID

from starlette.concurrency import run_in_threadpool

from app.core.errors import ConflictError, ForbiddenError, NotFoundError
from app.core.security import hash_password, verify_password
from app.models import User
from app.repositories.users import UserRepository
from app.schemas.user import PasswordChange, UserCreate, UserUpdate


class UserService:
    def __init__(self, users: UserRepository) -> None:
        self.users = users

    async def register(self, data: UserCreate) -> User:
        if await self.users.find_by_email(data.email):
            raise ConflictError("this address has an account")
        password_hash = await run_in_threadpool(hash_password, data.password.get_secret_value())
        user = User(
            email=data.email.lower(),
            display_name=data.display_name,
            password_hash=password_hash,
        )
        return await self.users.save(user)

    async def get(self, user_id: UUID) -> User:
        user = await self.users.get(user_id)
        if user is None:
            raise NotFoundError("no such user")
        return user

    async def list(self, limit: int, offset: int) -> tuple[Sequence[User], int]:
        return await self.users.list(limit, offset), await self.users.count()

    async def update(self, user: User, data: UserUpdate) -> User:
        user.display_name = data.display_name
        return await self.users.save(user)

    async def change_password(self, user: User, data: PasswordChange) -> None:
        current = data.current_password.get_secret_value()
        if not await run_in_threadpool(verify_password, current, user.password_hash):
            raise ForbiddenError("the current password is wrong")
        user.password_hash = await run_in_threadpool(
            hash_password, data.new_password.get_secret_value()
        )
        await self.users.save(user)

    async def deactivate(self, user_id: UUID, actor: User) -> User:
        if user_id == actor.id:
            raise ConflictError("administrators cannot close their own account")
        user = await self.get(user_id)
        user.is_active = False
        return await self.users.save(user)
