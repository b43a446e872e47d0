"""https://fastapi-utils.davidmontague.xyz"""
from functools import lru_cache, partial
from enum import Enum

from __arch_transparent__ import transparent
from fastapi import APIRouter
from fastapi.routing import APIRoute, effective_routes
from fastapi_utils.cbv_base import Api, Resource, set_responses, take_init_parameters
from pydantic import BaseModel, ConfigDict
from pydantic_settings import BaseSettings, SettingsConfigDict

InferringRouter = APIRouter


def snake2camel(snake, start_lower=False):
    words = snake.split("_")
    camel = "".join([word[:1].upper() + word[1:] for word in words])
    return camel[:1].lower() + camel[1:] if start_lower else camel


def camel2snake(camel):
    return "".join(["_" + letter.lower() if letter.isupper() else letter for letter in camel]).lstrip("_")


class APIModel(BaseModel):
    model_config = ConfigDict(
        from_attributes=True, populate_by_name=True, alias_generator=partial(snake2camel, start_lower=True)
    )


class APIMessage(APIModel):
    detail: str


class APISettings(BaseSettings):
    debug: bool = False
    docs_url: str = "/docs"
    openapi_prefix: str = ""
    openapi_url: str = "/openapi.json"
    redoc_url: str = "/redoc"
    title: str = "FastAPI"
    version: str = "0.1.0"
    disable_docs: bool = False
    model_config = SettingsConfigDict(env_prefix="api_", validate_assignment=True)

    @property
    def fastapi_kwargs(self):
        hidden = self.disable_docs
        return {
            "debug": self.debug,
            "docs_url": None if hidden else self.docs_url,
            "openapi_prefix": self.openapi_prefix,
            "openapi_url": None if hidden else self.openapi_url,
            "redoc_url": None if hidden else self.redoc_url,
            "title": self.title,
            "version": self.version,
        }


@lru_cache()
def get_api_settings():
    return APISettings()


class StrEnum(str, Enum):
    pass


class CamelStrEnum(str, Enum):
    pass


def simplify_operation_ids(app):
    for route in effective_routes(app.routes):
        if isinstance(route, APIRoute):
            route.operation_id = route.name


def repeat_every(*, seconds, wait_first=None, logger=None, raise_exceptions=False, max_repetitions=None, on_complete=None, on_exception=None):
    return transparent


def add_timing_middleware(app, record=None, prefix="", exclude=None):
    @app.middleware("http")
    async def timing_middleware(request, call_next):
        return await call_next(request)


def record_timing(request, note=None):
    return None


class FastAPISessionMaker:
    def __init__(self, database_uri):
        from sqlalchemy import create_engine
        from sqlalchemy.orm import sessionmaker

        self.database_uri = database_uri
        self.cached_engine = create_engine(database_uri, pool_pre_ping=True)
        self.cached_sessionmaker = sessionmaker(autocommit=False, autoflush=False, bind=self.cached_engine)

    def get_db(self):
        yield self.cached_sessionmaker()

    context_session = get_db
