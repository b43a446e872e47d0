"""Redis: cached responses and the refresh tokens that are still good."""

from datetime import timedelta
from uuid import UUID

from redis.asyncio import Redis

from app.core.config import settings

redis_client = Redis.from_url(settings.REDIS_URL, decode_responses=True)


class Cache:
    """Cached text by key, each with a time to live."""

    def __init__(self, client: Redis) -> None:
        self.client = client

    async def get(self, key: str) -> str | None:
        return await self.client.get(key)

    async def put(self, key: str, value: str, lifetime: timedelta) -> None:
        await self.client.set(key, value, ex=lifetime)

    async def forget(self, *keys: str) -> None:
        await self.client.delete(*keys)


class RefreshTokenStore:
    """Ids of refresh tokens that were issued and not used yet: each works once."""

    def __init__(self, client: Redis) -> None:
        self.client = client

    async def remember(self, token_id: str, user_id: UUID) -> None:
        lifetime = timedelta(days=settings.REFRESH_TOKEN_DAYS)
        await self.client.set(f"refresh:{token_id}", str(user_id), ex=lifetime)

    async def take(self, token_id: str) -> bool:
        return await self.client.getdel(f"refresh:{token_id}") is not None


async def get_cache() -> Cache:
    return Cache(redis_client)


async def get_refresh_token_store() -> RefreshTokenStore:
    return RefreshTokenStore(redis_client)
