//! How modules find each other.

use expect_test::expect;

use crate::architecture::fixture::check;

#[test]
fn stars_and_re_exports() {
    check(
        r#"
#- /main.py
from fastapi import FastAPI
from api import *

app = FastAPI()
app.include_router(public)
app.include_router(_private)
#- /api/__init__.py
from .routes import *
from .routes import hidden as _private

__all__ = ["public", "_private"]
#- /api/routes.py
from fastapi import APIRouter

public = APIRouter(prefix="/public")
hidden = APIRouter(prefix="/hidden")

@public.get("/a")
def a(): ...

@hidden.get("/b")
def b(): ...
"#,
        expect![[r#"
            GET /public/a -> api.routes:a; 200
            GET /hidden/b -> api.routes:b; 200
        "#]],
    );
}

#[test]
fn cycles() {
    check(
        r#"
#- /main.py
from app import app
import routes
#- /app.py
from fastapi import FastAPI

app = FastAPI()

from routes import router

app.include_router(router)
#- /routes.py
from fastapi import APIRouter
import app as application

router = APIRouter()

@router.get("/a")
def a(): ...

@application.app.get("/b")
def b(): ...
"#,
        expect![[r#"
            GET /b -> routes:b; 200
            GET /a -> routes:a; 200
        "#]],
    );
}

#[test]
fn what_may_be_missing() {
    check(
        r#"
#- /main.py
from typing import TYPE_CHECKING
from fastapi import FastAPI

if TYPE_CHECKING:
    from nowhere import Model

try:
    from extras.missing import router
except ImportError:
    router = None

try:
    from extras.present import router as present
except ImportError:
    present = None

app = FastAPI()

@app.get("/typed")
def typed(model: "int"): ...

if router is not None:
    app.include_router(router)
if present is not None:
    app.include_router(present)
#- /extras/__init__.py
#- /extras/present.py
from fastapi import APIRouter

router = APIRouter()

@router.get("/present")
def present(): ...
"#,
        expect![[r#"
            GET /typed -> main:typed; query model; 200; 422
            GET /present -> extras.present:present; 200
        "#]],
    );
}
