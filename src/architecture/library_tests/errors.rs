//! fastapi-error-map.

use expect_test::expect;

use crate::architecture::fixture::check;

#[test]
fn error_map_adds_responses() {
    check(
        r#"
#- /main.py
from fastapi import APIRouter, FastAPI
from fastapi_error_map import ErrorAwareRoute, ErrorAwareRouter, error_map, rule, structured
from pydantic import BaseModel

class NotFound(Exception): ...
class Forbidden(Exception): ...
class Gone(Exception): ...

class Problem(BaseModel):
    title: str

def translate(err: Exception) -> Problem: ...

router = ErrorAwareRouter(prefix="/items", error_map={Forbidden: 403})
plain = APIRouter(route_class=ErrorAwareRoute)

@router.get("/{id}", error_map={
    NotFound: 404,
    Gone: rule(404, translator=translate, openapi_description="gone for good", headers={"X-Why": "gone"}),
})
def read(id: int) -> str: ...

@router.post("/", responses={403: {"description": "not yours"}})
def create(): ...

@plain.get("/carried")
@error_map({NotFound: 404})
def carried(): ...

strict = ErrorAwareRouter(translator_factory=structured())

@strict.delete("/structured", error_map={ValueError: 400}, status_code=204)
def remove() -> None: ...

app = FastAPI()
for each in (router, plain, strict):
    app.include_router(each)
"#,
        expect![[r#"
            GET /items/{id} -> main:read; path id; 200 str; 403 SimpleErrorResponse; 404 SimpleErrorResponse | Problem; 422
            POST /items/ -> main:create; 200; 403
            GET /carried -> main:carried; 200; 404 SimpleErrorResponse
            DELETE /structured -> main:remove; 204; 400 StructuredErrorResponse
        "#]],
    );
}
