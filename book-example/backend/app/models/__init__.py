"""The tables. Importing this package registers all of them."""

from app.models.asset import Asset
from app.models.scene import MemberRole, NodeKind, Scene, SceneMember, SceneNode, Visibility
from app.models.user import User

__all__ = [
    "Asset",
    "MemberRole",
    "NodeKind",
    "Scene",
    "SceneMember",
    "SceneNode",
    "User",
    "Visibility",
]
