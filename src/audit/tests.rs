//! Fixtures as text, and the findings in them as lines.

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::findings;
use crate::architecture::{Options, Scope, analyse};

#[track_caller]
fn check(code: &str, expected: Expect) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("main.py"), code).expect("a file can be written");
    let options = Options {
        root: folder.path().to_owned(),
        app: Some("main:app".into()),
        scope: Scope {
            traces: true,
            ..Scope::default()
        },
        ..Options::default()
    };
    let architecture = analyse(&options).expect("the application is found");
    let mut out = String::new();
    for finding in findings(&architecture) {
        let place = format!("{}:{}", finding.location.file, finding.location.line);
        let (severity, rule) = (finding.severity.name(), finding.rule);
        let _ = writeln!(
            out,
            "{severity} {rule} {place} {}: {}",
            finding.subject, finding.message
        );
    }
    expected.assert_eq(&out);
}

#[test]
fn dictionaries_without_a_model_are_found() {
    check(
        r#"
from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel

class Out(BaseModel):
    a: int

app = FastAPI()
router = APIRouter(prefix="/r")

@app.get("/raw")
def raw(flag: bool):
    if flag:
        value = {"a": 1}
        return value
    return {"a": 1}

@app.get("/annotated")
def annotated() -> dict[str, int]:
    return {"a": 1}

@router.get("/many")
async def many():
    return [{"a": n} for n in range(3)]

@app.get("/modelled", response_model=Out)
def modelled():
    return {"a": 1}

@app.get("/object")
def objects() -> list[Out]:
    return [Out(a=1)]

@app.get("/text")
def text():
    return "ok"

@app.get("/own")
def own():
    return JSONResponse({"a": 1})

@app.get("/page", response_class=HTMLResponse)
def page():
    return {"a": 1}

app.include_router(router)
"#,
        expect![[r#"
            warning raw-dict-response main.py:17 GET /raw: returns a dictionary without a response model
            warning raw-dict-response main.py:21 GET /annotated: returns a dictionary without a response model
            warning raw-dict-response main.py:25 GET /r/many: returns dictionaries without a response model
        "#]],
    );
}

#[test]
fn objects_of_an_orm_without_a_model_are_found() {
    check(
        r#"
from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from sqlmodel import Field, SQLModel

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)

class Hero(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)

class UserOut(BaseModel):
    id: int

SessionLocal = sessionmaker()

def session():
    with SessionLocal() as db:
        yield db

app = FastAPI()

@app.get("/made")
def made(db: Session = Depends(session)):
    user = User(id=1)
    db.add(user)
    return user

@app.get("/got")
def got(db: Session = Depends(session)):
    return db.get(User, 1)

@app.get("/all")
def every(db: Session = Depends(session)):
    return db.scalars(select(User)).all()

@app.get("/query")
def query(db: Session = Depends(session)):
    return db.query(User).filter(User.id == 1).first()

@app.get("/count")
def count(db: Session = Depends(session)):
    return db.query(User).count()

@app.get("/column")
def column(db: Session = Depends(session)):
    user = db.get(User, 1)
    return user.id

@app.get("/hero")
def hero():
    return Hero(id=1)

@app.get("/typed", response_model=UserOut)
def typed(db: Session = Depends(session)):
    return db.get(User, 1)
"#,
        expect![[r#"
            error orm-object-response main.py:33 GET /made: returns an object of `User` without a response model
            error orm-object-response main.py:37 GET /got: returns an object of `User` without a response model
            error orm-object-response main.py:41 GET /all: returns objects of `User` without a response model
            error orm-object-response main.py:45 GET /query: returns an object of `User` without a response model
            error orm-object-response main.py:58 GET /hero: returns an object of `Hero` without a response model
        "#]],
    );
}

#[test]
fn mounted_applications_are_read_too() {
    check(
        r#"
from fastapi import FastAPI

inner = FastAPI()

@inner.get("/x")
def x():
    return {}

app = FastAPI()
app.mount("/inner", inner)
"#,
        expect![[r#"
            warning raw-dict-response main.py:8 GET /x: returns a dictionary without a response model
        "#]],
    );
}
