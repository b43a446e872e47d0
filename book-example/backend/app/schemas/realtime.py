"""What is said in a room. `type` tells the messages apart, on both sides."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, TypeAdapter

from app.schemas.scene import Vector3


class NodeMoved(BaseModel):
    type: Literal["node.moved"] = "node.moved"
    node_id: UUID
    position: Vector3
    rotation: Vector3


class CursorMoved(BaseModel):
    type: Literal["cursor.moved"] = "cursor.moved"
    position: Vector3


ClientMessage = Annotated[NodeMoved | CursorMoved, Field(discriminator="type")]
client_message = TypeAdapter(ClientMessage)


class Presence(BaseModel):
    """Sent to everyone when someone joins or leaves."""

    type: Literal["presence"] = "presence"
    user_id: UUID
    online: bool


class SceneChanged(BaseModel):
    """Sent when a scene changed by REST, so that open viewers fetch it again."""

    type: Literal["scene.changed"] = "scene.changed"
    revision: int


class Relayed(BaseModel):
    """A client's message with its sender."""

    type: Literal["relayed"] = "relayed"
    sender_id: UUID
    message: ClientMessage
