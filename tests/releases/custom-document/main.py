from fastapi import FastAPI, APIRouter, Depends, Request
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from typing import Any, Dict, List, Optional
from pydantic import BaseModel
from functools import partial
import copy
import json
import os
from pathlib import Path
from docs import patch_operations, HIDDEN, add_security

app = FastAPI(title="Five", docs_url=None)


class Item(BaseModel):
    id: int
    name: Optional[str] = None


class Login(BaseModel):
    user: str
    password: str


class WsMessage(BaseModel):
    kind: str
    item: Item


@app.get("/items", response_model=List[Item], tags=["items"])
def items(q: str = "x"): ...


@app.post("/items", response_model=Item, tags=["items"])
def create(item: Item): ...


@app.get("/internal/stats", tags=["internal"])
def stats(): ...


@app.get("/login/{realm}")
def login(realm: str): ...


@app.put("/items/{id}")
def put(id: int, item: Item) -> Item: ...


def custom_openapi():
    if app.openapi_schema:
        return app.openapi_schema
    openapi_schema = get_openapi(
        title="Custom title",
        version="3.0.1",
        summary="A summary",
        description="Described",
        routes=app.routes,
        servers=[{"url": "/api"}],
        tags=[{"name": "items"}],
    )
    openapi_schema["info"]["x-logo"] = {"url": "https://logo.png"}
    components = openapi_schema.setdefault("components", {})
    components.setdefault("securitySchemes", {})["BearerAuth"] = {"type": "http", "scheme": "bearer"}
    openapi_schema["security"] = [{"BearerAuth": []}]
    for path in list(openapi_schema["paths"].keys()):
        if any(path.startswith(h) for h in HIDDEN):
            del openapi_schema["paths"][path]
    for path, path_item in openapi_schema["paths"].items():
        for method, operation in path_item.items():
            if "422" in operation.get("responses", {}):
                operation["responses"].pop("422", None)
            operation.setdefault("responses", {}).update({"401": {"description": "Unauthorized"}})
            if path.startswith("/login"):
                operation["security"] = []
            operation["x-order"] = len(path)
            params = operation.get("parameters") or []
            operation["parameters"] = [p for p in params if p["name"] != "q"] + [{"name": "X-Req", "in": "header", "schema": {"type": "string"}}]
    patch_operations(openapi_schema, app.routes)
    openapi_schema = add_security(copy.deepcopy(openapi_schema))
    for name, model in {"Login": Login, "WsMessage": WsMessage}.items():
        schema = model.schema() if not hasattr(model, "model_json_schema") else model.model_json_schema(ref_template="#/components/schemas/{model}")
        defs = schema.pop("$defs", None) or schema.pop("definitions", {})
        openapi_schema["components"]["schemas"].update(defs)
        openapi_schema["components"]["schemas"][name] = schema
    schemas = openapi_schema["components"]["schemas"]
    schemas.pop("HTTPValidationError", None)
    if "ValidationError" in schemas:
        del schemas["ValidationError"]
    openapi_schema["components"]["schemas"] = dict(sorted(schemas.items(), key=lambda kv: kv[0].lower()))
    openapi_schema["paths"] = {k: v for k, v in sorted(openapi_schema["paths"].items())}
    extra = json.loads(json.dumps({"x-extra": [1, {"a": None}]}))
    openapi_schema |= extra
    openapi_schema["tags"].append({"name": "more", "description": "More"})
    openapi_schema["x-tagGroups"] = [{"name": n, "tags": sorted({t for ops in openapi_schema["paths"].values() for op in ops.values() for t in op.get("tags", [])})} for n in ("All",)]
    snapshot = Path(__file__).parent / "snapshot.json"
    if snapshot.exists():
        with open(snapshot) as f:
            more = json.load(f)
        for p, ops in more.get("paths", {}).items():
            if p not in openapi_schema["paths"]:
                openapi_schema["paths"][p] = ops
        openapi_schema["components"]["schemas"].update({k: v for k, v in more["components"]["schemas"].items() if k not in openapi_schema["components"]["schemas"]})
    app.openapi_schema = openapi_schema
    return app.openapi_schema


app.openapi = custom_openapi
