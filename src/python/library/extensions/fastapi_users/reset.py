"""https://fastapi-users.github.io/fastapi-users/latest/configuration/routers/reset/"""
from fastapi import APIRouter, Body, Depends, Request
from fastapi_users.router.common import ErrorCode, bad_request, described, password_error
from pydantic import EmailStr

RESET_PASSWORD_RESPONSES = bad_request(
    described(ErrorCode.RESET_PASSWORD_BAD_TOKEN, "Bad or expired token."),
    password_error(ErrorCode.RESET_PASSWORD_INVALID_PASSWORD, "Password should be at least 3 characters"),
)


def get_reset_password_router(get_user_manager):
    router = APIRouter()

    @router.post("/forgot-password", status_code=202, name="reset:forgot_password")
    async def forgot_password(
        request: Request, email: EmailStr = Body(..., embed=True), user_manager=Depends(get_user_manager)
    ):
        user = await user_manager.get_by_email(email)
        await user_manager.forgot_password(user, request)

    @router.post("/reset-password", name="reset:reset_password", responses=RESET_PASSWORD_RESPONSES)
    async def reset_password(
        request: Request, token: str = Body(...), password: str = Body(...), user_manager=Depends(get_user_manager)
    ):
        await user_manager.reset_password(token, password, request)

    return router
