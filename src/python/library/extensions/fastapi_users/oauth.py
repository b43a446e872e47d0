"""https://fastapi-users.github.io/fastapi-users/latest/configuration/oauth/"""
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi_users.router.common import ErrorCode, bad_request, described
from httpx_oauth.integrations.fastapi import OAuth2AuthorizeCallback
from pydantic import BaseModel

STATE_TOKEN_AUDIENCE = "fastapi-users:oauth-state"
CSRF_TOKEN_COOKIE_NAME = "fastapiusersoauthcsrf"
_CALLBACK = "The response varies based on the authentication backend used."
_STATE = {"INVALID_STATE_TOKEN": {"summary": "Invalid state token.", "value": None}}
_TOKEN = [
    described(ErrorCode.ACCESS_TOKEN_DECODE_ERROR, "Access token is error."),
    described(ErrorCode.ACCESS_TOKEN_ALREADY_EXPIRED, "Access token is already expired."),
]


class OAuth2AuthorizeResponse(BaseModel):
    authorization_url: str


def _callback_dependency(oauth_client, name, redirect_url):
    if redirect_url is None:
        return OAuth2AuthorizeCallback(oauth_client, route_name=name)
    return OAuth2AuthorizeCallback(oauth_client, redirect_url=redirect_url)


def get_oauth_router(
    oauth_client, backend, get_user_manager, state_secret, redirect_url=None, associate_by_email=False,
    is_verified_by_default=False, **cookie,
):
    router = APIRouter()
    name = f"oauth:{oauth_client.name}.{backend.name}"
    authorized = _callback_dependency(oauth_client, name + ".callback", redirect_url)
    refused = bad_request(_STATE, described(ErrorCode.LOGIN_BAD_CREDENTIALS, "User is inactive."), *_TOKEN)

    @router.get("/authorize", name=name + ".authorize", response_model=OAuth2AuthorizeResponse)
    async def authorize(request: Request, response: Response, scopes: list[str] = Query(None)):
        url = await oauth_client.get_authorization_url(redirect_url, "", scopes)
        return OAuth2AuthorizeResponse(authorization_url=url)

    @router.get("/callback", name=name + ".callback", description=_CALLBACK, responses=refused)
    async def callback(
        request: Request,
        access_token_state=Depends(authorized),
        user_manager=Depends(get_user_manager),
        strategy=Depends(backend.get_strategy),
    ):
        token, state = access_token_state
        account_id, account_email = await oauth_client.get_id_email(token["access_token"])
        user = await user_manager.oauth_callback(
            oauth_client.name, token["access_token"], account_id, account_email, request=request
        )
        response = await backend.login(strategy, user)
        await user_manager.on_after_login(user, request, response)
        return response

    return router


def get_oauth_associate_router(
    oauth_client, authenticator, get_user_manager, user_schema, state_secret, redirect_url=None,
    requires_verification=False, **cookie,
):
    router = APIRouter()
    name = f"oauth-associate:{oauth_client.name}"
    get_current_active_user = authenticator.current_user(active=True, verified=requires_verification)
    authorized = _callback_dependency(oauth_client, name + ".callback", redirect_url)

    @router.get("/authorize", name=name + ".authorize", response_model=OAuth2AuthorizeResponse)
    async def authorize(
        request: Request,
        response: Response,
        scopes: list[str] = Query(None),
        user=Depends(get_current_active_user),
    ):
        url = await oauth_client.get_authorization_url(redirect_url, "", scopes)
        return OAuth2AuthorizeResponse(authorization_url=url)

    @router.get(
        "/callback",
        response_model=user_schema,
        name=name + ".callback",
        description=_CALLBACK,
        responses=bad_request(_STATE, *_TOKEN),
    )
    async def callback(
        request: Request,
        user=Depends(get_current_active_user),
        access_token_state=Depends(authorized),
        user_manager=Depends(get_user_manager),
    ):
        token, state = access_token_state
        account_id, account_email = await oauth_client.get_id_email(token["access_token"])
        return await user_manager.oauth_associate_callback(
            user, oauth_client.name, token["access_token"], account_id, account_email, request=request
        )

    return router
