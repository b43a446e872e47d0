"""https://fastapi-users.github.io/fastapi-users/latest/configuration/authentication/"""
from inspect import Parameter, Signature
from typing import Generic, Protocol

from __arch__ import unknown
from fastapi import Depends, HTTPException
from fastapi.security import APIKeyCookie, OAuth2PasswordBearer
from fastapi_users import models
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response


class Strategy(Protocol, Generic[models.UP, models.ID]):
    async def read_token(self, token, user_manager):
        return unknown("fastapi_users.authentication.Strategy.read_token")

    async def write_token(self, user):
        return unknown("fastapi_users.authentication.Strategy.write_token")

    async def destroy_token(self, token, user):
        return None


class StrategyDestroyNotSupportedError(Exception):
    pass


class JWTStrategy(Strategy[models.UP, models.ID]):
    def __init__(
        self, secret, lifetime_seconds, token_audience=["fastapi-users:auth"], algorithm="HS256", public_key=None
    ):
        self.secret, self.lifetime_seconds, self.token_audience = secret, lifetime_seconds, token_audience
        self.algorithm, self.public_key = algorithm, public_key


class RedisStrategy(Strategy[models.UP, models.ID]):
    def __init__(self, redis, lifetime_seconds=None, *, key_prefix="fastapi_users_token:"):
        self.redis, self.lifetime_seconds, self.key_prefix = redis, lifetime_seconds, key_prefix

    async def read_token(self, token, user_manager):
        user_id = await self.redis.get(f"{self.key_prefix}{token}")
        return await user_manager.get(user_manager.parse_id(user_id))

    async def write_token(self, user):
        return await self.redis.set(self.key_prefix, str(user.id), ex=self.lifetime_seconds)

    async def destroy_token(self, token, user):
        await self.redis.delete(f"{self.key_prefix}{token}")


class AccessTokenProtocol(Protocol[models.ID]):
    token: str
    user_id: models.ID


AP = models.UP


class AccessTokenDatabase(Generic[AP]):
    async def get_by_token(self, token, max_age=None):
        return None

    async def create(self, create_dict):
        return None

    async def update(self, access_token, update_dict):
        return None

    async def delete(self, access_token):
        return None


class DatabaseStrategy(Strategy[models.UP, models.ID]):
    def __init__(self, database, lifetime_seconds=None):
        self.database, self.lifetime_seconds = database, lifetime_seconds

    async def read_token(self, token, user_manager):
        access_token = await self.database.get_by_token(token)
        return await user_manager.get(user_manager.parse_id(access_token.user_id))

    async def write_token(self, user):
        access_token = await self.database.create({"user_id": user.id})
        return access_token.token

    async def destroy_token(self, token, user):
        access_token = await self.database.get_by_token(token)
        await self.database.delete(access_token)


class TransportLogoutNotSupportedError(Exception):
    pass


class Transport(Protocol):
    scheme: object


class BearerResponse(BaseModel):
    access_token: str
    token_type: str


class BearerTransport(Transport):
    def __init__(self, tokenUrl):
        self.scheme = OAuth2PasswordBearer(tokenUrl, auto_error=False)

    async def get_login_response(self, token):
        return JSONResponse({"access_token": token, "token_type": "bearer"})

    async def get_logout_response(self):
        return Response(status_code=204)

    @staticmethod
    def get_openapi_login_responses_success():
        # What is encoded is a token of the library's documentation; it is part of every document of this transport.
        token = (
            "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjoiOTIyMWZmYzktNjQwZi00MzcyLTg2ZDMtY2U2NDJjYmE1NjAzIiwiYX"
            "VkIjoiZmFzdGFwaS11c2VyczphdXRoIiwiZXhwIjoxNTcxNTA0MTkzfQ.M10bjOe45I5Ncu_uXvOmVV8QxnL-nZfcH96U90JaocI"
        )
        example = {"access_token": token, "token_type": "bearer"}
        return {200: {"model": BearerResponse, "content": {"application/json": {"example": example}}}}

    @staticmethod
    def get_openapi_logout_responses_success():
        return {}


class CookieTransport(Transport):
    def __init__(
        self, cookie_name="fastapiusersauth", cookie_max_age=None, cookie_path="/", cookie_domain=None, cookie_secure=True,
        cookie_httponly=True, cookie_samesite="lax",
    ):
        self.cookie_name, self.cookie_max_age, self.cookie_path = cookie_name, cookie_max_age, cookie_path
        self.cookie_domain, self.cookie_secure = cookie_domain, cookie_secure
        self.cookie_httponly, self.cookie_samesite = cookie_httponly, cookie_samesite
        self.scheme = APIKeyCookie(name=cookie_name, auto_error=False)

    async def get_login_response(self, token):
        response = Response(status_code=204)
        response.set_cookie(self.cookie_name, token, httponly=self.cookie_httponly)
        return response

    async def get_logout_response(self):
        response = Response(status_code=204)
        response.delete_cookie(self.cookie_name, httponly=self.cookie_httponly)
        return response

    @staticmethod
    def get_openapi_login_responses_success():
        return {204: {"model": None}}

    @staticmethod
    def get_openapi_logout_responses_success():
        return {204: {"model": None}}


class AuthenticationBackend(Generic[models.UP, models.ID]):
    def __init__(self, name, transport, get_strategy):
        self.name, self.transport, self.get_strategy = name, transport, get_strategy

    async def login(self, strategy, user):
        token = await strategy.write_token(user)
        return await self.transport.get_login_response(token)

    async def logout(self, strategy, user, token):
        await strategy.destroy_token(token, user)
        return await self.transport.get_logout_response()


def name_to_variable_name(name):
    kept = "".join([letter for letter in name if letter.isalnum() or letter == "_"])
    return kept.lstrip("0123456789")


def name_to_strategy_variable_name(name):
    return "strategy_" + name_to_variable_name(name)


class Authenticator(Generic[models.UP, models.ID]):
    """Each backend's scheme is a parameter of the dependency, so that the document shows all of them."""

    def __init__(self, backends, get_user_manager):
        self.backends, self.get_user_manager = backends, get_user_manager

    def current_user_token(
        self, optional=False, active=False, verified=False, superuser=False, get_enabled_backends=None
    ):
        async def current_user_token_dependency(*args, **kwargs):
            return await self._authenticate(
                *args, optional=optional, active=active, verified=verified, superuser=superuser, **kwargs
            )

        current_user_token_dependency.__signature__ = self._signature(get_enabled_backends)
        return current_user_token_dependency

    def current_user(self, optional=False, active=False, verified=False, superuser=False, get_enabled_backends=None):
        async def current_user_dependency(*args, **kwargs):
            user, _ = await self._authenticate(
                *args, optional=optional, active=active, verified=verified, superuser=superuser, **kwargs
            )
            return user

        current_user_dependency.__signature__ = self._signature(get_enabled_backends)
        return current_user_dependency

    async def _authenticate(self, *args, user_manager, optional, active, verified, superuser, **kwargs):
        user, token = None, None
        for backend in kwargs.get("enabled_backends", self.backends):
            token = kwargs[name_to_variable_name(backend.name)]
            strategy = kwargs[name_to_strategy_variable_name(backend.name)]
            user = await strategy.read_token(token, user_manager)
        if not optional:
            if user is None or active and not user.is_active:
                raise HTTPException(status_code=401)
            if verified and not user.is_verified or superuser and not user.is_superuser:
                raise HTTPException(status_code=403)
        return user, token

    def _signature(self, get_enabled_backends):
        rows = [("user_manager", self.get_user_manager)]
        for backend in self.backends:
            rows.append((name_to_variable_name(backend.name), backend.transport.scheme))
            rows.append((name_to_strategy_variable_name(backend.name), backend.get_strategy))
        if get_enabled_backends is not None:
            rows.append(("enabled_backends", get_enabled_backends))
        kind = Parameter.POSITIONAL_OR_KEYWORD
        return Signature([Parameter(name, kind, default=Depends(callable)) for name, callable in rows])
