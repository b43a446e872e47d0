//! Exceptions: which leave, as what, and what is done about the others.

use expect_test::expect;

use super::check;

#[test]
fn handlers_of_the_application_give_the_status() {
    check(
        "
from fastapi import FastAPI, Request, status
from fastapi.responses import JSONResponse

class DomainError(Exception):
    status_code = 400
    def __init__(self, message):
        self.message = message

class Missing(DomainError):
    status_code = status.HTTP_404_NOT_FOUND

class Unhandled(Exception):
    pass

app = FastAPI()

@app.exception_handler(DomainError)
async def on_domain_error(request: Request, error: DomainError):
    return JSONResponse({'detail': error.message}, status_code=error.status_code)

@app.exception_handler(Exception)
async def on_anything(request, error):
    return JSONResponse({}, status_code=500)

def find(n: int):
    if n > 3:
        raise Missing(f'no thing {n} here')
    if n < 0:
        raise Unhandled()

@app.get('/x')
def x(n: int):
    find(n)
",
        expect![[r#"
            GET /x
              main:find at 34
                [n > 3]
                  raise Missing 404 "no thing {n} here" at 28
                [n < 0]
                  raise Unhandled at 30
        "#]],
    );
}

#[test]
fn what_is_caught_gives_way_to_what_its_handler_does() {
    check(
        "
import jwt
from fastapi import FastAPI, HTTPException
from sqlmodel import Session
app = FastAPI()

class Missing(Exception):
    pass

def find(session, n):
    row = session.get(object, n)
    if not row:
        raise Missing('row')
    return row

@app.get('/nested')
def nested(session: Session, n: int):
    try:
        row = find(session, n)
    except Missing:
        raise HTTPException(404, 'no row')
    session.delete(row)

@app.get('/here')
def here(n: int, session: Session):
    try:
        if n > 3:
            raise Missing('n')
        session.commit()
    except Missing as error:
        raise HTTPException(status_code=400, detail=str(error)) from error

@app.get('/library')
def library(token: str, session: Session):
    try:
        jwt.decode(token)
    except jwt.InvalidTokenError:
        raise HTTPException(401)
    try:
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()

@app.get('/swallowed')
def swallowed(session: Session, n: int):
    try:
        find(session, n)
    except Missing:
        pass
    session.flush()
",
        expect![[r#"
            GET /nested
              main:find at 19
                Database: get(object, n) at 11
              [except Missing]
                raise HTTPException 404 "no row" at 21
              Database: delete(row) at 22
            GET /here
              [n > 3]
                raise HTTPException 400 "n" at 31
              Database: commit at 29
            GET /library
              Library: jwt.decode(token) at 36
              [except jwt.InvalidTokenError]
                raise HTTPException 401 at 38
              Database: commit at 40
              [except Exception]
                Database: rollback at 42
                raise Exception at 43
              Database: close at 45
            GET /swallowed
              main:find at 50
                Database: get(object, n) at 11
              Database: flush at 53
        "#]],
    );
}

#[test]
fn a_handler_that_falls_through_goes_on_where_the_suite_does_not() {
    check(
        "
from fastapi import FastAPI, HTTPException
from sqlmodel import Session
app = FastAPI()

class Anonymous(Exception):
    pass

def current(session, name):
    if not session.get(object, name):
        raise Anonymous

@app.post('/signup')
def signup(session: Session, name: str):
    try:
        current(session, name)
        raise HTTPException(403, 'signed in')
    except Anonymous:
        pass
    session.add(name)
",
        expect![[r#"
            POST /signup
              main:current at 16
                Database: get(object, name) at 10
              [except Anonymous]
              [else]
                raise HTTPException 403 "signed in" at 17
              Database: add(name) at 20
        "#]],
    );
}
