"""https://github.com/fastapi-users/fastapi-users-db-sqlalchemy"""
import datetime
import uuid
from typing import Generic, Optional

from fastapi_users import models
from fastapi_users.authentication import AP, AccessTokenDatabase
from fastapi_users.manager import BaseUserDatabase
from sqlalchemy import CHAR, TIMESTAMP, Boolean, ForeignKey, Integer, String, TypeDecorator, delete, insert, select, update
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

UUID_ID = uuid.UUID


class GUID(TypeDecorator):
    impl = CHAR


class TIMESTAMPAware(TypeDecorator):
    impl = TIMESTAMP


class SQLAlchemyBaseUserTable(Generic[models.ID]):
    __tablename__ = "user"
    id: models.ID
    email: Mapped[str] = mapped_column(String(length=320), unique=True, index=True, nullable=False)
    hashed_password: Mapped[str] = mapped_column(String(length=1024), nullable=False)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True, nullable=False)
    is_superuser: Mapped[bool] = mapped_column(Boolean, default=False, nullable=False)
    is_verified: Mapped[bool] = mapped_column(Boolean, default=False, nullable=False)


class SQLAlchemyBaseUserTableUUID(SQLAlchemyBaseUserTable[UUID_ID]):
    id: Mapped[UUID_ID] = mapped_column(GUID, primary_key=True, default=uuid.uuid4)


class SQLAlchemyBaseOAuthAccountTable(Generic[models.ID]):
    __tablename__ = "oauth_account"
    id: models.ID
    oauth_name: Mapped[str] = mapped_column(String(length=100), index=True, nullable=False)
    access_token: Mapped[str] = mapped_column(String(length=1024), nullable=False)
    expires_at: Mapped[Optional[int]] = mapped_column(Integer, nullable=True)
    refresh_token: Mapped[Optional[str]] = mapped_column(String(length=1024), nullable=True)
    account_id: Mapped[str] = mapped_column(String(length=320), index=True, nullable=False)
    account_email: Mapped[str] = mapped_column(String(length=320), nullable=False)


class SQLAlchemyBaseOAuthAccountTableUUID(SQLAlchemyBaseOAuthAccountTable[UUID_ID]):
    id: Mapped[UUID_ID] = mapped_column(GUID, primary_key=True, default=uuid.uuid4)

    @declared_attr
    def user_id(cls) -> Mapped[UUID_ID]:
        return mapped_column(GUID, ForeignKey("user.id", ondelete="cascade"), nullable=False)


class SQLAlchemyBaseAccessTokenTable(Generic[models.ID]):
    __tablename__ = "accesstoken"
    token: Mapped[str] = mapped_column(String(length=43), primary_key=True)
    created_at: Mapped[datetime.datetime] = mapped_column(
        TIMESTAMPAware(timezone=True), index=True, nullable=False, default=datetime.datetime.now
    )


class SQLAlchemyBaseAccessTokenTableUUID(SQLAlchemyBaseAccessTokenTable[UUID_ID]):
    @declared_attr
    def user_id(cls) -> Mapped[UUID_ID]:
        return mapped_column(GUID, ForeignKey("user.id", ondelete="cascade"), nullable=False)


class SQLAlchemyUserDatabase(BaseUserDatabase[models.UP, models.ID]):
    def __init__(self, session, user_table, oauth_account_table=None):
        self.session, self.user_table, self.oauth_account_table = session, user_table, oauth_account_table

    async def get(self, id):
        return await self.session.execute(select(self.user_table))

    async def get_by_email(self, email):
        return await self.session.execute(select(self.user_table))

    async def get_by_oauth_account(self, oauth, account_id):
        return await self.session.execute(select(self.user_table))

    async def create(self, create_dict):
        self.session.add(self.user_table)
        await self.session.commit()

    async def update(self, user, update_dict):
        self.session.add(user)
        await self.session.commit()

    async def delete(self, user):
        await self.session.delete(user)
        await self.session.commit()


class SQLAlchemyAccessTokenDatabase(AccessTokenDatabase[AP]):
    def __init__(self, session, access_token_table):
        self.session, self.access_token_table = session, access_token_table

    async def get_by_token(self, token, max_age=None):
        return await self.session.execute(select(self.access_token_table))

    async def create(self, create_dict):
        self.session.add(self.access_token_table)
        await self.session.commit()

    async def update(self, access_token, update_dict):
        self.session.add(access_token)
        await self.session.commit()

    async def delete(self, access_token):
        await self.session.delete(access_token)
        await self.session.commit()
