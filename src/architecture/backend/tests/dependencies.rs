//! Dependencies, what they read from the request, and security.

use expect_test::expect;

use crate::architecture::fixture::check;

#[test]
fn trees_of_dependencies() {
    check(
        r#"
#- /main.py
from typing import Annotated
from fastapi import BackgroundTasks, Body, Cookie, Depends, FastAPI, File, Form, Header, Query, Request, UploadFile
from pydantic import BaseModel

class Pagination:
    def __init__(self, page: int = 1, size: Annotated[int, Query(alias="page-size", le=50)] = 10): ...

class Checker:
    def __init__(self, role):
        self.role = role

    async def __call__(self, x_role: Annotated[str, Header()]): ...

class Filters(BaseModel):
    name: str
    kinds: list[str] = []

async def session():
    yield 1

Session = Annotated[object, Depends(session)]
Page = Annotated[Pagination, Depends()]

def repository(session: Session): ...

app = FastAPI()

@app.get("/{id}", dependencies=[Depends(Checker("admin"))])
async def read(
    id: int, page: Page, session: Session, request: Request, tasks: BackgroundTasks,
    filters: Annotated[Filters, Query()], repository=Depends(repository), track: str | None = Cookie(None),
    again=Depends(repository, use_cache=False),
): ...

@app.post("/upload")
def upload(file: UploadFile, note: Annotated[str, Form()], more: list[bytes] = File([])): ...

@app.put("/two")
def two(a: Filters, b: Annotated[int, Body()], c: int = 3): ...

@app.patch("/one")
def one(a: Annotated[Filters, Body(embed=True)]): ...
"#,
        expect![[r#"
            GET /{id} -> main:read; path id; query name; query kinds?; query page?; query page-size?; header x-role; cookie track?; needs Checker, Pagination, session~, repository(session~=), repository(session~=); 200; 422
            POST /upload -> main:upload; body multipart/form-data file, note, more; 200; 422
            PUT /two -> main:two; query c?; body application/json a, b; 200; 422
            PATCH /one -> main:one; body application/json a; 200; 422
        "#]],
    );
}

#[test]
fn schemes_and_scopes() {
    check(
        r#"
#- /main.py
from typing import Annotated
from fastapi import Depends, FastAPI, Security
from fastapi.security import (
    APIKeyHeader, HTTPBasic, HTTPBearer, OAuth2PasswordBearer, SecurityScopes,
)

oauth = OAuth2PasswordBearer(tokenUrl="token", scopes={"read": "may read", "write": "may write"})
key = APIKeyHeader(name="X-Key", auto_error=False, scheme_name="Key")

def user(scopes: SecurityScopes, token: Annotated[str, Depends(oauth)]): ...

def active(user=Security(user, scopes=["read"])): ...

app = FastAPI()

@app.get("/open")
def open_to_all(): ...

@app.get("/read")
def read(user=Depends(active)): ...

@app.get("/write", dependencies=[Security(active, scopes=["write"])])
def write(): ...

@app.get("/either")
def either(token=Depends(HTTPBearer(auto_error=False)), key=Depends(key), basic=Depends(HTTPBasic())): ...
"#,
        expect![[r#"
            GET /open -> main:open_to_all; 200
            GET /read -> main:read; security OAuth2PasswordBearer(read); needs active(user(OAuth2PasswordBearer)); 200
            GET /write -> main:write; security OAuth2PasswordBearer(write read); needs active(user(OAuth2PasswordBearer)); 200
            GET /either -> main:either; security HTTPBearer(); security Key(); security HTTPBasic(); needs HTTPBearer, APIKeyHeader, HTTPBasic; 200
        "#]],
    );
}

#[test]
fn a_header_whose_alias_is_its_name_has_hyphens() {
    let fixture = |version: &str| {
        format!(
            r#"
#- /requirements.txt
fastapi=={version}
#- /main.py
from fastapi import FastAPI, Header

app = FastAPI()

@app.get("/")
def read(
    user_id: str = Header(None, alias="user_id"), other: str = Header(None, alias="x_other"),
    plain: str = Header(None), as_is: str = Header(None, alias="as_is", convert_underscores=False),
): ...
"#
        )
    };
    check(
        &fixture("0.115.12"),
        expect![[r#"
        GET / -> main:read; header user-id?; header x_other?; header plain?; header as_is?; 200; 422
    "#]],
    );
    check(
        &fixture("0.115.11"),
        expect![[r#"
        GET / -> main:read; header user-id?; header x_other?; header plain?; header as_is?; 200; 422
    "#]],
    );
}
