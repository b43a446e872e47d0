//! The ways in which routes come into being.

use expect_test::expect;

use crate::architecture::fixture::check;

#[test]
fn decorators_and_calls() {
    check(
        r#"
#- /main.py
import functools
from fastapi import APIRouter, FastAPI, WebSocket

app = FastAPI()
router = APIRouter()

def timed(function):
    @functools.wraps(function)
    async def wrapper(*args, **kwargs):
        return await function(*args, **kwargs)
    return wrapper

@app.get("/twice")
@app.post("/twice", status_code=201)
@timed
async def twice(q: int = 0):
    """Does it twice."""

@app.api_route("/many", methods=["put", "PATCH"])
def many(): ...

class Handler:
    def __call__(self, name: str): ...

class Service:
    def __init__(self, kind):
        self.kind = kind

    async def run(self, id: int, kind: str = "x"): ...

app.add_api_route("/call", Handler(), name="call")
app.add_api_route("/{id}/run", Service("a").run, methods=["POST"])
app.add_api_route("/partial", functools.partial(lambda a, b: None, b=1), name="partial")
router.add_api_websocket_route("/ws/{room}", lambda websocket: None, name="ws")

@router.websocket("/chat/{room}")
async def chat(websocket: WebSocket, room: str, token: str | None = None): ...

app.include_router(router)
"#,
        expect![[r#"
            POST /twice -> main:twice; query q?; 201; 422
            GET /twice -> main:twice; query q?; 200; 422
            PUT,PATCH /many -> main:many; 200
            GET /call -> main:Handler; query name; 200; 422
            POST /{id}/run -> main:Service.run; path id; query kind?; 200; 422
            GET /partial -> main:<lambda>; query a; query b?; 200; 422
            WEBSOCKET /ws/{room} -> main:<lambda>; query websocket
            WEBSOCKET /chat/{room} -> main:chat; path room; query token?
        "#]],
    );
}

#[test]
fn loops_and_factories() {
    check(
        r#"
#- /main.py
from app import create_app

app = create_app(debug=False)
#- /app/__init__.py
from importlib import import_module
from fastapi import APIRouter, FastAPI

def crud(name, model):
    router = APIRouter(prefix=f"/{name}", tags=[name])

    @router.get("/{id}", response_model=model)
    def read(id: int): ...

    @router.post("/", response_model=model, operation_id=f"create_{name}")
    def create(body: model): ...

    return router

def create_app(debug=True):
    from app.models import Cat, Dog

    app = FastAPI(debug=debug)
    for name, model in {"cats": Cat, "dogs": Dog}.items():
        app.include_router(crud(name, model))
    for name in ("one", "two"):
        module = import_module(f"app.parts.{name}")
        app.include_router(module.router, prefix="/" + name)
    if debug:
        app.add_api_route("/debug", lambda: None, name="debug")
    return app
#- /app/models.py
from pydantic import BaseModel

class Cat(BaseModel):
    name: str

class Dog(BaseModel):
    name: str
#- /app/parts/__init__.py
#- /app/parts/one.py
from fastapi import APIRouter

router = APIRouter()

@router.get("/part")
def part(): ...
#- /app/parts/two.py
from app.parts.one import router
"#,
        expect![[r#"
            GET /cats/{id} -> app:crud.<locals>.read; tags cats; path id; 200 Cat; 422
            POST /cats/ -> app:crud.<locals>.create; tags cats; body application/json Cat; 200 Cat; 422
            GET /dogs/{id} -> app:crud.<locals>.read; tags dogs; path id; 200 Dog; 422
            POST /dogs/ -> app:crud.<locals>.create; tags dogs; body application/json Dog; 200 Dog; 422
            GET /one/part -> app.parts.one:part; 200
            GET /two/part -> app.parts.one:part; 200
        "#]],
    );
}

#[test]
fn conditions_that_are_not_decided() {
    check(
        r#"
#- env FEATURE=yes
#- /main.py
import os
from fastapi import APIRouter, FastAPI
from datetime import datetime

app = FastAPI()
admin = APIRouter(prefix="/admin")

@admin.get("/users")
def users(): ...

if os.environ.get("FEATURE") == "yes":
    @app.get("/decided")
    def decided(): ...

if datetime.now().hour > 12:
    app.include_router(admin)
    if datetime.now().minute:
        @app.get("/afternoon")
        def afternoon(): ...
else:
    @app.get("/morning")
    def morning(): ...
"#,
        expect![[r#"
            GET /decided -> main:decided; 200
            GET /admin/users -> main:users; 200; if datetime.now().hour > 12
            GET /afternoon -> main:afternoon; 200; if datetime.now().hour > 12; if datetime.now().minute
            GET /morning -> main:morning; 200; if not (datetime.now().hour > 12)
        "#]],
    );
}

#[test]
fn classes_that_register_their_methods() {
    check(
        r#"
#- /main.py
from fastapi import APIRouter, Depends, FastAPI
from typing import Generic, TypeVar
from pydantic import BaseModel

T = TypeVar("T")

class Item(BaseModel):
    name: str

class Controller(Generic[T]):
    prefix: str = ""
    model: type

    def __init__(self):
        self.router = APIRouter(prefix=self.prefix, tags=[type(self).__name__])
        self.router.get("/")(self.list)
        self.router.add_api_route("/{id}", self.read, response_model=self.model)
        self.extra()

    def extra(self): ...

    async def list(self, limit: int = 10): ...

    async def read(self, id: int): ...

class Items(Controller[Item]):
    prefix = "/items"
    model = Item

    def extra(self):
        @self.router.delete("/{id}", status_code=204)
        def remove(id: int) -> None: ...

    async def list(self, q: str):
        return await super().list()

app = FastAPI()
app.include_router(Items().router)
"#,
        expect![[r#"
            GET /items/ -> main:Items.list; tags Items; query q; 200; 422
            GET /items/{id} -> main:Controller.read; tags Items; path id; 200 Item; 422
            DELETE /items/{id} -> main:Items.extra.<locals>.remove; tags Items; path id; 204; 422
        "#]],
    );
}

#[test]
fn routers_of_a_kind_of_their_own() {
    check(
        r#"
#- /main.py
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

class Named(APIRoute):
    def __init__(self, path, endpoint, **kwargs):
        kwargs.setdefault("summary", endpoint.__name__.upper())
        super().__init__(path, endpoint, **kwargs)

class Versioned(APIRouter):
    def __init__(self, version, **kwargs):
        super().__init__(prefix=f"/v{version}", route_class=Named, **kwargs)

    def read(self, path, **kwargs):
        return self.get(path, response_model_exclude_none=True, **kwargs)

router = Versioned(3, tags=["three"])

@router.read("/things", tags=["things"])
def things() -> list[int]: ...

class App(FastAPI):
    def setup(self):
        super().setup()
        self.include_router(router)

app = App()
"#,
        expect![[r#"
            GET /v3/things -> main:things; tags three, things; 200 list[int]
        "#]],
    );
}

#[test]
fn routes_around_what_does_not_end() {
    check(
        r#"
#- /main.py
import itertools
from fastapi import FastAPI
from library import Setup

app = FastAPI()

@app.get("/before")
def before(): ...

while True:
    app.state.started = True

banner = "-" * 10 ** 12

def wait(setup):
    while True:
        state = setup.poll()
        if state == "ready":
            return state

def register(path):
    wait(Setup())
    app.add_api_route(path, lambda: None, name=path)

register("/behind")

for name in itertools.count():
    app.state.last = name

@app.get("/last")
def last(): ...
"#,
        expect![[r#"
            GET /before -> main:before; 200
            GET /behind -> main:register.<locals>.<lambda>; 200
            GET /last -> main:last; 200
            main.py:11: this loop did not end after 20000 rounds
            main.py:13: this makes a value longer than 1048576, which is not followed
        "#]],
    );
}

#[test]
fn aliases_that_contain_themselves() {
    check(
        r#"
#- /main.py
from typing import TypeAlias
from fastapi import FastAPI
from pydantic import BaseModel

Json: TypeAlias = None | bool | str | list["Json"] | dict[str, "Json"]
Self: TypeAlias = "Self"
Here: TypeAlias = list["There"]
There: TypeAlias = list["Here"]

class Item(BaseModel):
    data: Json
    own: Self
    lists: Here | None

app = FastAPI()

@app.post("/items")
def create(item: Item) -> Item: ...
"#,
        expect![[r#"
            POST /items -> main:create; body application/json Item; 200 Item; 422
            main.py:5: the type `Json` contains itself; `type Json = …` or `TypeAliasType` gives it a name to refer to
            main.py:6: the type `Self` contains itself; `type Self = …` or `TypeAliasType` gives it a name to refer to
            main.py:8: the type `There` contains itself; `type There = …` or `TypeAliasType` gives it a name to refer to
            main.py:11: the type `Json` of the field `data` of `Item` is not known, so its schema admits everything
            main.py:12: the type `Self` of the field `own` of `Item` is not known, so its schema admits everything
            main.py:13: the type `There` of the field `lists` of `Item` is not known, so its schema admits everything
        "#]],
    );
}

#[test]
fn defaults_beside_annotated_fields() {
    check(
        r#"
#- /main.py
from typing import Annotated, Literal
from fastapi import FastAPI
from pydantic import BaseModel, Field

Kind = Annotated[str, Field(description="kind")]

class A(BaseModel):
    type: Kind = "a"

class B(BaseModel):
    type: Kind = "b"
    size: Annotated[int, Field(gt=0)]

app = FastAPI()

for model in (A, B):
    app.add_api_route(f"/{model.model_fields['type'].default}", lambda: None, name="x")
if B.model_fields["size"].is_required():
    app.add_api_route("/required", lambda: None, name="y")
"#,
        expect![[r#"
            GET /a -> main:<lambda>; 200
            GET /b -> main:<lambda>; 200
            GET /required -> main:<lambda>; 200
        "#]],
    );
}

#[test]
fn an_application_mounted_in_itself() {
    check(
        r#"
#- /main.py
from fastapi import FastAPI

app = FastAPI()
inner = FastAPI()
inner.mount("/back", app)
app.mount("/api", app)
app.mount("/inner", inner)

@app.get("/")
def root(): ...
"#,
        expect![[r#"
            GET / -> main:root; 200
            MOUNT /api -> FastAPI
            MOUNT /inner -> FastAPI
                MOUNT /back -> FastAPI
            main.py:5: an application is mounted in itself at `/back`; its routes are told without that prefix only
            main.py:6: an application is mounted in itself at `/api`; its routes are told without that prefix only
        "#]],
    );
}
