"""https://indominusbyte.github.io/fastapi-jwt-auth/"""
from __arch__ import unknown
from fastapi import Request, Response


class AuthJWTException(Exception):
    pass


class JWTDecodeError(AuthJWTException):
    pass


class MissingTokenError(AuthJWTException):
    pass


class RevokedTokenError(AuthJWTException):
    pass


class AuthJWT:
    """It reads the token itself: no security scheme is published, a handler is protected by what it calls."""

    def __init__(self, req: Request = None, res: Response = None):
        self._request, self._response = req, res

    @classmethod
    def load_config(cls, settings):
        return settings

    @classmethod
    def token_in_denylist_loader(cls, callback):
        return callback

    def jwt_required(self, *args, **options):
        raise MissingTokenError()

    def jwt_optional(self, *args, **options):
        return None

    jwt_refresh_token_required = fresh_jwt_required = jwt_required

    def create_access_token(self, subject, **options):
        return unknown("fastapi_jwt_auth.AuthJWT.create_access_token")

    def create_refresh_token(self, subject, **options):
        return unknown("fastapi_jwt_auth.AuthJWT.create_refresh_token")

    def get_jwt_subject(self):
        return unknown("fastapi_jwt_auth.AuthJWT.get_jwt_subject")

    def get_raw_jwt(self, encoded_token=None):
        return unknown("fastapi_jwt_auth.AuthJWT.get_raw_jwt")

    def _respond(self, *args, **options):
        return None

    set_access_cookies = set_refresh_cookies = unset_jwt_cookies = _respond
    unset_access_cookies = unset_refresh_cookies = _respond
