"""https://fastapi-users.github.io/fastapi-users/latest/configuration/routers/verify/"""
from fastapi import APIRouter, Body, Depends, Request
from fastapi_users.router.common import ErrorCode, bad_request, described
from pydantic import EmailStr


def get_verify_router(get_user_manager, user_schema):
    router = APIRouter()
    refused = bad_request(
        described(
            ErrorCode.VERIFY_USER_BAD_TOKEN,
            "Bad token, not existing user or not the e-mail currently set for the user.",
        ),
        described(ErrorCode.VERIFY_USER_ALREADY_VERIFIED, "The user is already verified."),
    )

    @router.post("/request-verify-token", status_code=202, name="verify:request-token")
    async def request_verify_token(
        request: Request, email: EmailStr = Body(..., embed=True), user_manager=Depends(get_user_manager)
    ):
        user = await user_manager.get_by_email(email)
        await user_manager.request_verify(user, request)

    @router.post("/verify", response_model=user_schema, name="verify:verify", responses=refused)
    async def verify(request: Request, token: str = Body(..., embed=True), user_manager=Depends(get_user_manager)):
        return await user_manager.verify(token, request)

    return router
