"""The rooms of this process, joined to those of the others through Redis."""

from collections import defaultdict
from uuid import UUID

from fastapi import WebSocket
from pydantic import BaseModel
from redis.asyncio import Redis

from app.cache import redis_client
from app.core.metrics import ROOM_CONNECTIONS

CHANNEL_PREFIX = "scene:"


class RoomHub:
    """Every message goes through Redis, also to the sender's own process: one way, one order."""

    def __init__(self, client: Redis) -> None:
        self.client = client
        self.rooms: dict[UUID, set[WebSocket]] = defaultdict(set)

    async def join(self, scene_id: UUID, websocket: WebSocket) -> None:
        await websocket.accept()
        self.rooms[scene_id].add(websocket)
        ROOM_CONNECTIONS.inc()

    def leave(self, scene_id: UUID, websocket: WebSocket) -> None:
        room = self.rooms.get(scene_id, set())
        if websocket not in room:
            return
        room.remove(websocket)
        if not room:
            del self.rooms[scene_id]
        ROOM_CONNECTIONS.dec()

    async def publish(self, scene_id: UUID, message: BaseModel) -> None:
        await self.client.publish(f"{CHANNEL_PREFIX}{scene_id}", message.model_dump_json())

    async def listen(self) -> None:
        async with self.client.pubsub() as subscription:
            await subscription.psubscribe(f"{CHANNEL_PREFIX}*")
            async for event in subscription.listen():
                if event["type"] == "pmessage":
                    scene_id = UUID(event["channel"].removeprefix(CHANNEL_PREFIX))
                    await self.deliver(scene_id, event["data"])

    async def deliver(self, scene_id: UUID, text: str) -> None:
        for websocket in list(self.rooms.get(scene_id, ())):
            try:
                await websocket.send_text(text)
            except RuntimeError:
                self.leave(scene_id, websocket)

    async def close(self) -> None:
        for room in list(self.rooms.values()):
            for websocket in list(room):
                await websocket.close(code=1001)


hub = RoomHub(redis_client)


async def get_hub() -> RoomHub:
    return hub
