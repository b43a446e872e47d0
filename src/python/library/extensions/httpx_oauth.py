"""https://frankie567.github.io/httpx-oauth/"""
from typing import Generic, TypeVar

from __arch__ import unknown
from fastapi import HTTPException
from starlette.requests import Request

T = TypeVar("T")


class OAuth2Error(Exception):
    pass


class GetAccessTokenError(OAuth2Error):
    pass


class RefreshTokenError(OAuth2Error):
    pass


class GetIdEmailError(OAuth2Error):
    pass


class OAuth2Token(dict):
    pass


class BaseOAuth2(Generic[T]):
    def __init__(
        self, client_id, client_secret, authorize_endpoint=None, access_token_endpoint=None, refresh_token_endpoint=None,
        revoke_token_endpoint=None, *, name="oauth2", base_scopes=None, **options,
    ):
        self.client_id, self.client_secret = client_id, client_secret
        self.authorize_endpoint, self.access_token_endpoint = authorize_endpoint, access_token_endpoint
        self.name, self.base_scopes = name, base_scopes

    async def get_authorization_url(self, redirect_uri, state=None, scope=None, **options):
        return unknown("httpx_oauth.oauth2.BaseOAuth2.get_authorization_url")

    async def get_access_token(self, code, redirect_uri, code_verifier=None):
        return unknown("httpx_oauth.oauth2.BaseOAuth2.get_access_token")

    async def refresh_token(self, refresh_token):
        return unknown("httpx_oauth.oauth2.BaseOAuth2.refresh_token")

    async def revoke_token(self, token, token_type_hint=None):
        return None

    async def get_profile(self, token):
        return unknown("httpx_oauth.oauth2.BaseOAuth2.get_profile")

    async def get_id_email(self, token):
        return (unknown("id"), unknown("email"))


class OAuth2(BaseOAuth2[dict]):
    pass


class _Provider(BaseOAuth2[dict]):
    """A client of one provider; by position the scopes and the name follow what the provider needs besides."""

    _name = "oauth2"

    def __init__(self, client_id, client_secret, scopes=None, name=None, **options):
        super().__init__(client_id, client_secret, name=name or self._name, base_scopes=scopes)


class DiscordOAuth2(_Provider):
    _name = "discord"


class FacebookOAuth2(_Provider):
    _name = "facebook"


class GitHubOAuth2(_Provider):
    _name = "github"


class GoogleOAuth2(_Provider):
    _name = "google"


class KakaoOAuth2(_Provider):
    _name = "kakao"


class LinkedInOAuth2(_Provider):
    _name = "linkedin"


class NaverOAuth2(_Provider):
    _name = "naver"


class RedditOAuth2(_Provider):
    _name = "reddit"


class FranceConnectOAuth2(_Provider):
    def __init__(self, client_id, client_secret, integration=False, scopes=None, name="franceconnect"):
        super().__init__(client_id, client_secret, scopes, name)


class MicrosoftGraphOAuth2(_Provider):
    def __init__(self, client_id, client_secret, tenant="common", scopes=None, name="microsoft"):
        super().__init__(client_id, client_secret, scopes, name)


class OktaOAuth2(_Provider):
    def __init__(self, client_id, client_secret, okta_domain, scopes=None, name="okta"):
        super().__init__(client_id, client_secret, scopes, name)


class OpenID(_Provider):
    def __init__(self, client_id, client_secret, openid_configuration_endpoint, name="openid", base_scopes=None):
        super().__init__(client_id, client_secret, base_scopes, name)


class ShopifyOAuth2(_Provider):
    def __init__(self, client_id, client_secret, shop, scopes=None, api_version="2023-04", name="shopify"):
        super().__init__(client_id, client_secret, scopes, name)


class OAuth2AuthorizeCallbackError(HTTPException, OAuth2Error):
    pass


class OAuth2AuthorizeCallback:
    def __init__(self, client, route_name=None, redirect_url=None):
        self.client, self.route_name, self.redirect_url = client, route_name, redirect_url

    async def __call__(
        self,
        request: Request,
        code: "str | None" = None,
        code_verifier: "str | None" = None,
        state: "str | None" = None,
        error: "str | None" = None,
    ):
        if code is None or error is not None:
            raise OAuth2AuthorizeCallbackError(status_code=400, detail=error)
        return await self.client.get_access_token(code, self.redirect_url, code_verifier), state
