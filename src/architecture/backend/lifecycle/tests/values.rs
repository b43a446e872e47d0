//! What parameters hold: dependencies, injected objects, what is known of a type.

use expect_test::expect;

use super::check;

#[test]
fn dependencies_hand_their_objects_on() {
    check(
        "
from typing import Annotated
from fastapi import Depends, FastAPI, HTTPException, Security
from fastapi.security import OAuth2PasswordBearer
from sqlmodel import Session, create_engine, select
from service import Service
app = FastAPI()
engine = create_engine('sqlite://')
scheme = OAuth2PasswordBearer('token')

def get_session():
    with Session(engine) as session:
        yield session
        session.commit()

def get_service(session: Annotated[Session, Depends(get_session)]) -> Service:
    return Service(session)

def get_user(token: Annotated[str, Depends(scheme)], session: Annotated[Session, Depends(get_session)]):
    user = session.get(object, token)
    if not user.is_active:
        raise HTTPException(403, 'inactive')
    return user

@app.get('/x')
def x(service: Annotated[Service, Depends(get_service)], user = Depends(get_user)):
    service.rename('x')
#- service.py
from sqlmodel import Session
class Service:
    def __init__(self, session: Session):
        self.session = session
    def rename(self, name: str):
        self._check(name)
        self.session.add(name)
    def _check(self, name):
        return len(name)
",
        expect![[r#"
            GET /x
              needs get_service
                needs get_session
                  afterwards
                    Database: commit at 14
              needs get_user
                needs OAuth2PasswordBearer
                  [no credentials]
                    raise HTTPException 401 "Not authenticated" at 0
                needs get_session (again)
                Database: get(object, token) at 20
                [not user.is_active]
                  raise HTTPException 403 "inactive" at 22
              service:Service.rename at 27
                Database: add(name) at 7
        "#]],
    );
}

#[test]
fn injected_objects_are_built_of_their_annotations() {
    check(
        "
from abc import ABC, abstractmethod
from typing import Protocol
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession
from unknown_container import Injected, inject
app = FastAPI()

class Users(ABC):
    @abstractmethod
    async def find(self, name): ...

class SqlUsers(Users):
    def __init__(self, session: AsyncSession):
        self._session = session
    async def find(self, name):
        return await self._session.scalar('SELECT 1')

class Clock(Protocol):
    def now(self): ...

class Handler:
    def __init__(self, users: Users, clock: Clock):
        self._users = users
        self._clock = clock
    async def run(self, name: str):
        self._clock.now()
        return await self._users.find(name)

@app.get('/x')
@inject
async def x(name: str, handler: Injected[Handler]):
    await handler.run(name)
",
        expect![[r#"
            GET /x
              await main:Handler.run at 33
                main:Clock.now at 27
                await main:SqlUsers.find at 28
                  Database: SELECT 1 at 17
        "#]],
    );
}

#[test]
fn defaults_of_fields_say_nothing_about_a_request() {
    check(
        "
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel
app = FastAPI()

class Item(BaseModel):
    name: str
    price: float | None = None
    is_free: bool = False

@app.post('/x')
def x(item: Item):
    if item.price is None and not item.is_free:
        raise HTTPException(400, 'no price')
    if Item(name='a').is_free:
        raise HTTPException(400, 'never')
",
        expect![[r#"
            POST /x
              [item.price is None and not item.is_free]
                raise HTTPException 400 "no price" at 14
        "#]],
    );
}

#[test]
fn context_managers_of_generators_end_after_their_suite() {
    check(
        "
from contextlib import asynccontextmanager
from fastapi import FastAPI, WebSocket, WebSocketException
from redis.asyncio import Redis
redis = Redis.from_url('redis://x')

@asynccontextmanager
async def lifespan(app: FastAPI):
    await redis.ping()
    yield
    await redis.aclose()

@asynccontextmanager
async def lock(name):
    await redis.set(name, 1)
    yield
    await redis.delete(name)

app = FastAPI(lifespan=lifespan)

@app.get('/x')
async def x():
    async with lock('a'):
        await redis.get('b')

@app.websocket('/ws')
async def ws(socket: WebSocket):
    await socket.accept()
    while True:
        text = await socket.receive_text()
        if not text:
            raise WebSocketException(1008, 'nothing said')
        await redis.publish('room', text)
",
        expect![[r#"
            lifespan
              Cache: ping() at 9
              until
              Cache: aclose() at 11
            GET /x
              main:lock at 23
                Cache: set(name, 1) at 15
              Cache: get('b') at 24
              main:lock at 23
                Cache: delete(name) at 17
            socket /ws
              Library: accept() at 28
              each [while True]
                Library: receive_text() at 30
                [not text]
                  raise WebSocketException "nothing said" at 32
                Cache: publish('room', text) at 33
        "#]],
    );
}

#[test]
fn what_a_handler_registers_is_no_route() {
    check(
        "
from fastapi import FastAPI
from redis.asyncio import Redis
app = FastAPI()
redis = Redis.from_url('redis://x')

@app.get('/x')
async def x():
    app.add_api_route('/y', x)
    await redis.get('x')

@app.get('/z')
async def z():
    await redis.get('z')
",
        expect![[r#"
            GET /x
              Cache: get('x') at 10
            GET /z
              Cache: get('z') at 14
        "#]],
    );
}

#[test]
fn a_default_for_what_is_not_known_decides_nothing() {
    check(
        "
from fastapi import FastAPI, HTTPException, UploadFile
app = FastAPI()

def first(items):
    for item in items:
        return item
    return None

@app.post('/x')
def x(file: UploadFile, items: list[str]):
    kind = file.content_type or 'text/plain'
    if kind not in {'image/png'}:
        raise HTTPException(415)
    if first(items) is None:
        raise HTTPException(404)
    if (items and 'some') == 'none':
        raise HTTPException(400)
",
        expect![[r#"
            POST /x
              [kind not in {'image/png'}]
                raise HTTPException 415 at 14
              [first(items) is None]
                raise HTTPException 404 at 16
              [(items and 'some') == 'none']
                raise HTTPException 400 at 18
        "#]],
    );
}

#[test]
fn what_is_filled_when_the_program_starts_is_there_when_a_handler_runs() {
    check(
        "
from fastapi import FastAPI
from stores import pool, store
app = FastAPI()

@app.get('/x')
def x():
    store().read()

@app.get('/y')
def y():
    pool().write()
#- stores.py
from typing import Optional
from sqlalchemy.orm import Session

class Store:
    def read(self):
        with Session() as session:
            session.execute('select 1')

class Pool:
    def write(self):
        with Session() as session:
            session.execute('insert 1')

_store: Optional['Store'] = None
_pool = None
_never: Optional[Store] = None

def start():
    global _store, _pool
    _store = make()
    _pool = Pool()

def store() -> Store:
    if _store is None:
        raise RuntimeError('not started')
    if _never is not None:
        _never.read()
    return _store

def pool():
    if not _pool:
        raise RuntimeError('not started')
    return _pool
",
        expect![[r#"
            GET /x
              stores:Store.read at 8
                Database: select 1 at 7
            GET /y
              stores:Pool.write at 12
                Database: insert 1 at 12
        "#]],
    );
}
