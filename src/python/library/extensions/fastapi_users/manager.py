"""https://fastapi-users.github.io/fastapi-users/latest/configuration/user-manager/"""
import uuid
from typing import Generic

from __arch__ import unknown
from fastapi_users import models


class FastAPIUsersException(Exception):
    pass


class InvalidID(FastAPIUsersException):
    pass


class UserAlreadyExists(FastAPIUsersException):
    pass


class UserNotExists(FastAPIUsersException):
    pass


class UserInactive(FastAPIUsersException):
    pass


class UserAlreadyVerified(FastAPIUsersException):
    pass


class InvalidVerifyToken(FastAPIUsersException):
    pass


class InvalidResetPasswordToken(FastAPIUsersException):
    pass


class InvalidPasswordException(FastAPIUsersException):
    def __init__(self, reason):
        self.reason = reason


class PasswordHelper:
    def __init__(self, password_hash=None):
        self.password_hash = password_hash

    def verify_and_update(self, plain_password, hashed_password):
        return unknown("fastapi_users.password.PasswordHelper.verify_and_update")

    def hash(self, password):
        return unknown("fastapi_users.password.PasswordHelper.hash")

    def generate(self):
        return unknown("fastapi_users.password.PasswordHelper.generate")


PasswordHelperProtocol = PasswordHelper


class BaseUserDatabase(Generic[models.UP, models.ID]):
    async def get(self, id):
        return unknown("fastapi_users.db.BaseUserDatabase.get")

    async def get_by_email(self, email):
        return unknown("fastapi_users.db.BaseUserDatabase.get_by_email")

    async def get_by_oauth_account(self, oauth, account_id):
        return unknown("fastapi_users.db.BaseUserDatabase.get_by_oauth_account")

    async def create(self, create_dict):
        return unknown("fastapi_users.db.BaseUserDatabase.create")

    async def update(self, user, update_dict):
        return unknown("fastapi_users.db.BaseUserDatabase.update")

    async def delete(self, user):
        return None

    async def add_oauth_account(self, user, create_dict):
        return user

    async def update_oauth_account(self, user, oauth_account, update_dict):
        return user


class BaseUserManager(Generic[models.UP, models.ID]):
    """What happens is told as far as it reaches the database adapter and the hooks that applications override."""

    reset_password_token_lifetime_seconds = 3600
    reset_password_token_audience = "fastapi-users:reset"
    verification_token_lifetime_seconds = 3600
    verification_token_audience = "fastapi-users:verify"

    def __init__(self, user_db, password_helper=None):
        self.user_db = user_db
        self.password_helper = password_helper or PasswordHelper()

    def parse_id(self, value):
        return value

    async def get(self, id):
        return await self.user_db.get(id)

    async def get_by_email(self, user_email):
        return await self.user_db.get_by_email(user_email)

    async def get_by_oauth_account(self, oauth, account_id):
        return await self.user_db.get_by_oauth_account(oauth, account_id)

    async def create(self, user_create, safe=False, request=None):
        await self.validate_password(user_create.password, user_create)
        await self.user_db.get_by_email(user_create.email)
        created = await self.user_db.create(user_create.create_update_dict())
        await self.on_after_register(created, request)
        return created

    async def oauth_callback(
        self, oauth_name, access_token, account_id, account_email, expires_at=None, refresh_token=None, request=None, *,
        associate_by_email=False, is_verified_by_default=False,
    ):
        user = await self.get_by_oauth_account(oauth_name, account_id)
        await self.on_after_register(user, request)
        return user

    async def oauth_associate_callback(
        self, user, oauth_name, access_token, account_id, account_email, expires_at=None, refresh_token=None, request=None
    ):
        user = await self.user_db.add_oauth_account(user, {"oauth_name": oauth_name, "account_id": account_id})
        await self.on_after_update(user, {}, request)
        return user

    async def request_verify(self, user, request=None):
        await self.on_after_request_verify(user, unknown("token"), request)

    async def verify(self, token, request=None):
        user = await self.get_by_email(unknown("email"))
        verified = await self._update(user, {"is_verified": True})
        await self.on_after_verify(verified, request)
        return verified

    async def forgot_password(self, user, request=None):
        await self.on_after_forgot_password(user, unknown("token"), request)

    async def reset_password(self, token, password, request=None):
        user = await self.get(unknown("user_id"))
        updated = await self._update(user, {"password": password})
        await self.on_after_reset_password(user, request)
        return updated

    async def update(self, user_update, user, safe=False, request=None):
        updated = await self._update(user, user_update.create_update_dict())
        await self.on_after_update(updated, {}, request)
        return updated

    async def delete(self, user, request=None):
        await self.on_before_delete(user, request)
        await self.user_db.delete(user)
        await self.on_after_delete(user, request)

    async def validate_password(self, password, user):
        return None

    async def on_after_register(self, user, request=None):
        return None

    async def on_after_update(self, user, update_dict, request=None):
        return None

    async def on_after_request_verify(self, user, token, request=None):
        return None

    async def on_after_verify(self, user, request=None):
        return None

    async def on_after_forgot_password(self, user, token, request=None):
        return None

    async def on_after_reset_password(self, user, request=None):
        return None

    async def on_after_login(self, user, request=None, response=None):
        return None

    async def on_before_delete(self, user, request=None):
        return None

    async def on_after_delete(self, user, request=None):
        return None

    async def authenticate(self, credentials):
        user = await self.get_by_email(credentials.username)
        self.password_helper.verify_and_update(credentials.password, user.hashed_password)
        return user

    async def _update(self, user, update_dict):
        return await self.user_db.update(user, update_dict)


class UUIDIDMixin:
    def parse_id(self, value):
        return uuid.UUID(value)


class IntegerIDMixin:
    def parse_id(self, value):
        return int(value)


UserManagerDependency = BaseUserManager
