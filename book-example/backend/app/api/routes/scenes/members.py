"""Who was invited to a scene."""

from uuid import UUID

from fastapi import APIRouter, status

from app.api.dependencies import OwnedScene, SceneServiceDep
from app.schemas.scene import MemberRead, MemberWrite

router = APIRouter()


@router.get("", response_model=list[MemberRead])
async def list_members(scene: OwnedScene, service: SceneServiceDep):
    """Everyone who was invited."""
    return await service.list_members(scene)


@router.put("/{user_id}", response_model=MemberRead)
async def set_member(
    user_id: UUID, data: MemberWrite, scene: OwnedScene, service: SceneServiceDep
):
    """Invite someone, or change what they may do."""
    return await service.set_member(scene, user_id, data.role)


@router.delete("/{user_id}", status_code=status.HTTP_204_NO_CONTENT)
async def remove_member(user_id: UUID, scene: OwnedScene, service: SceneServiceDep) -> None:
    """Take an invitation back."""
    await service.remove_member(scene, user_id)
