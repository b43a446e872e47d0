"""Scenes."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from uuid import UUID

from pydantic import TypeAdapter

from app.cache import Cache
from app.core.errors import ConflictError, NotFoundError
from app.models import MemberRole, Scene, SceneMember, SceneNode, User, Visibility
from app.models.base import utc_now
from app.realtime.hub import RoomHub
from app.repositories.scenes import MemberRepository, NodeRepository, SceneRepository
from app.schemas.realtime import SceneChanged
from app.schemas.scene import (
    NodeRead,
    NodeWrite,
    SceneCreate,
    SceneRead,
    SceneSummary,
    SceneUpdate,
)

PUBLIC_SCENES_KEY = "scenes:public"
PUBLIC_SCENES_LIFETIME = timedelta(seconds=30)
PUBLIC_SCENES_LIMIT = 50

_summaries = TypeAdapter(list[SceneSummary])


class SceneService:
    def __init__(
        self,
        scenes: SceneRepository,
        nodes: NodeRepository,
        members: MemberRepository,
        cache: Cache,
        hub: RoomHub,
    ) -> None:
        self.scenes = scenes
        self.nodes = nodes
        self.members = members
        self.cache = cache
        self.hub = hub

    async def list_visible(
        self, user: User, search: str | None, limit: int, offset: int
    ) -> tuple[Sequence[Scene], int]:
        return await self.scenes.list_visible(user.id, search, limit, offset)

    async def list_public(self) -> list[SceneSummary]:
        cached = await self.cache.get(PUBLIC_SCENES_KEY)
        if cached is not None:
            return _summaries.validate_json(cached)
        scenes = await self.scenes.list_public(PUBLIC_SCENES_LIMIT)
        summaries = [SceneSummary.model_validate(scene) for scene in scenes]
        text = _summaries.dump_json(summaries).decode()
        await self.cache.put(PUBLIC_SCENES_KEY, text, PUBLIC_SCENES_LIFETIME)
        return summaries

    async def create(self, user: User, data: SceneCreate) -> SceneRead:
        scene = Scene(owner_id=user.id, **data.model_dump())
        await self.scenes.save(scene)
        await self.forget_public(scene)
        return await self.read(scene)

    async def read(self, scene: Scene) -> SceneRead:
        nodes = await self.nodes.list(scene.id)
        summary = SceneSummary.model_validate(scene)
        return SceneRead(
            **summary.model_dump(),
            description=scene.description,
            revision=scene.revision,
            nodes=[NodeRead.model_validate(node) for node in nodes],
        )

    async def update(self, scene: Scene, data: SceneUpdate) -> SceneRead:
        if data.revision != scene.revision:
            raise ConflictError("the scene was changed by someone else")
        changes = data.model_dump(exclude_unset=True, exclude={"revision"})
        for name, value in changes.items():
            setattr(scene, name, value)
        await self.touch(scene)
        return await self.read(scene)

    async def duplicate(self, scene: Scene, user: User) -> SceneRead:
        copy = Scene(owner_id=user.id, title=scene.title, description=scene.description)
        await self.scenes.save(copy)
        for node in await self.nodes.list(scene.id):
            values = node.model_dump(exclude={"id", "scene_id", "created_at"})
            await self.nodes.save(SceneNode(scene_id=copy.id, **values))
        return await self.read(copy)

    async def delete(self, scene: Scene) -> None:
        await self.scenes.delete(scene)
        await self.forget_public(scene)

    async def export(self, scene: Scene) -> AsyncIterator[str]:
        """The scene, then its nodes, one JSON object a line."""
        yield SceneSummary.model_validate(scene).model_dump_json() + "\n"
        async for node in self.nodes.stream(scene.id):
            yield NodeRead.model_validate(node).model_dump_json() + "\n"

    async def add_node(self, scene: Scene, data: NodeWrite) -> SceneNode:
        node = await self.nodes.save(SceneNode(scene_id=scene.id, **data.model_dump()))
        await self.touch(scene)
        return node

    async def replace_node(self, scene: Scene, node_id: UUID, data: NodeWrite) -> SceneNode:
        node = await self.node_of(scene, node_id)
        for name, value in data.model_dump().items():
            setattr(node, name, value)
        await self.nodes.save(node)
        await self.touch(scene)
        return node

    async def remove_node(self, scene: Scene, node_id: UUID) -> None:
        await self.nodes.delete(await self.node_of(scene, node_id))
        await self.touch(scene)

    async def list_members(self, scene: Scene) -> Sequence[SceneMember]:
        return await self.members.list(scene.id)

    async def set_member(self, scene: Scene, user_id: UUID, role: MemberRole) -> SceneMember:
        if user_id == scene.owner_id:
            raise ConflictError("the owner has every right already")
        member = await self.members.find(scene.id, user_id)
        if member is None:
            member = SceneMember(scene_id=scene.id, user_id=user_id)
        member.role = role
        return await self.members.save(member)

    async def remove_member(self, scene: Scene, user_id: UUID) -> None:
        member = await self.members.find(scene.id, user_id)
        if member is None:
            raise NotFoundError("not a member of this scene")
        await self.members.delete(member)

    async def node_of(self, scene: Scene, node_id: UUID) -> SceneNode:
        node = await self.nodes.get(node_id)
        if node is None or node.scene_id != scene.id:
            raise NotFoundError("no such node in this scene")
        return node

    async def touch(self, scene: Scene) -> None:
        scene.revision += 1
        scene.updated_at = utc_now()
        await self.scenes.save(scene)
        await self.forget_public(scene)
        await self.hub.publish(scene.id, SceneChanged(revision=scene.revision))

    async def forget_public(self, scene: Scene) -> None:
        if scene.visibility is Visibility.PUBLIC:
            await self.cache.forget(PUBLIC_SCENES_KEY)
