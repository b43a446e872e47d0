//! fastapi-users and httpx-oauth.

use expect_test::expect;

use crate::architecture::fixture::check;

#[test]
fn routers_of_two_backends() {
    check(
        r#"
#- /main.py
from fastapi import Depends, FastAPI
from users import User, UserCreate, UserRead, UserUpdate, bearer, cookie, current_user, google, fastapi_users, optional

app = FastAPI()
app.include_router(fastapi_users.get_auth_router(bearer), prefix="/auth/jwt", tags=["auth"])
app.include_router(fastapi_users.get_auth_router(cookie, requires_verification=True), prefix="/auth/cookie")
app.include_router(fastapi_users.get_register_router(UserRead, UserCreate), prefix="/auth")
app.include_router(fastapi_users.get_reset_password_router(), prefix="/auth")
app.include_router(fastapi_users.get_verify_router(UserRead), prefix="/auth")
app.include_router(fastapi_users.get_users_router(UserRead, UserUpdate), prefix="/users")
app.include_router(fastapi_users.get_oauth_router(google, bearer, "SECRET"), prefix="/auth/google")
app.include_router(
    fastapi_users.get_oauth_associate_router(google, UserRead, "SECRET", "https://example.com/back"),
    prefix="/auth/associate/google",
)

@app.get("/authenticated")
async def authenticated(user: User = Depends(current_user)): ...

@app.get("/maybe", dependencies=[Depends(optional)])
async def maybe(): ...
#- /users.py
import uuid
from fastapi import Depends, Request
from fastapi_users import BaseUserManager, FastAPIUsers, UUIDIDMixin, schemas
from fastapi_users.authentication import (
    AuthenticationBackend, BearerTransport, CookieTransport, JWTStrategy,
)
from fastapi_users.db import BaseUserDatabase
from httpx_oauth.clients.google import GoogleOAuth2

class User:
    id: uuid.UUID

class UserRead(schemas.BaseUser[uuid.UUID]):
    nickname: str | None = None

class UserCreate(schemas.BaseUserCreate):
    pass

class UserUpdate(schemas.BaseUserUpdate):
    pass

class UserManager(UUIDIDMixin, BaseUserManager[User, uuid.UUID]):
    reset_password_token_secret = verification_token_secret = "SECRET"

    async def on_after_register(self, user: User, request: Request | None = None):
        print(user.id)

async def get_session():
    yield 1

async def get_user_db(session=Depends(get_session)):
    yield BaseUserDatabase()

async def get_user_manager(user_db=Depends(get_user_db)):
    yield UserManager(user_db)

def get_jwt_strategy():
    return JWTStrategy(secret="SECRET", lifetime_seconds=3600)

google = GoogleOAuth2("id", "secret")
bearer = AuthenticationBackend("jwt", BearerTransport(tokenUrl="auth/jwt/login"), get_jwt_strategy)
cookie = AuthenticationBackend("cookie", CookieTransport(cookie_max_age=3600), get_jwt_strategy)
fastapi_users = FastAPIUsers[User, uuid.UUID](get_user_manager, [bearer, cookie])
current_user = fastapi_users.current_user(active=True)

async def only_bearer():
    return [bearer]

optional = fastapi_users.current_user(optional=True, get_enabled_backends=only_bearer)
"#,
        expect![[r#"
            POST /auth/jwt/login -> fastapi_users.router.auth:get_auth_router.<locals>.login; tags auth; body application/x-www-form-urlencoded grant_type, username, password, scope, client_id, client_secret; needs OAuth2PasswordRequestForm, get_user_manager~(get_user_db~(get_session~)), get_jwt_strategy; 200 BearerResponse; 400 ErrorModel; 422
            POST /auth/jwt/logout -> fastapi_users.router.auth:get_auth_router.<locals>.logout; tags auth; security OAuth2PasswordBearer(); security APIKeyCookie(); needs current_user_token_dependency(get_user_manager~(get_user_db~(get_session~)), OAuth2PasswordBearer, get_jwt_strategy, APIKeyCookie, get_jwt_strategy=), get_jwt_strategy=; 200; 401
            POST /auth/cookie/login -> fastapi_users.router.auth:get_auth_router.<locals>.login; body application/x-www-form-urlencoded grant_type, username, password, scope, client_id, client_secret; needs OAuth2PasswordRequestForm, get_user_manager~(get_user_db~(get_session~)), get_jwt_strategy; 200; 400 ErrorModel; 204; 422
            POST /auth/cookie/logout -> fastapi_users.router.auth:get_auth_router.<locals>.logout; security OAuth2PasswordBearer(); security APIKeyCookie(); needs current_user_token_dependency(get_user_manager~(get_user_db~(get_session~)), OAuth2PasswordBearer, get_jwt_strategy, APIKeyCookie, get_jwt_strategy=), get_jwt_strategy=; 200; 401; 204
            POST /auth/register -> fastapi_users.router.register:get_register_router.<locals>.register; body application/json UserCreate; needs get_user_manager~(get_user_db~(get_session~)); 201 UserRead; 400 ErrorModel; 422
            POST /auth/forgot-password -> fastapi_users.router.reset:get_reset_password_router.<locals>.forgot_password; body application/json email; needs get_user_manager~(get_user_db~(get_session~)); 202; 422
            POST /auth/reset-password -> fastapi_users.router.reset:get_reset_password_router.<locals>.reset_password; body application/json token, password; needs get_user_manager~(get_user_db~(get_session~)); 200; 400 ErrorModel; 422
            POST /auth/request-verify-token -> fastapi_users.router.verify:get_verify_router.<locals>.request_verify_token; body application/json email; needs get_user_manager~(get_user_db~(get_session~)); 202; 422
            POST /auth/verify -> fastapi_users.router.verify:get_verify_router.<locals>.verify; body application/json token; needs get_user_manager~(get_user_db~(get_session~)); 200 UserRead; 400 ErrorModel; 422
            GET /users/me -> fastapi_users.router.users:get_users_router.<locals>.me; security OAuth2PasswordBearer(); security APIKeyCookie(); needs current_user_dependency(get_user_manager~(get_user_db~(get_session~)), OAuth2PasswordBearer, get_jwt_strategy, APIKeyCookie, get_jwt_strategy=); 200 UserRead; 401
            PATCH /users/me -> fastapi_users.router.users:get_users_router.<locals>.update_me; body application/json UserUpdate; security OAuth2PasswordBearer(); security APIKeyCookie(); needs current_user_dependency(get_user_manager~(get_user_db~(get_session~)), OAuth2PasswordBearer, get_jwt_strategy, APIKeyCookie, get_jwt_strategy=), current_user_dependency=, get_user_manager~=; 200 UserRead; 401; 400 ErrorModel; 422
            GET /users/{id} -> fastapi_users.router.users:get_users_router.<locals>.get_user; path id; security OAuth2PasswordBearer(); security APIKeyCookie(); needs current_user_dependency(get_user_manager~(get_user_db~(get_session~)), OAuth2PasswordBearer, get_jwt_strategy, APIKeyCookie, get_jwt_strategy=), get_user_or_404(get_user_manager~=); 200 UserRead; 401; 403; 404; 422
            PATCH /users/{id} -> fastapi_users.router.users:get_users_router.<locals>.update_user; path id; body application/json UserUpdate; security OAuth2PasswordBearer(); security APIKeyCookie(); needs current_user_dependency(get_user_manager~(get_user_db~(get_session~)), OAuth2PasswordBearer, get_jwt_strategy, APIKeyCookie, get_jwt_strategy=), get_user_or_404(get_user_manager~=), get_user_manager~=; 200 UserRead; 401; 403; 404; 400 ErrorModel; 422
            DELETE /users/{id} -> fastapi_users.router.users:get_users_router.<locals>.delete_user; path id; security OAuth2PasswordBearer(); security APIKeyCookie(); needs current_user_dependency(get_user_manager~(get_user_db~(get_session~)), OAuth2PasswordBearer, get_jwt_strategy, APIKeyCookie, get_jwt_strategy=), get_user_or_404(get_user_manager~=), get_user_manager~=; 204; 401; 403; 404; 422
            GET /auth/google/authorize -> fastapi_users.router.oauth:get_oauth_router.<locals>.authorize; query scopes?; 200 OAuth2AuthorizeResponse; 422
            GET /auth/google/callback -> fastapi_users.router.oauth:get_oauth_router.<locals>.callback; query code?; query code_verifier?; query state?; query error?; needs OAuth2AuthorizeCallback, get_user_manager~(get_user_db~(get_session~)), get_jwt_strategy; 200; 400 ErrorModel; 422
            GET /auth/associate/google/authorize -> fastapi_users.router.oauth:get_oauth_associate_router.<locals>.authorize; query scopes?; security OAuth2PasswordBearer(); security APIKeyCookie(); needs current_user_dependency(get_user_manager~(get_user_db~(get_session~)), OAuth2PasswordBearer, get_jwt_strategy, APIKeyCookie, get_jwt_strategy=); 200 OAuth2AuthorizeResponse; 422
            GET /auth/associate/google/callback -> fastapi_users.router.oauth:get_oauth_associate_router.<locals>.callback; query code?; query code_verifier?; query state?; query error?; security OAuth2PasswordBearer(); security APIKeyCookie(); needs current_user_dependency(get_user_manager~(get_user_db~(get_session~)), OAuth2PasswordBearer, get_jwt_strategy, APIKeyCookie, get_jwt_strategy=), OAuth2AuthorizeCallback, get_user_manager~=; 200 UserRead; 400 ErrorModel; 422
            GET /authenticated -> main:authenticated; security OAuth2PasswordBearer(); security APIKeyCookie(); needs current_user_dependency(get_user_manager~(get_user_db~(get_session~)), OAuth2PasswordBearer, get_jwt_strategy, APIKeyCookie, get_jwt_strategy=); 200
            GET /maybe -> main:maybe; security OAuth2PasswordBearer(); security APIKeyCookie(); needs current_user_dependency(get_user_manager~(get_user_db~(get_session~)), OAuth2PasswordBearer, get_jwt_strategy, APIKeyCookie, get_jwt_strategy=, only_bearer); 200
        "#]],
    );
}
