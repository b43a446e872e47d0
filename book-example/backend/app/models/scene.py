"""Scenes, what stands in them and who may see them."""

from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, DateTime
from sqlmodel import Field, SQLModel

from app.models.base import Record, utc_now


class Visibility(str, Enum):
    PRIVATE = "private"
    PUBLIC = "public"


class NodeKind(str, Enum):
    GROUP = "group"
    MODEL = "model"
    LIGHT = "light"
    BODY = "body"


class MemberRole(str, Enum):
    VIEWER = "viewer"
    EDITOR = "editor"


class Scene(Record, table=True):
    __tablename__ = "scenes"

    owner_id: UUID = Field(foreign_key="users.id", index=True)
    title: str = Field(max_length=120)
    description: str = ""
    visibility: Visibility = Visibility.PRIVATE
    revision: int = 1
    updated_at: datetime = Field(default_factory=utc_now, sa_type=DateTime(timezone=True))


class SceneNode(Record, table=True):
    """One object of a scene. Transforms are three numbers each: metres, radians, factors."""

    __tablename__ = "scene_nodes"

    scene_id: UUID = Field(foreign_key="scenes.id", index=True, ondelete="CASCADE")
    asset_id: UUID | None = Field(default=None, foreign_key="assets.id")
    kind: NodeKind = NodeKind.GROUP
    name: str = Field(max_length=120)
    position: list[float] = Field(default_factory=lambda: [0.0, 0.0, 0.0], sa_column=Column(JSON))
    rotation: list[float] = Field(default_factory=lambda: [0.0, 0.0, 0.0], sa_column=Column(JSON))
    scale: list[float] = Field(default_factory=lambda: [1.0, 1.0, 1.0], sa_column=Column(JSON))
    properties: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))


class SceneMember(SQLModel, table=True):
    __tablename__ = "scene_members"

    scene_id: UUID = Field(foreign_key="scenes.id", primary_key=True, ondelete="CASCADE")
    user_id: UUID = Field(foreign_key="users.id", primary_key=True)
    role: MemberRole = MemberRole.VIEWER
