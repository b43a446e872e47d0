"""https://authx.yezz.me"""
from __arch__ import unknown
from fastapi import Depends, Request, Response, WebSocket
from fastapi.security import APIKeyCookie, APIKeyHeader, APIKeyQuery, HTTPBearer
from pydantic_settings import BaseSettings


class AuthXConfig(BaseSettings):
    JWT_ALGORITHM: str = "HS256"
    JWT_HEADER_NAME: str = "Authorization"
    JWT_HEADER_TYPE: str = "Bearer"
    JWT_TOKEN_LOCATION: list = ["headers"]
    JWT_ACCESS_COOKIE_NAME: str = "access_token_cookie"
    JWT_REFRESH_COOKIE_NAME: str = "refresh_token_cookie"
    JWT_QUERY_STRING_NAME: str = "token"
    JWT_SECRET_KEY: str | None = None


class TokenPayload:
    pass


class RequestToken:
    pass


def _noop_openapi_security():
    return None


class AuthXDependency:
    def __init__(self, _from=None, request=None, response=None):
        self._security = _from


class AuthX:
    def __init__(self, config=None, model=None):
        self._config = config or AuthXConfig()

    @property
    def config(self):
        return self._config

    def load_config(self, config):
        self._config = config

    def handle_errors(self, app):
        return None

    def set_subject_getter(self, callback):
        return callback

    def set_token_blocklist(self, callback):
        return callback

    set_callback_get_model_instance = set_subject_getter
    set_callback_token_blocklist = set_token_blocklist

    def create_access_token(self, uid, *args, **options):
        return unknown("authx.AuthX.create_access_token")

    def create_refresh_token(self, uid, *args, **options):
        return unknown("authx.AuthX.create_refresh_token")

    def _respond(self, *args, **options):
        return None

    set_access_cookies = set_refresh_cookies = unset_access_cookies = unset_refresh_cookies = unset_cookies = _respond

    def verify_token(self, token, *args, **options):
        return TokenPayload()

    def get_dependency(self, request: Request, response: Response):
        return AuthXDependency(self, request, response)

    @property
    def DEPENDENCY(self):
        return Depends(self.get_dependency)

    BUNDLE = DEPENDENCY

    @property
    def FRESH_REQUIRED(self):
        return Depends(self.fresh_token_required)

    @property
    def ACCESS_REQUIRED(self):
        return Depends(self.access_token_required)

    @property
    def REFRESH_REQUIRED(self):
        return Depends(self.refresh_token_required)

    @property
    def ACCESS_TOKEN(self):
        return Depends(self.get_access_token_from_request)

    @property
    def REFRESH_TOKEN(self):
        return Depends(self.get_refresh_token_from_request)

    @property
    def CURRENT_SUBJECT(self):
        return Depends(self.get_current_subject)

    @property
    def WS_AUTH_REQUIRED(self):
        return Depends(self._ws_auth_required)

    async def get_access_token_from_request(self, request: Request):
        return RequestToken()

    async def get_refresh_token_from_request(self, request: Request):
        return RequestToken()

    async def get_current_subject(self, request: Request):
        return unknown("authx.AuthX.get_current_subject")

    async def _ws_auth_required(self, websocket: WebSocket):
        return TokenPayload()

    def _schemes(self, type, locations):
        """The security schemes of the places where a token is looked for; since 1.6 they are published."""
        config = self._config
        places = config.JWT_TOKEN_LOCATION if locations is None else locations
        header = cookie = query = _noop_openapi_security
        if "headers" in places:
            if config.JWT_HEADER_NAME.lower() == "authorization" and config.JWT_HEADER_TYPE.lower() == "bearer":
                header = HTTPBearer(
                    scheme_name="AuthXBearer", bearerFormat="JWT", auto_error=False
                )
            else:
                header = APIKeyHeader(
                    name=config.JWT_HEADER_NAME, scheme_name="AuthXHeader", auto_error=False
                )
        if "cookies" in places:
            is_refresh = type == "refresh"
            cookie = APIKeyCookie(
                name=config.JWT_REFRESH_COOKIE_NAME if is_refresh else config.JWT_ACCESS_COOKIE_NAME,
                scheme_name="AuthXRefreshCookie" if is_refresh else "AuthXAccessCookie",
                auto_error=False,
            )
        if "query" in places:
            query = APIKeyQuery(
                name=config.JWT_QUERY_STRING_NAME, scheme_name="AuthXQuery", auto_error=False
            )
        return header, cookie, query

    def token_required(self, type="access", verify_type=True, verify_fresh=False, verify_csrf=None, locations=None):
        header, cookie, query = self._schemes(type, locations)

        async def _auth_required(
            request: Request,
            _authx_openapi_header=Depends(header),
            _authx_openapi_cookie=Depends(cookie),
            _authx_openapi_query=Depends(query),
        ):
            return TokenPayload()

        return _auth_required

    @property
    def fresh_token_required(self):
        return self.token_required(type="access", verify_fresh=True)

    @property
    def access_token_required(self):
        return self.token_required(type="access")

    @property
    def refresh_token_required(self):
        return self.token_required(type="refresh")

    def scopes_required(self, *scopes, all_required=True, locations=None, **options):
        return self.token_required(type="access", locations=locations)
