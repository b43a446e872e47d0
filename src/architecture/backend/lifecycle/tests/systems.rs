//! Which calls are effects, on what, and what is said of them.

use expect_test::expect;

use super::check;

#[test]
fn databases_tell_statements_and_not_how_they_are_built() {
    check(
        "
from fastapi import Depends, FastAPI
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.orm import Session, sessionmaker
from motor.motor_asyncio import AsyncIOMotorClient
import asyncpg
from tables import User
app = FastAPI()
engine = create_engine('postgresql://x')
make_session = sessionmaker(engine)
mongo = AsyncIOMotorClient()['shop']

def session():
    db = make_session()
    try:
        yield db
    finally:
        db.close()

class Repository:
    model = User
    def __init__(self, db: Session):
        self.db = db
    def list(self, name):
        query = select(self.model).where(self.model.name == name)
        if name:
            query = query.order_by(self.model.name)
        return self.db.execute(query).scalars().all()
    def count(self):
        return self.db.scalar(select(func.count()).select_from(self.model))

@app.get('/sql')
def sql(name: str, db: Session = Depends(session)):
    repository = Repository(db)
    repository.list(name)
    repository.count()
    db.execute(text('SELECT 1'))
    user = db.query(User).filter(User.name == name).first()
    db.add(user)
    db.commit()

@app.get('/others')
async def others():
    await mongo['orders'].find_one({'n': 1})
    connection = await asyncpg.connect('postgresql://x')
    await connection.fetch('SELECT *\\n  FROM orders')
#- tables.py
from sqlalchemy.orm import DeclarativeBase
class Base(DeclarativeBase):
    pass
class User(Base):
    __tablename__ = 'user'
",
        expect![[r#"
            GET /sql
              needs session
                afterwards
                  Database: close at 18
              main:Repository.list at 35
                Database: select(User) at 28 [user]
              main:Repository.count at 36
                Database: select(func.count()) from User at 30 [user]
              Database: text('SELECT 1') at 37
              Database: query(User).first() at 38 [user]
              Database: add(user) at 39 [user]
              Database: commit at 40
            GET /others
              Database: mongo['orders'].find_one({'n': 1}) at 44
              Database: connect('postgresql://x') at 45
              Database: SELECT * FROM orders at 46
        "#]],
    );
}

#[test]
fn http_calls_have_method_and_address() {
    check(
        "
import httpx, requests, aiohttp
from fastapi import FastAPI
app = FastAPI()
BASE = 'https://api.example.com'

class Client:
    def __init__(self):
        self.http = httpx.AsyncClient(base_url=BASE)
    async def find(self, name):
        answer = await self.http.get(f'/users/{name}')
        answer.raise_for_status()
        return answer.headers.get('etag')

@app.get('/x')
async def x(name: str, url: str):
    await Client().find(name)
    requests.post(BASE + '/hooks', json={})
    async with aiohttp.ClientSession() as session:
        async with session.request('PUT', url) as answer:
            await answer.json()
",
        expect![[r#"
            GET /x
              await main:Client.find at 17
                Http: GET https://api.example.com/users/{name} at 11
              Http: POST https://api.example.com/hooks at 18
              Http: PUT {url} at 20
        "#]],
    );
}

#[test]
fn other_systems() {
    check(
        "
import asyncio, boto3, logging, shutil, smtplib
import aiofiles
from celery import Celery
from fastapi import BackgroundTasks, FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from redis.asyncio import Redis
app = FastAPI()
celery = Celery()
s3 = boto3.client('s3')
redis = Redis.from_url('redis://x')
logger = logging.getLogger()

@celery.task
def render(n):
    pass

def send_mail(to: str):
    with smtplib.SMTP('mail') as server:
        server.send_message(to)

def upload(key):
    s3.put_object(Bucket='media', Key=f'avatars/{key}')

@app.get('/x')
async def x(key: str, tasks: BackgroundTasks):
    logger.info('start')
    tasks.add_task(send_mail, 'a@example.com')
    await run_in_threadpool(upload, key)
    await asyncio.gather(redis.get('a'), asyncio.to_thread(upload, 'b'))
    async with aiofiles.open('x') as file:
        await file.read()
    shutil.rmtree('y')
    celery.send_task('render', [1])
    render.delay(key)
    await asyncio.sleep(1)
    lines = (await redis.get('c')).splitlines()
    return JSONResponse({})
",
        expect![[r#"
            GET /x
              later main:send_mail
                Mail: send_message(to) at 21
              await main:upload at 30
                ObjectStorage: put_object avatars/{key} at 24
              Cache: get('a') at 31
              main:upload at 31
                ObjectStorage: put_object avatars/b at 24
              Files: aiofiles.open('x') at 32
              Files: shutil.rmtree('y') at 34
              Queue: celery.send_task('render', [1]) at 35
              Queue: render.delay(key) at 36
              Cache: get('c') at 38
        "#]],
    );
}

#[test]
fn queries_name_their_tables() {
    check(
        r#"
#- main.py
from fastapi import Depends, FastAPI
from sqlalchemy import Column, Integer, Table, insert, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)

log = Table("log", Base.metadata, Column("id", Integer, primary_key=True))
make = sessionmaker()

def get_session():
    with make() as session:
        yield session

class Repository:
    model = None
    def __init__(self, session: Session):
        self.session = session
    def get(self, id):
        return self.session.get(self.model, id)

class Users(Repository):
    model = User

app = FastAPI()

@app.post("/users")
def create(id: int, session: Session = Depends(get_session)):
    known = Users(session).get(id)
    if known:
        session.delete(known)
    session.add(User(name="x"))
    session.execute(insert(log).values(id=1))
    session.execute(select(Post.id).join(User).where(User.name == "x"))
    session.execute(text("DELETE FROM posts WHERE id = 3"))
    session.query(Post).filter(Post.id == id).first()
    session.commit()
"#,
        expect![[r#"
            POST /users
              needs get_session
              main:Repository.get at 39
                Database: get(User, id) at 30 [users]
              [known]
                Database: delete(known) at 41 [users]
              Database: add(User(name="x")) at 42 [users]
              Database: insert(log) at 43 [log]
              Database: select(Post.id) at 44 [users, posts]
              Database: text("DELETE FROM posts WHERE id = 3") at 45 [posts]
              Database: query(Post).first() at 46 [posts]
              Database: commit at 47
        "#]],
    );
}

#[test]
fn cookies_of_responses() {
    check(
        "\
//- main.py
from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse

app = FastAPI()
NAME = 'session'

def start(response: Response, secure: bool):
    response.set_cookie(key=NAME, value='x', httponly=True, secure=secure)
    response.set_cookie('theme', 'dark')

@app.post('/login')
async def login(response: Response, secure: bool):
    start(response, secure)
    return {}

@app.post('/logout')
async def logout():
    answer = JSONResponse({})
    answer.delete_cookie(NAME)
    return answer

@app.post('/hidden')
async def hidden(response: Response, name: str, hidden: bool):
    response.set_cookie(name, 'x', httponly=hidden)

def put(response: Response, value: str, expires: int):
    response.set_cookie(NAME, value, expires=expires, httponly=True)

@app.post('/renew')
async def renew(response: Response, value: str, expires: int):
    put(response, value, expires)

@app.post('/end')
async def end(response: Response):
    put(response, '', 0)
",
        expect![[r#"
            POST /login
              main:start at 14
                sets cookie session http_only=Some(true) at 9
                sets cookie theme http_only=Some(false) at 10
            POST /logout
              removes cookie session http_only=Some(false) at 20
            POST /hidden
              sets cookie ? http_only=None at 25
            POST /renew
              main:put at 32
                sets cookie session http_only=Some(true) at 28
            POST /end
              main:put at 36
                removes cookie session http_only=Some(true) at 28
        "#]],
    );
}

/// What the router of a library refuses is one way, and signing in another.
#[test]
fn cookies_of_a_librarys_login() {
    check(
        "\
//- main.py
from fastapi import FastAPI
from fastapi_users import BaseUserManager, FastAPIUsers
from fastapi_users.authentication import AuthenticationBackend, CookieTransport, JWTStrategy
from elsewhere import database

def strategy(): return JWTStrategy(secret='x', lifetime_seconds=3600)
def manager(): yield BaseUserManager(database())

backend = AuthenticationBackend(name='jwt', transport=CookieTransport(cookie_name='sid'), get_strategy=strategy)
app = FastAPI()
app.include_router(FastAPIUsers(manager, [backend]).get_auth_router(backend))
",
        expect![[r#"
            POST /login
              needs OAuth2PasswordRequestForm
              needs manager
              needs strategy
              [user is None or not user.is_active]
                raise HTTPException 400 at 0
              sets cookie sid http_only=Some(true) at 0
            POST /logout
              needs current_user_token_dependency
                needs manager
                needs APIKeyCookie
                needs strategy
                [user is None or active and not user.is_active]
                  raise HTTPException 401 at 0
              needs strategy (again)
              removes cookie sid http_only=Some(true) at 0
        "#]],
    );
}

#[test]
fn a_session_may_be_empty() {
    check(
        "
from fastapi import FastAPI, HTTPException, Request
app = FastAPI()

@app.get('/me')
def me(request: Request):
    if not request.session:
        raise HTTPException(401)
    return 1
",
        expect![[r#"
            GET /me
              [not request.session]
                raise HTTPException 401 at 8
        "#]],
    );
}
