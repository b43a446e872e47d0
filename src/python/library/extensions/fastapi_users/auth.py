"""https://fastapi-users.github.io/fastapi-users/latest/configuration/routers/auth/"""
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.security import OAuth2PasswordRequestForm
from fastapi_users.router.common import UNAUTHORIZED, ErrorCode, bad_request, described


def get_auth_router(backend, get_user_manager, authenticator, requires_verification=False):
    router = APIRouter()
    get_current_user_token = authenticator.current_user_token(active=True, verified=requires_verification)
    refused = bad_request(
        described(ErrorCode.LOGIN_BAD_CREDENTIALS, "Bad credentials or the user is inactive."),
        described(ErrorCode.LOGIN_USER_NOT_VERIFIED, "The user is not verified."),
    )

    @router.post(
        "/login",
        name=f"auth:{backend.name}.login",
        responses={**refused, **backend.transport.get_openapi_login_responses_success()},
    )
    async def login(
        request: Request,
        credentials: OAuth2PasswordRequestForm = Depends(),
        user_manager=Depends(get_user_manager),
        strategy=Depends(backend.get_strategy),
    ):
        user = await user_manager.authenticate(credentials)
        if user is None or not user.is_active:
            raise HTTPException(status_code=400, detail=ErrorCode.LOGIN_BAD_CREDENTIALS)
        if requires_verification and not user.is_verified:
            raise HTTPException(status_code=400, detail=ErrorCode.LOGIN_USER_NOT_VERIFIED)
        response = await backend.login(strategy, user)
        await user_manager.on_after_login(user, request, response)
        return response

    @router.post(
        "/logout",
        name=f"auth:{backend.name}.logout",
        responses={**UNAUTHORIZED, **backend.transport.get_openapi_logout_responses_success()},
    )
    async def logout(user_token=Depends(get_current_user_token), strategy=Depends(backend.get_strategy)):
        user, token = user_token
        return await backend.logout(strategy, user, token)

    return router
