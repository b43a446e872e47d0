"""https://fastapi-users.github.io/fastapi-users/latest/configuration/routers/users/"""
from fastapi import APIRouter, Depends, Request, Response
from fastapi_users.router.common import (
    FORBIDDEN, NOT_FOUND, UNAUTHORIZED, ErrorCode, bad_request, described, password_error,
)


def get_users_router(get_user_manager, user_schema, user_update_schema, authenticator, requires_verification=False):
    router = APIRouter()
    get_current_active_user = authenticator.current_user(active=True, verified=requires_verification)
    get_current_superuser = authenticator.current_user(active=True, verified=requires_verification, superuser=True)
    refused = bad_request(
        described(ErrorCode.UPDATE_USER_EMAIL_ALREADY_EXISTS, "A user with this email already exists."),
        password_error(ErrorCode.UPDATE_USER_INVALID_PASSWORD, "Password should beat least 3 characters"),
    )
    administration = {**UNAUTHORIZED, **FORBIDDEN, **NOT_FOUND}

    async def get_user_or_404(id: str, user_manager=Depends(get_user_manager)):
        return await user_manager.get(user_manager.parse_id(id))

    @router.get("/me", response_model=user_schema, name="users:current_user", responses=UNAUTHORIZED)
    async def me(user=Depends(get_current_active_user)):
        return user

    @router.patch(
        "/me",
        response_model=user_schema,
        dependencies=[Depends(get_current_active_user)],
        name="users:patch_current_user",
        responses={**UNAUTHORIZED, **refused},
    )
    async def update_me(
        request: Request,
        user_update: user_update_schema,
        user=Depends(get_current_active_user),
        user_manager=Depends(get_user_manager),
    ):
        return await user_manager.update(user_update, user, safe=True, request=request)

    @router.get(
        "/{id}",
        response_model=user_schema,
        dependencies=[Depends(get_current_superuser)],
        name="users:user",
        responses=administration,
    )
    async def get_user(user=Depends(get_user_or_404)):
        return user

    @router.patch(
        "/{id}",
        response_model=user_schema,
        dependencies=[Depends(get_current_superuser)],
        name="users:patch_user",
        responses={**administration, **refused},
    )
    async def update_user(
        user_update: user_update_schema,
        request: Request,
        user=Depends(get_user_or_404),
        user_manager=Depends(get_user_manager),
    ):
        return await user_manager.update(user_update, user, safe=False, request=request)

    @router.delete(
        "/{id}",
        status_code=204,
        response_class=Response,
        dependencies=[Depends(get_current_superuser)],
        name="users:delete_user",
        responses=administration,
    )
    async def delete_user(
        request: Request, user=Depends(get_user_or_404), user_manager=Depends(get_user_manager)
    ):
        await user_manager.delete(user, request=request)

    return router
