from enum import Enum
from typing import Annotated, List, Optional

from fastapi import APIRouter, Depends, FastAPI, Header
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field


class Size(str, Enum):
    small = "s"
    large = "l"


class Parcel(BaseModel):
    id: int
    size: Size = Size.small
    note: Optional[str] = Field(None, max_length=20)


class Event(BaseModel):
    name: str
    parcel: Parcel


def caller(x_caller: Annotated[str, Header()]) -> str:
    return x_caller


class CountedApp(FastAPI):
    def openapi(self):
        document = super().openapi()
        document["x-count"] = len(document["paths"])
        return document


api = CountedApp(title="API", description="Of the mounted application", version="7")
router = APIRouter(prefix="/parcels", dependencies=[Depends(caller)])


@router.get("", tags=["public"])
def parcels(size: Size = Size.large) -> List[Parcel]: ...


@router.post("", tags=["public", "write"])
def send(parcel: Parcel) -> Parcel: ...


@router.delete("/{id}", tags=["internal"])
def drop(id: int): ...


@router.post("/{id}/events", tags=["internal"])
def event(id: int, event: Event): ...


api.include_router(router)

app = FastAPI(
    title="Outer",
    version="3",
    description="Of the outer application",
    contact={"name": "Nobody"},
    openapi_tags=[{"name": "public"}],
    servers=[{"url": "https://example.org"}],
)


@app.get("/health")
def health() -> dict: ...


@app.webhooks.post("parcel-arrived")
def arrived(parcel: Parcel): ...


app.mount("/api", api)


def is_public(route):
    return isinstance(route, APIRoute) and "public" in route.tags


def openapi():
    document = get_openapi(
        title="Public",
        version=app.version,
        routes=[route for route in routers() if is_public(route)],
        license_info={"name": "MIT"},
        tags=app.openapi_tags,
    )
    document["x-own"] = get_openapi(title=app.title, version=app.version, routes=app.routes)
    document["x-own-with-hooks"] = get_openapi(
        title=app.title, version=app.version, routes=app.routes, webhooks=app.webhooks.routes
    )
    document["x-whole"] = api.openapi()
    return document


def routers():
    return list(router.routes)


app.openapi = openapi
