//! Routers in routers, their prefixes, tags, dependencies and responses; mounts.

use expect_test::expect;

use crate::architecture::fixture::check;

#[test]
fn nested_routers_hand_down_what_they_were_given() {
    check(
        r#"
#- /main.py
from fastapi import Depends, FastAPI
from api import api

def everywhere(x: int = 0): ...

app = FastAPI(dependencies=[Depends(everywhere)], responses={500: {"description": "broken"}})
app.include_router(api, prefix="/api", tags=["api"])
app.include_router(api, prefix="/internal", include_in_schema=False)
#- /api/__init__.py
from fastapi import APIRouter, Depends
from . import users
from .items import router as items

def session(): ...

api = APIRouter(prefix="/v1", tags=["v1"], dependencies=[Depends(session)])
api.include_router(users.router, prefix="/users", tags=["users"], deprecated=True)
api.include_router(items)
#- /api/users.py
from fastapi import APIRouter

router = APIRouter(tags=["own"])

@router.get("")
def list_users(): ...

@router.get("/{id}", tags=["one"], responses={404: {"description": "nobody"}})
def read_user(id: int): ...
#- /api/items.py
from fastapi import APIRouter

router = APIRouter(prefix="/items", include_in_schema=True)

@router.get("/")
async def list_items(): ...

nested = APIRouter(prefix="/{item_id}/parts")

@nested.put("/{part:path}")
def put_part(item_id: int, part: str): ...

router.include_router(nested)
"#,
        expect![[r#"
            GET /api/v1/users -> api.users:list_users; tags api, v1, users, own; query x?; needs everywhere, session; 200; 500; 422
            GET /api/v1/users/{id} -> api.users:read_user; tags api, v1, users, own, one; path id; query x?; needs everywhere, session; 200; 500; 404; 422
            GET /api/v1/items/ -> api.items:list_items; tags api, v1; query x?; needs everywhere, session; 200; 500; 422
            PUT /api/v1/items/{item_id}/parts/{part:path} -> api.items:put_part; tags api, v1; path item_id; path part; query x?; needs everywhere, session; 200; 500; 422
            GET /internal/v1/users -> api.users:list_users; tags v1, users, own; query x?; needs everywhere, session; 200; 500; 422; hidden
            GET /internal/v1/users/{id} -> api.users:read_user; tags v1, users, own, one; path id; query x?; needs everywhere, session; 200; 500; 404; 422; hidden
            GET /internal/v1/items/ -> api.items:list_items; tags v1; query x?; needs everywhere, session; 200; 500; 422; hidden
            PUT /internal/v1/items/{item_id}/parts/{part:path} -> api.items:put_part; tags v1; path item_id; path part; query x?; needs everywhere, session; 200; 500; 422; hidden
        "#]],
    );
}

#[test]
fn routes_that_are_added_to_a_router_after_its_inclusion() {
    check(
        r#"
#- /main.py
from fastapi import APIRouter, FastAPI

app = FastAPI()
router = APIRouter()

@router.get("/before")
def before(): ...

app.include_router(router)

@router.get("/after")
def after(): ...
"#,
        expect![[r#"
            GET /before -> main:before; 200
            GET /after -> main:after; 200
        "#]],
    );
}

#[test]
fn until_0_136_an_inclusion_is_a_copy() {
    check(
        r#"
#- version fastapi 0.115.0
#- /main.py
from fastapi import APIRouter, FastAPI

app = FastAPI()
router = APIRouter()

@router.get("/before")
def before(): ...

app.include_router(router)

@router.get("/after")
def after(): ...
"#,
        expect![[r#"
            GET /before -> main:before; 200
        "#]],
    );
}

#[test]
fn prefixes_out_of_settings() {
    check(
        r#"
#- env API_VERSION=v7
#- env SHOP__PATH=/shop
#- /main.py
from fastapi import FastAPI
from routes import router
from settings import settings

app = FastAPI(title=settings.title)
app.include_router(router, prefix=f"{settings.api_prefix}/{settings.api_version}")
app.include_router(router, prefix=settings.shop.path)
#- /settings.py
from functools import lru_cache
from pydantic import BaseModel
from pydantic_settings import BaseSettings, SettingsConfigDict

class Shop(BaseModel):
    path: str = "/nowhere"

class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_nested_delimiter="__")

    title: str = "Demo"
    api_prefix: str = "/api"
    api_version: str = "v1"
    shop: Shop = Shop()

@lru_cache
def get_settings() -> Settings:
    return Settings()

settings = get_settings()
#- /routes.py
from fastapi import APIRouter

router = APIRouter()

@router.get("/items")
def items(): ...
"#,
        expect![[r#"
            GET /api/v7/items -> routes:items; 200
            GET /shop/items -> routes:items; 200
        "#]],
    );
}

#[test]
fn mounts() {
    check(
        r#"
#- /main.py
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

def home(request):
    return PlainTextResponse("home")

admin = FastAPI()

@admin.get("/users")
def users(): ...

inner = FastAPI()
inner.get("/deep")(home)
admin.mount("/inner", inner)

app = FastAPI(routes=[Route("/plain", home)])
app.mount("/admin", admin, name="admin")
app.mount("/static", StaticFiles(directory=".", check_dir=False), name="static")
app.mount("/other", Starlette(routes=[Route("/x", home), Mount("/y", routes=[Route("/z", home)])]))
"#,
        expect![[r#"
            GET,HEAD /plain -> main:home; hidden
            MOUNT /admin -> FastAPI
                GET /users -> main:users; 200
                MOUNT /inner -> FastAPI
                    GET /deep -> main:home; query request; 200; 422
            MOUNT /static -> StaticFiles
            MOUNT /other -> Starlette
                GET,HEAD /x -> main:home; hidden
                MOUNT /y -> Router
        "#]],
    );
}
