"""Accounts."""

from uuid import UUID

from fastapi import APIRouter, BackgroundTasks, Request, Security, status

from app.api.dependencies import ProfileUser, UserServiceDep, get_current_user
from app.core.limiter import limiter
from app.mail import send_welcome
from app.models import User
from app.schemas.user import PasswordChange, UserCreate, UserPublic, UserRead, UserUpdate

router = APIRouter(prefix="/users", tags=["users"])


@router.post("", response_model=UserRead, status_code=status.HTTP_201_CREATED)
@limiter.limit("3/minute")
async def register(
    request: Request, data: UserCreate, service: UserServiceDep, tasks: BackgroundTasks
):
    """Open an account. A welcome mail follows."""
    user = await service.register(data)
    tasks.add_task(send_welcome, user.email, user.display_name)
    return user


@router.get("/me", response_model=UserRead)
async def read_me(user: ProfileUser) -> User:
    """One's own account."""
    return user


@router.patch("/me", response_model=UserRead)
async def update_me(data: UserUpdate, user: ProfileUser, service: UserServiceDep):
    """Change one's name."""
    return await service.update(user, data)


@router.put("/me/password", status_code=status.HTTP_204_NO_CONTENT)
@limiter.limit("5/hour")
async def change_password(
    request: Request, data: PasswordChange, user: ProfileUser, service: UserServiceDep
) -> None:
    """Change one's password. The current one is asked for."""
    await service.change_password(user, data)


@router.get(
    "/{user_id}",
    response_model=UserPublic,
    dependencies=[Security(get_current_user, scopes=["profile"])],
)
async def read_user(user_id: UUID, service: UserServiceDep):
    """What anyone signed in may know of someone else."""
    return await service.get(user_id)
