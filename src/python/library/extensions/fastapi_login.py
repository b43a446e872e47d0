"""https://fastapi-login.readthedocs.io"""
from __arch__ import unknown
from fastapi import HTTPException, Request
from fastapi.security import OAuth2PasswordBearer, SecurityScopes

InvalidCredentialsException = HTTPException(401, "Invalid credentials")
InsufficientScopeException = HTTPException(403, "Insufficient scopes")


class LoginManager(OAuth2PasswordBearer):
    def __init__(
        self, secret, token_url, algorithm="HS256", use_cookie=False, use_header=True, cookie_name="access-token",
        not_authenticated_exception=InvalidCredentialsException, default_expiry=None, scopes=None,
        out_of_scope_exception=InsufficientScopeException,
    ):
        self.secret, self.algorithm = secret, algorithm
        self.use_cookie, self.use_header, self.cookie_name = use_cookie, use_header, cookie_name
        self._user_callback = None
        super().__init__(tokenUrl=token_url, auto_error=False, scopes=scopes)

    async def __call__(self, request: Request, security_scopes: SecurityScopes = None):
        return await self._user_callback(unknown("token"))

    async def optional(self, request: Request, security_scopes: SecurityScopes = None):
        return await self._user_callback(unknown("token"))

    def user_loader(self, *args, **kwargs):
        def decorator(callback):
            self._user_callback = callback
            return callback

        if args and callable(args[0]) and not kwargs and len(args) == 1:
            return decorator(args[0])
        return decorator

    def create_access_token(self, *, data, expires=None, scopes=None):
        return unknown("fastapi_login.LoginManager.create_access_token")

    def set_cookie(self, response, token):
        return None

    def attach_middleware(self, app):
        @app.middleware("http")
        async def __set_user(request, call_next):
            return await call_next(request)
