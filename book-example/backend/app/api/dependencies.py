"""What a route may ask for, from the session up to a scene that the caller may change."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, HTTPException, Query, Security, WebSocketException, status
from fastapi.security import OAuth2PasswordBearer, SecurityScopes
from sqlmodel.ext.asyncio.session import AsyncSession

from app.cache import Cache, RefreshTokenStore, get_cache, get_refresh_token_store
from app.core.config import settings
from app.core.security import SCOPES, InvalidToken, read_token
from app.db import get_session
from app.models import MemberRole, Scene, User, Visibility
from app.realtime.hub import RoomHub, get_hub
from app.repositories.assets import AssetRepository
from app.repositories.scenes import MemberRepository, NodeRepository, SceneRepository
from app.repositories.users import UserRepository
from app.services.assets import AssetService
from app.services.auth import AuthService
from app.services.scenes import SceneService
from app.services.thumbnails import ThumbnailService
from app.services.users import UserService
from app.storage import Storage, get_storage

oauth2_scheme = OAuth2PasswordBearer(
    tokenUrl=f"{settings.API_PREFIX}/auth/token",
    refreshUrl=f"{settings.API_PREFIX}/auth/refresh",
    scopes=SCOPES,
)

SessionDep = Annotated[AsyncSession, Depends(get_session)]
CacheDep = Annotated[Cache, Depends(get_cache)]
RefreshTokensDep = Annotated[RefreshTokenStore, Depends(get_refresh_token_store)]
StorageDep = Annotated[Storage, Depends(get_storage)]
HubDep = Annotated[RoomHub, Depends(get_hub)]


def get_user_repository(session: SessionDep) -> UserRepository:
    return UserRepository(session)


def get_scene_repository(session: SessionDep) -> SceneRepository:
    return SceneRepository(session)


def get_node_repository(session: SessionDep) -> NodeRepository:
    return NodeRepository(session)


def get_member_repository(session: SessionDep) -> MemberRepository:
    return MemberRepository(session)


def get_asset_repository(session: SessionDep) -> AssetRepository:
    return AssetRepository(session)


UsersDep = Annotated[UserRepository, Depends(get_user_repository)]
ScenesDep = Annotated[SceneRepository, Depends(get_scene_repository)]
NodesDep = Annotated[NodeRepository, Depends(get_node_repository)]
MembersDep = Annotated[MemberRepository, Depends(get_member_repository)]
AssetsDep = Annotated[AssetRepository, Depends(get_asset_repository)]


def get_auth_service(users: UsersDep, refresh_tokens: RefreshTokensDep) -> AuthService:
    return AuthService(users, refresh_tokens)


def get_user_service(users: UsersDep) -> UserService:
    return UserService(users)


def get_scene_service(
    scenes: ScenesDep, nodes: NodesDep, members: MembersDep, cache: CacheDep, hub: HubDep
) -> SceneService:
    return SceneService(scenes, nodes, members, cache, hub)


def get_asset_service(assets: AssetsDep, storage: StorageDep) -> AssetService:
    return AssetService(assets, storage)


AuthServiceDep = Annotated[AuthService, Depends(get_auth_service)]
UserServiceDep = Annotated[UserService, Depends(get_user_service)]
SceneServiceDep = Annotated[SceneService, Depends(get_scene_service)]
AssetServiceDep = Annotated[AssetService, Depends(get_asset_service)]
ThumbnailServiceDep = Annotated[ThumbnailService, Depends(ThumbnailService)]


class Pagination:
    """`limit` and `offset` of a list."""

    def __init__(
        self,
        limit: Annotated[int, Query(ge=1, le=100, description="At most so many items.")] = 20,
        offset: Annotated[int, Query(ge=0, description="Skip so many items.")] = 0,
    ) -> None:
        self.limit = limit
        self.offset = offset


PaginationDep = Annotated[Pagination, Depends()]


async def get_current_user(
    security_scopes: SecurityScopes,
    token: Annotated[str, Depends(oauth2_scheme)],
    users: UsersDep,
) -> User:
    """The owner of the bearer token, if it carries every scope asked for on the way here."""
    challenge = "Bearer"
    if security_scopes.scopes:
        challenge = f'Bearer scope="{security_scopes.scope_str}"'
    headers = {"WWW-Authenticate": challenge}
    try:
        claims = read_token(token, "access")
    except InvalidToken:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Invalid token", headers)
    user = await users.get(claims.user_id)
    if user is None or not user.is_active:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Unknown user", headers)
    for scope in security_scopes.scopes:
        if scope not in claims.scopes:
            raise HTTPException(status.HTTP_403_FORBIDDEN, "Not enough permissions", headers)
    return user


ProfileUser = Annotated[User, Security(get_current_user, scopes=["profile"])]
SceneReader = Annotated[User, Security(get_current_user, scopes=["scenes:read"])]
SceneWriter = Annotated[User, Security(get_current_user, scopes=["scenes:write"])]
AssetWriter = Annotated[User, Security(get_current_user, scopes=["assets:write"])]


async def require_admin(
    user: Annotated[User, Security(get_current_user, scopes=["admin"])],
) -> User:
    """An account that is an administrator still, whatever its token says."""
    if not user.is_admin:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Administrators only")
    return user


AdminUser = Annotated[User, Depends(require_admin)]


async def get_readable_scene(
    scene_id: UUID, user: SceneReader, scenes: ScenesDep, members: MembersDep
) -> Scene:
    scene = await scenes.get(scene_id)
    if scene is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such scene")
    if scene.visibility is Visibility.PRIVATE and scene.owner_id != user.id:
        if await members.find(scene_id, user.id) is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, "No such scene")
    return scene


ReadableScene = Annotated[Scene, Depends(get_readable_scene)]


async def get_editable_scene(scene: ReadableScene, user: SceneWriter, members: MembersDep) -> Scene:
    if scene.owner_id == user.id:
        return scene
    member = await members.find(scene.id, user.id)
    if member is None or member.role is not MemberRole.EDITOR:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "You may only look at this scene")
    return scene


async def get_owned_scene(scene: ReadableScene, user: SceneWriter) -> Scene:
    if scene.owner_id != user.id:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Only the owner may do this")
    return scene


EditableScene = Annotated[Scene, Depends(get_editable_scene)]
OwnedScene = Annotated[Scene, Depends(get_owned_scene)]


async def get_room_user(
    scene_id: UUID,
    token: Annotated[str, Query(description="An access token: browsers send no headers here.")],
    users: UsersDep,
    scenes: ScenesDep,
    members: MembersDep,
) -> User:
    """Who may enter the room of a scene: whoever may read the scene."""
    try:
        claims = read_token(token, "access")
    except InvalidToken:
        raise WebSocketException(status.WS_1008_POLICY_VIOLATION, "Invalid token")
    user = await users.get(claims.user_id)
    if user is None or not user.is_active or "scenes:read" not in claims.scopes:
        raise WebSocketException(status.WS_1008_POLICY_VIOLATION, "Not allowed")
    try:
        await get_readable_scene(scene_id, user, scenes, members)
    except HTTPException as error:
        raise WebSocketException(status.WS_1008_POLICY_VIOLATION, error.detail)
    return user


RoomUser = Annotated[User, Depends(get_room_user)]
