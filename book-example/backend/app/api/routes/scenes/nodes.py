"""What stands in a scene."""

from uuid import UUID

from fastapi import APIRouter, status

from app.api.dependencies import EditableScene, SceneServiceDep
from app.schemas.scene import NodeRead, NodeWrite

router = APIRouter()


@router.post("", response_model=NodeRead, status_code=status.HTTP_201_CREATED)
async def add_node(data: NodeWrite, scene: EditableScene, service: SceneServiceDep):
    """Put an object into a scene."""
    return await service.add_node(scene, data)


@router.put("/{node_id}", response_model=NodeRead)
async def replace_node(
    node_id: UUID, data: NodeWrite, scene: EditableScene, service: SceneServiceDep
):
    """Change an object as a whole."""
    return await service.replace_node(scene, node_id, data)


@router.delete("/{node_id}", status_code=status.HTTP_204_NO_CONTENT)
async def remove_node(node_id: UUID, scene: EditableScene, service: SceneServiceDep) -> None:
    """Take an object out of a scene."""
    await service.remove_node(scene, node_id)
