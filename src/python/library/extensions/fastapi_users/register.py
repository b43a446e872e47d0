"""https://fastapi-users.github.io/fastapi-users/latest/configuration/routers/register/"""
from fastapi import APIRouter, Depends, Request
from fastapi_users.router.common import ErrorCode, bad_request, described, password_error


def get_register_router(get_user_manager, user_schema, user_create_schema):
    router = APIRouter()
    refused = bad_request(
        described(ErrorCode.REGISTER_USER_ALREADY_EXISTS, "A user with this email already exists."),
        password_error(ErrorCode.REGISTER_INVALID_PASSWORD, "Password should beat least 3 characters"),
    )

    @router.post(
        "/register", response_model=user_schema, status_code=201, name="register:register", responses=refused
    )
    async def register(request: Request, user_create: user_create_schema, user_manager=Depends(get_user_manager)):
        return await user_manager.create(user_create, safe=True, request=request)

    return router
