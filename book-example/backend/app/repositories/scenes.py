"""Queries of scenes, their nodes and members."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from sqlmodel import col, or_, select

from app.models import Scene, SceneMember, SceneNode, Visibility
from app.repositories.base import Repository


class SceneRepository(Repository[Scene]):
    model = Scene

    @staticmethod
    def visible_to(user_id: UUID):
        invited = select(SceneMember.scene_id).where(SceneMember.user_id == user_id)
        return or_(Scene.owner_id == user_id, col(Scene.id).in_(invited))

    async def list_visible(
        self, user_id: UUID, search: str | None, limit: int, offset: int
    ) -> tuple[Sequence[Scene], int]:
        conditions = [self.visible_to(user_id)]
        if search:
            conditions.append(col(Scene.title).icontains(search, autoescape=True))
        statement = (
            select(Scene)
            .where(*conditions)
            .order_by(col(Scene.updated_at).desc())
            .limit(limit)
            .offset(offset)
        )
        scenes = (await self.session.exec(statement)).all()
        return scenes, await self.count(*conditions)

    async def list_public(self, limit: int) -> Sequence[Scene]:
        statement = (
            select(Scene)
            .where(Scene.visibility == Visibility.PUBLIC)
            .order_by(col(Scene.updated_at).desc())
            .limit(limit)
        )
        return (await self.session.exec(statement)).all()


class NodeRepository(Repository[SceneNode]):
    model = SceneNode

    async def list(self, scene_id: UUID) -> Sequence[SceneNode]:
        statement = (
            select(SceneNode)
            .where(SceneNode.scene_id == scene_id)
            .order_by(col(SceneNode.created_at))
        )
        return (await self.session.exec(statement)).all()

    async def stream(self, scene_id: UUID) -> AsyncIterator[SceneNode]:
        statement = select(SceneNode).where(SceneNode.scene_id == scene_id)
        async for node in await self.session.stream_scalars(statement):
            yield node


class MemberRepository(Repository[SceneMember]):
    model = SceneMember

    async def find(self, scene_id: UUID, user_id: UUID) -> SceneMember | None:
        return await self.session.get(SceneMember, (scene_id, user_id))

    async def list(self, scene_id: UUID) -> Sequence[SceneMember]:
        statement = select(SceneMember).where(SceneMember.scene_id == scene_id)
        return (await self.session.exec(statement)).all()
