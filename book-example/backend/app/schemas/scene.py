"""Scenes, as seen from outside."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.models import MemberRole, NodeKind, Visibility

Vector3 = Annotated[list[float], Field(min_length=3, max_length=3)]


class SceneCreate(BaseModel):
    title: str = Field(min_length=1, max_length=120)
    description: str = Field(default="", max_length=2000)
    visibility: Visibility = Visibility.PRIVATE


class SceneUpdate(BaseModel):
    title: str | None = Field(default=None, min_length=1, max_length=120)
    description: str | None = Field(default=None, max_length=2000)
    visibility: Visibility | None = None
    revision: int = Field(ge=1, description="The revision that the change was made on.")


class SceneSummary(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    owner_id: UUID
    title: str
    visibility: Visibility
    updated_at: datetime


class NodeWrite(BaseModel):
    name: str = Field(min_length=1, max_length=120)
    kind: NodeKind = NodeKind.GROUP
    asset_id: UUID | None = None
    position: Vector3 = [0.0, 0.0, 0.0]
    rotation: Vector3 = [0.0, 0.0, 0.0]
    scale: Vector3 = [1.0, 1.0, 1.0]
    properties: dict[str, Any] = {}


class NodeRead(NodeWrite):
    model_config = ConfigDict(from_attributes=True)

    id: UUID


class SceneRead(SceneSummary):
    description: str
    revision: int
    nodes: list[NodeRead]


class MemberWrite(BaseModel):
    role: MemberRole


class MemberRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    user_id: UUID
    role: MemberRole
