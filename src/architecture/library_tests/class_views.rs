//! Class-based views: fastapi-utils, classy-fastapi, fastapi-class.

use expect_test::expect;

use crate::architecture::fixture::check;

#[test]
fn cbv() {
    check(
        r#"
#- /main.py
from fastapi import FastAPI
from views import router

app = FastAPI()
app.include_router(router, prefix="/api")
#- /views.py
from typing import ClassVar
from fastapi import APIRouter, Depends, Header
from fastapi_utils.cbv import cbv
from fastapi_utils.inferring_router import InferringRouter

router = InferringRouter(prefix="/items", tags=["items"])

def session():
    yield 1

def user(x_token: str = Header()): ...

@cbv(router)
class Items:
    kind: ClassVar[str] = "item"
    session: object = Depends(session)
    user: object = Depends(user)

    def __init__(self, page: int = 1):
        self.page = page

    @router.get("/{id}")
    def read(self, id: int) -> str:
        """Reads one."""

    @router.post("/", status_code=201)
    async def create(self, name: str): ...
"#,
        expect![[r#"
            GET /api/items/{id} -> views:Items.read; tags items, items; path id; query page?; header x-token; needs Items(session~, user); 200 str; 422
            POST /api/items/ -> views:Items.create; tags items, items; query name; query page?; header x-token; needs Items(session~, user); 201; 422
        "#]],
    );
}

#[test]
fn resources() {
    check(
        r#"
#- /main.py
from fastapi import FastAPI
from fastapi_utils import Api, Resource, set_responses
from pydantic import BaseModel

class Out(BaseModel):
    name: str

class Things(Resource):
    def __init__(self, store):
        self.store = store

    @set_responses(Out, 201)
    def post(self, id: int): ...

    def get(self, id: int, q: str = ""): ...

app = FastAPI()
api = Api(app)
api.add_resource(Things({}), "/things/{id}")
"#,
        expect![[r#"
            GET /things/{id} -> main:Things.get; path id; query q?; needs Things; 200; 422
            POST /things/{id} -> main:Things.post; path id; needs Things; 201 Out; 422
        "#]],
    );
}

#[test]
fn routable() {
    check(
        r#"
#- /main.py
from classy_fastapi import Routable, delete, get, websocket
from fastapi import FastAPI, Query, WebSocket

class Users(Routable):
    def __init__(self, dao, **options):
        super().__init__(**options)
        self.dao = dao

    @get("/users/{name}")
    def find(self, name: str, deep: bool = Query(False)) -> str:
        """Finds one."""

    @delete("/users/{name}", status_code=204)
    async def remove(self, name: str) -> None: ...

    @websocket("/live")
    async def live(self, socket: WebSocket): ...

app = FastAPI()
users = Users({}, prefix="/v1", tags=["users"])
app.include_router(users.router)
"#,
        expect![[r#"
            GET /v1/users/{name} -> main:Users.find; tags users; path name; query deep?; 200; 422
            DELETE /v1/users/{name} -> main:Users.remove; tags users; path name; 204; 422
            WEBSOCKET /v1/live -> main:Users.live
        "#]],
    );
}

#[test]
fn views() {
    check(
        r#"
#- /main.py
from fastapi import FastAPI, HTTPException
from fastapi.responses import PlainTextResponse
from fastapi_class import View, endpoint
from pydantic import BaseModel

class Item(BaseModel):
    name: str

app = FastAPI()

@View(app, path="/items")
class ItemView:
    EXCEPTIONS = {"common": (HTTPException(404, detail="no such item"),)}
    response_model = {"post": Item}
    response_class = {"delete": PlainTextResponse}

    async def get(self, limit: int = 50): ...

    async def post(self, item: Item): ...

    async def delete(self, id: int): ...

    @endpoint(("PUT",), path="/edit", name="Edit it", status_code=202)
    async def edit(self, item: Item): ...
"#,
        expect![[r#"
            DELETE /items -> main:ItemView.delete; query id; 200; 404 ExceptionModel; 422
            PUT /items/edit -> main:ItemView.edit; body application/json Item; 202; 404 ExceptionModel; 422
            GET /items -> main:ItemView.get; query limit?; 200; 404 ExceptionModel; 422
            POST /items -> main:ItemView.post; body application/json Item; 200 Item; 404 ExceptionModel; 422
        "#]],
    );
}
