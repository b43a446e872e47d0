"""https://fastapi.tiangolo.com/reference/security/

The `model` of a scheme is what the OpenAPI document publishes of it
(https://spec.openapis.org/oas/v3.1.0#security-scheme-object).
"""
from __arch__ import abstract, unknown
from pydantic import BaseModel

from fastapi.param_functions import Form
from fastapi.utils import has_reached

_GRANT = "^password$" if has_reached(0, 115, 8) else "password"
_PASSWORD = {"format": "password"} if has_reached(0, 115, 13) else None


class SecurityBase:
    def _given(self, kind):
        """The credentials; whether an optional scheme has any is not known."""
        return abstract(kind) if self.auto_error or unknown("credentials") else None


class APIKeyBase(SecurityBase):
    _place = None

    def __init__(self, *, name, scheme_name=None, description=None, auto_error=True):
        self.model = {"type": "apiKey", "in": self._place, "name": name, "description": description}
        self.scheme_name = scheme_name or self.__class__.__name__
        self.auto_error = auto_error


class APIKeyQuery(APIKeyBase):
    _place = "query"

    async def __call__(self, request: "Request"):
        return self._given(str)


class APIKeyHeader(APIKeyBase):
    _place = "header"

    async def __call__(self, request: "Request"):
        return self._given(str)


class APIKeyCookie(APIKeyBase):
    _place = "cookie"

    async def __call__(self, request: "Request"):
        return self._given(str)


class HTTPBasicCredentials(BaseModel):
    username: str
    password: str


class HTTPAuthorizationCredentials(BaseModel):
    scheme: str
    credentials: str


class HTTPBase(SecurityBase):
    def __init__(self, *, scheme, scheme_name=None, description=None, auto_error=True):
        self.model = {"type": "http", "scheme": scheme, "description": description}
        self.scheme_name = scheme_name or self.__class__.__name__
        self.auto_error = auto_error

    async def __call__(self, request: "Request") -> HTTPAuthorizationCredentials:
        return self._given(HTTPAuthorizationCredentials)


class HTTPBasic(HTTPBase):
    def __init__(self, *, scheme_name=None, realm=None, description=None, auto_error=True):
        super().__init__(scheme="basic", scheme_name=scheme_name, description=description, auto_error=auto_error)
        self.realm = realm

    async def __call__(self, request: "Request") -> HTTPBasicCredentials:
        return self._given(HTTPBasicCredentials)


class HTTPBearer(HTTPBase):
    def __init__(self, *, bearerFormat=None, scheme_name=None, description=None, auto_error=True):
        super().__init__(scheme="bearer", scheme_name=scheme_name, description=description, auto_error=auto_error)
        self.model["bearerFormat"] = bearerFormat


class HTTPDigest(HTTPBase):
    def __init__(self, *, scheme_name=None, description=None, auto_error=True):
        super().__init__(scheme="digest", scheme_name=scheme_name, description=description, auto_error=auto_error)


class OAuth2PasswordRequestForm:
    def __init__(
        self,
        *,
        grant_type: "str | None" = Form(default=None, pattern=_GRANT),
        username: str = Form(),
        password: str = Form(json_schema_extra=_PASSWORD),
        scope: str = Form(default=""),
        client_id: "str | None" = Form(default=None),
        client_secret: "str | None" = Form(default=None, json_schema_extra=_PASSWORD),
    ):
        self.grant_type, self.username, self.password = grant_type, username, password
        self.scopes = scope.split()
        self.client_id, self.client_secret = client_id, client_secret


class OAuth2PasswordRequestFormStrict(OAuth2PasswordRequestForm):
    def __init__(
        self,
        grant_type: str = Form(pattern=_GRANT),
        username: str = Form(),
        password: str = Form(),
        scope: str = Form(default=""),
        client_id: "str | None" = Form(default=None),
        client_secret: "str | None" = Form(default=None),
    ):
        super().__init__(
            grant_type=grant_type, username=username, password=password, scope=scope, client_id=client_id,
            client_secret=client_secret,
        )


class OAuth2(SecurityBase):
    def __init__(self, *, flows=None, scheme_name=None, description=None, auto_error=True):
        self.model = {"type": "oauth2", "flows": flows or {}, "description": description}
        self.scheme_name = scheme_name or self.__class__.__name__
        self.auto_error = auto_error

    async def __call__(self, request: "Request"):
        return self._given(str)


class OAuth2PasswordBearer(OAuth2):
    def __init__(
        self, tokenUrl, scheme_name=None, scopes=None, description=None, auto_error=True, refreshUrl=None
    ):
        flow = {"scopes": scopes or {}, "tokenUrl": tokenUrl, "refreshUrl": refreshUrl}
        super().__init__(
            flows={"password": flow}, scheme_name=scheme_name, description=description, auto_error=auto_error
        )


class OAuth2AuthorizationCodeBearer(OAuth2):
    def __init__(
        self, authorizationUrl, tokenUrl, refreshUrl=None, scheme_name=None, scopes=None, description=None,
        auto_error=True,
    ):
        flow = {
            "scopes": scopes or {}, "authorizationUrl": authorizationUrl, "tokenUrl": tokenUrl, "refreshUrl": refreshUrl
        }
        super().__init__(
            flows={"authorizationCode": flow}, scheme_name=scheme_name, description=description, auto_error=auto_error
        )


class OpenIdConnect(SecurityBase):
    def __init__(self, *, openIdConnectUrl, scheme_name=None, description=None, auto_error=True):
        self.model = {"type": "openIdConnect", "openIdConnectUrl": openIdConnectUrl, "description": description}
        self.scheme_name = scheme_name or self.__class__.__name__
        self.auto_error = auto_error

    async def __call__(self, request: "Request"):
        return self._given(str)


class SecurityScopes:
    def __init__(self, scopes=None):
        self.scopes = scopes or []
        self.scope_str = " ".join(self.scopes)


def get_authorization_scheme_param(authorization_header_value):
    return "", ""


from fastapi.requests import Request  # noqa: E402
