"""For operators. The router itself asks for an administrator, so no route can forget to."""

from uuid import UUID

from fastapi import APIRouter, Depends, HTTPException, status

from app.api.dependencies import (
    AdminUser,
    AssetsDep,
    PaginationDep,
    SceneServiceDep,
    ScenesDep,
    UserServiceDep,
    UsersDep,
    require_admin,
)
from app.schemas.admin import Statistics
from app.schemas.common import Page
from app.schemas.user import UserRead

router = APIRouter(tags=["admin"], dependencies=[Depends(require_admin)])


@router.get("/users", response_model=Page[UserRead])
async def list_users(page: PaginationDep, service: UserServiceDep):
    """All accounts, the oldest first."""
    users, total = await service.list(page.limit, page.offset)
    return {"items": users, "total": total, "limit": page.limit, "offset": page.offset}


@router.post("/users/{user_id}/deactivate", response_model=UserRead)
async def deactivate_user(user_id: UUID, admin: AdminUser, service: UserServiceDep):
    """Close an account. Its tokens stop working at once."""
    return await service.deactivate(user_id, admin)


@router.delete("/scenes/{scene_id}", status_code=status.HTTP_204_NO_CONTENT)
async def remove_scene(scene_id: UUID, scenes: ScenesDep, service: SceneServiceDep) -> None:
    """Delete anyone's scene."""
    scene = await scenes.get(scene_id)
    if scene is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such scene")
    await service.delete(scene)


@router.get("/statistics", response_model=Statistics)
async def read_statistics(users: UsersDep, scenes: ScenesDep, assets: AssetsDep) -> Statistics:
    """How much of everything there is."""
    return Statistics(
        users=await users.count(),
        scenes=await scenes.count(),
        assets=await assets.count(),
        stored_bytes=await assets.stored_bytes(),
    )
