"""Signing in, staying signed in, signing out."""

from starlette.concurrency import run_in_threadpool

from app.cache import RefreshTokenStore
from app.core.config import settings
from app.core.security import (
    USER_SCOPES,
    InvalidToken,
    create_token,
    read_token,
    verify_password,
)
from app.models import User
from app.repositories.users import UserRepository
from app.schemas.auth import TokenPair


class InvalidCredentials(Exception):
    """Wrong address, wrong password, closed account or spent token: the caller is not told which."""


class AuthService:
    def __init__(self, users: UserRepository, refresh_tokens: RefreshTokenStore) -> None:
        self.users = users
        self.refresh_tokens = refresh_tokens

    async def login(self, email: str, password: str, scopes: list[str]) -> TokenPair:
        user = await self.users.find_by_email(email)
        if user is None or not user.is_active:
            raise InvalidCredentials
        if not await run_in_threadpool(verify_password, password, user.password_hash):
            raise InvalidCredentials
        return await self.issue(user, scopes)

    async def refresh(self, refresh_token: str) -> TokenPair:
        try:
            claims = read_token(refresh_token, "refresh")
        except InvalidToken as error:
            raise InvalidCredentials from error
        if not await self.refresh_tokens.take(claims.token_id):
            raise InvalidCredentials
        user = await self.users.get(claims.user_id)
        if user is None or not user.is_active:
            raise InvalidCredentials
        return await self.issue(user, claims.scopes)

    async def logout(self, refresh_token: str) -> None:
        try:
            claims = read_token(refresh_token, "refresh")
        except InvalidToken:
            return
        await self.refresh_tokens.take(claims.token_id)

    async def issue(self, user: User, requested: list[str]) -> TokenPair:
        allowed = [*USER_SCOPES, "admin"] if user.is_admin else USER_SCOPES
        scopes = [scope for scope in requested if scope in allowed] or list(USER_SCOPES)
        refresh_token = create_token(user.id, "refresh", scopes)
        claims = read_token(refresh_token, "refresh")
        await self.refresh_tokens.remember(claims.token_id, user.id)
        return TokenPair(
            access_token=create_token(user.id, "access", scopes),
            refresh_token=refresh_token,
            expires_in=settings.ACCESS_TOKEN_MINUTES * 60,
        )
