"""https://github.com/fastapi-users/fastapi-users-db-sqlalchemy"""
import uuid
from typing import Generic

from fastapi_users import models
from fastapi_users.authentication import AP, AccessTokenDatabase
from fastapi_users.manager import BaseUserDatabase
from sqlalchemy import delete, insert, select, update

UUID_ID = uuid.UUID


class GUID:
    pass


class TIMESTAMPAware:
    pass


class SQLAlchemyBaseUserTable(Generic[models.ID]):
    __tablename__ = "user"
    id: models.ID
    email: str
    hashed_password: str
    is_active: bool
    is_superuser: bool
    is_verified: bool


class SQLAlchemyBaseUserTableUUID(SQLAlchemyBaseUserTable[UUID_ID]):
    pass


class SQLAlchemyBaseOAuthAccountTable(Generic[models.ID]):
    __tablename__ = "oauth_account"
    id: models.ID
    oauth_name: str
    access_token: str
    account_id: str
    account_email: str


class SQLAlchemyBaseOAuthAccountTableUUID(SQLAlchemyBaseOAuthAccountTable[UUID_ID]):
    user_id: UUID_ID


class SQLAlchemyBaseAccessTokenTable(Generic[models.ID]):
    __tablename__ = "accesstoken"
    token: str
    user_id: models.ID


class SQLAlchemyBaseAccessTokenTableUUID(SQLAlchemyBaseAccessTokenTable[UUID_ID]):
    pass


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
