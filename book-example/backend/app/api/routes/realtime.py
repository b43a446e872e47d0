"""The WebSocket room of a scene."""

from uuid import UUID

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import ValidationError

from app.api.dependencies import HubDep, RoomUser
from app.schemas.realtime import Presence, Relayed, client_message

router = APIRouter(prefix="/ws", tags=["realtime"])


@router.websocket("/scenes/{scene_id}")
async def scene_room(websocket: WebSocket, scene_id: UUID, user: RoomUser, hub: HubDep) -> None:
    await hub.join(scene_id, websocket)
    await hub.publish(scene_id, Presence(user_id=user.id, online=True))
    try:
        while True:
            text = await websocket.receive_text()
            try:
                message = client_message.validate_json(text)
            except ValidationError:
                await websocket.close(code=1003)
                break
            await hub.publish(scene_id, Relayed(sender_id=user.id, message=message))
    except WebSocketDisconnect:
        pass
    finally:
        hub.leave(scene_id, websocket)
        await hub.publish(scene_id, Presence(user_id=user.id, online=False))
