"""A real database in a file, a Redis that is a dictionary, and object storage that is one too."""

import os
import tempfile
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="orrery-tests-")
os.environ["ORRERY_DATABASE_URL"] = f"sqlite+aiosqlite:///{FOLDER.name}/orrery.db"

import pytest  # noqa: E402
from alembic import command  # noqa: E402
from alembic.config import Config  # noqa: E402
from fastapi.testclient import TestClient  # noqa: E402

from app.cache import Cache, RefreshTokenStore, get_cache, get_refresh_token_store  # noqa: E402
from app.core.limiter import limiter  # noqa: E402
from app.main import create_app  # noqa: E402
from app.realtime.hub import RoomHub, get_hub  # noqa: E402
from app.storage import get_storage  # noqa: E402

BACKEND = Path(__file__).parent.parent


class DictionaryRedis:
    """The commands that the application uses, without expiry."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.published: list[tuple[str, str]] = []

    async def get(self, key):
        return self.values.get(key)

    async def set(self, key, value, ex=None):
        self.values[key] = value

    async def getdel(self, key):
        return self.values.pop(key, None)

    async def delete(self, *keys):
        for key in keys:
            self.values.pop(key, None)

    async def publish(self, channel, text):
        self.published.append((channel, text))


class DictionaryStorage:
    """Objects by key, streamed in two halves."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    async def put(self, key, body, media_type):
        self.objects[key] = body.read()

    async def stream(self, key):
        middle = len(self.objects[key]) // 2
        yield self.objects[key][:middle]
        yield self.objects[key][middle:]


@pytest.fixture(scope="session")
def alembic_config() -> Config:
    config = Config(BACKEND / "alembic.ini")
    command.upgrade(config, "head")
    return config


@pytest.fixture
def redis() -> DictionaryRedis:
    return DictionaryRedis()


@pytest.fixture
def client(alembic_config: Config, redis: DictionaryRedis) -> TestClient:
    """Without its lifespan: nothing is running beside it."""
    app = create_app()
    app.dependency_overrides[get_cache] = lambda: Cache(redis)
    app.dependency_overrides[get_refresh_token_store] = lambda: RefreshTokenStore(redis)
    storage = DictionaryStorage()
    app.dependency_overrides[get_storage] = lambda: storage
    app.dependency_overrides[get_hub] = lambda: RoomHub(redis)
    limiter.reset()
    return TestClient(app)
