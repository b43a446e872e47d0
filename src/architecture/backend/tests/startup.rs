//! Routes that are registered when the application starts.

use expect_test::expect;

use crate::architecture::fixture::check;

#[test]
fn a_lifespan_registers_what_it_finds() {
    check(
        r#"
#- /main.py
from contextlib import asynccontextmanager
from fastapi import FastAPI
import plugins

@asynccontextmanager
async def lifespan(app: FastAPI):
    await database.connect()
    plugins.load(app)
    yield
    app.include_router(plugins.late)
    await database.disconnect()

app = FastAPI(lifespan=lifespan)

@app.get("/health")
def health(): ...
#- /plugins.py
from fastapi import APIRouter
import shop

late = APIRouter(prefix="/late")

@late.get("/x")
def x(): ...

def load(app):
    for module in (shop,):
        app.include_router(module.router, prefix="/plugins")
#- /shop.py
from fastapi import APIRouter

router = APIRouter(prefix="/shop")

@router.get("/items")
def items() -> list[str]: ...
"#,
        expect![[r#"
            GET /health -> main:health; 200
            GET /plugins/shop/items -> shop:items; 200 list[str]; if main:lifespan has run
            main.py:6: 1 route is registered by `main:lifespan` when the application starts; what was only imported lacks them
        "#]],
    );
}

#[test]
fn startup_functions() {
    check(
        r#"
#- env ADMIN=1
#- /main.py
import os
from fastapi import FastAPI

app = FastAPI()

@app.on_event("startup")
async def add_admin():
    if os.environ.get("ADMIN"):
        app.add_api_route("/admin", lambda: None)
    raise RuntimeError

@app.on_event("startup")
def counted():
    global started
    started = True
    app.title = "not run: it registers nothing"

@app.on_event("shutdown")
def stop():
    app.add_api_route("/never", lambda: None)

@app.get("/health")
def health(): ...
"#,
        expect![[r#"
            GET /health -> main:health; 200
            GET /admin -> main:add_admin.<locals>.<lambda>; 200; if main:add_admin has run
            main.py:7: 1 route is registered by `main:add_admin` when the application starts; what was only imported lacks them
        "#]],
    );
}
