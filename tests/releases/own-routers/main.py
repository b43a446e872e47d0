from typing import Any, Callable, Optional, get_type_hints
from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

class Out(BaseModel):
    a: int = 1
    b: Optional[str] = None

class Inferring(APIRouter):
    def add_api_route(self, path: str, endpoint: Callable[..., Any], **kwargs: Any) -> None:
        if kwargs.get("status_code") == 204:
            kwargs["response_class"] = Response
        if kwargs.get("response_model") is None:
            kwargs["response_model"] = get_type_hints(endpoint).get("return")
        kwargs.setdefault("response_model_exclude_none", True)
        kwargs.setdefault("summary", "Set")
        kwargs["openapi_extra"] = {"x-given": [k for k in ("response_model_by_alias", "callbacks", "methods", "nothing") if k in kwargs]}
        return super().add_api_route(path, endpoint, **kwargs)

class Slashes(APIRouter):
    def api_route(self, path: str, *, include_in_schema: bool = True, **kwargs):
        if path.endswith("/"):
            path = path[:-1]
        add_path = super().api_route(path, include_in_schema=include_in_schema, **kwargs)
        add_alternate = super().api_route(path + "/", include_in_schema=False, **kwargs)
        def decorator(func):
            add_alternate(func)
            return add_path(func)
        return decorator

app = FastAPI()
r = Inferring(prefix="/r")
s = Slashes(prefix="/s")

@r.get("/ready")
def ready() -> JSONResponse: ...

@r.post("/out", status_code=201)
def out(o: Out) -> Out: ...

@r.delete("/out", status_code=204)
def gone(): ...

@r.api_route("/many", methods=["PUT"], response_model=Out)
def many(): ...

@s.get("/x/", tags=["t"])
def x() -> Out: ...

@app.post("/api/{{project_id}}/{app_id:int}/{rest:path}")
def braces(project_id: str, app_id: int, rest: str): ...

app.include_router(r)
app.include_router(s)
