//! Libraries without a model whose source is at hand.

use expect_test::expect;

use crate::architecture::fixture::{check, check_models, check_schemas};

const SHAPES: &str = r#"
#- /site-packages/shapes/__init__.py
from shapes.models import Circle, Unit
from shapes.routing import ShapeRouter
#- /site-packages/shapes/models.py
from enum import Enum
import numpy
from pydantic import BaseModel
from shapes import _speedups

class Unit(str, Enum):
    mm = "mm"
    cm = "cm"

class Circle(BaseModel):
    radius: float
    unit: Unit = Unit.mm
    area: numpy.float64

class Unused(BaseModel):
    x: int
#- /site-packages/shapes/_speedups.cpython-312-x86_64-linux-gnu.so
binary
#- /site-packages/shapes/routing.py
from fastapi import APIRouter, Depends
from fastapi.security import APIKeyHeader

key = APIKeyHeader(name="X-Shapes")

class ShapeRouter(APIRouter):
    def __init__(self, kind, model):
        super().__init__(prefix=f"/{kind}", tags=[kind])

        def one(id: int, key: str = Depends(key)) -> model: ...

        self.add_api_route("/{id}", one)
"#;

#[test]
fn types_and_routers_of_a_library() {
    let main = r#"
#- /main.py
from fastapi import FastAPI
from shapes import Circle, ShapeRouter, Unit

app = FastAPI()
app.include_router(ShapeRouter("circles", Circle))

@app.post("/scale")
def scale(circle: Circle, to: Unit = Unit.cm) -> list[Circle]: ...
"#;
    check(
        &format!("{SHAPES}{main}"),
        expect![[r#"
            GET /circles/{id} -> shapes.routing:ShapeRouter.__init__.<locals>.one; tags circles; path id; security APIKeyHeader(); needs APIKeyHeader; 200 Circle; 422
            POST /scale -> main:scale; query to?; body application/json Circle; 200 list[Circle]; 422
            :0: the type `numpy.float64` of the field `area` of `Circle` is not known, so its schema admits everything
        "#]],
    );
    check_schemas(
        &format!("{SHAPES}{main}"),
        expect![[r##"
        Circle {"type":"object","properties":{"radius":{"type":"number","title":"Radius"},"unit":{"$ref":"#/components/schemas/Unit","default":"mm"},"area":{"title":"Area"}},"required":["radius","area"],"title":"Circle"}
        Unit {"title":"Unit","enum":["mm","cm"],"type":"string"}
    "##]],
    );
    check_models(
        &format!("{SHAPES}{main}"),
        expect![[r#"
        model shapes.models:Circle [radius, unit, area] accepted [1] sent [0, 1] imported by []
    "#]],
    );
}

#[test]
fn the_project_and_the_models_come_first() {
    check(
        r#"
#- /site-packages/fastapi/__init__.py
raise RuntimeError
#- /site-packages/shop/__init__.py
raise RuntimeError
#- /site-packages/shop/extra.py
name = "/theirs"
#- /site-packages/tools/__init__.py
name = "/tools"
#- /tools/readme.txt
A folder that is no package.
#- /shop/__init__.py
name = "/ours"
#- /main.py
from fastapi import FastAPI
from shop import name
import shop.extra
import tools

app = FastAPI()
app.add_api_route(name, lambda: None)
app.add_api_route(tools.name, lambda: None)
"#,
        expect![[r#"
            GET /ours -> main:<lambda>; 200
            GET /tools -> main:<lambda>; 200
            main.py:3: there is no module `shop.extra` below the import roots
        "#]],
    );
}

#[test]
fn what_goes_wrong_in_a_library_stays_there() {
    check(
        r#"
#- /site-packages/broken/__init__.py
def (:
name = "/broken"
#- /site-packages/endless/__init__.py
def forever():
    while True:
        pass

class Client:
    def __init__(self, key=None):
        if not key:
            raise ValueError("no key")
#- /site-packages/picky/__init__.py
import sys
raise RuntimeError("wrong system")
#- /site-packages/guarded/__init__.py
try:
    from guarded._native import fast
except ImportError:
    fast = "/slow"
#- /main.py
from fastapi import FastAPI
import broken
import endless
import picky
from guarded import fast
from endless import forever, Client

app = FastAPI()
client = Client()
forever()

@app.get(broken.name)
def broken_name(): ...

@app.get(fast)
def fallback(): ...

try:
    Client()
    path = "/client"
except ValueError:
    path = "/no-client"

@app.get(path)
def expected(): ...
"#,
        expect![[r#"
            GET /broken -> main:broken_name; 200
            GET /slow -> main:fallback; 200
            GET /no-client -> main:expected; 200
            main.py:2: the source of `broken` is broken: an indented block is missing
            main.py:2: the source of `broken` is broken: not valid Python, a bracket is not closed: `def (:`
            main.py:4: importing `picky` raises `RuntimeError: wrong system`; the rest of it was analysed all the same
            main.py:9: the source of `endless.Client.__init__` raises `ValueError: no key` here; what it would give is unknown
            main.py:10: this loop did not end after 20000 rounds
        "#]],
    );
}
