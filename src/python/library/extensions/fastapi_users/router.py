"""https://fastapi-users.github.io/fastapi-users/latest/configuration/routers/"""
from fastapi_users.router.auth import get_auth_router as get_auth_router
from fastapi_users.router.common import ErrorCode as ErrorCode
from fastapi_users.router.oauth import get_oauth_associate_router as get_oauth_associate_router
from fastapi_users.router.oauth import get_oauth_router as get_oauth_router
from fastapi_users.router.register import get_register_router as get_register_router
from fastapi_users.router.reset import get_reset_password_router as get_reset_password_router
from fastapi_users.router.users import get_users_router as get_users_router
from fastapi_users.router.verify import get_verify_router as get_verify_router
