"""An application with one of everything that its document shows."""
from collections.abc import AsyncIterable
from enum import Enum
from typing import Annotated, Any, Optional, Union

from fastapi import APIRouter, Body, Cookie, Depends, FastAPI, File, Form, Header, Path, Query, Response, Security, UploadFile
from fastapi.responses import EventSourceResponse, HTMLResponse, PlainTextResponse, RedirectResponse
from fastapi.security import OAuth2PasswordBearer
from pydantic import BaseModel, ConfigDict, Field, computed_field


class Kind(str, Enum):
    BOOK = "book"
    FILM = "film"


class Item(BaseModel):
    """Something for sale."""

    name: str = Field(max_length=40, examples=["Chair"])
    price: float = Field(gt=0)
    tags: list[str] = []
    kind: Kind = Kind.BOOK


class Stored(Item):
    id: int
    note: Optional[str] = None

    @computed_field
    @property
    def label(self) -> str:
        return self.name


class Filter(BaseModel):
    model_config = ConfigDict(extra="forbid")
    limit: int = Field(100, gt=0, le=100, description="How many")
    order_by: Optional[str] = None
    kinds: list[Kind] = []


class Headers(BaseModel):
    host: str
    save_data: bool = False
    if_match: Optional[str] = None


class Problem(BaseModel):
    detail: str


class Login(BaseModel):
    username: str
    password: str


token = OAuth2PasswordBearer(tokenUrl="login", scopes={"read": "Read"})
router = APIRouter(prefix="/items", tags=["items"], responses={404: {"model": Problem, "description": "No such item"}})
callbacks = APIRouter()


@callbacks.post("{$callback_url}/paid/{$request.body.id}", response_model=Problem)
def paid(body: Stored):
    pass


@router.get("/", response_model=list[Stored])
def list_items(filter: Annotated[Filter, Query()], q: Optional[str] = None, page: int = Query(1, ge=1, title="Page")):
    """List items.

    All of them.
    """


@router.get("/{item_id}")
def read_item(
    item_id: Annotated[int, Path(title="The id", ge=1)],
    headers: Annotated[Headers, Header()],
    session: Annotated[Optional[str], Cookie(description="who")] = None,
    x_token: Annotated[list[str] | None, Header()] = None,
) -> Stored:
    pass


@router.post("/", status_code=201, callbacks=callbacks.routes, responses={409: {"model": Problem}, 500: {"description": "Bad"}})
def create(item: Item, callback_url: Optional[str] = None) -> Stored:
    pass


@router.put("/{item_id}")
def replace(item_id: int, item: Annotated[Item, Body(openapi_examples={"one": {"value": {"name": "x", "price": 1}}})]) -> Union[Stored, Problem]:
    pass


@router.patch("/{item_id}", openapi_extra={"x-cost": 3, "responses": {"200": {"headers": {"x": {"description": "y"}}}}})
def change(item_id: int, item: Item, importance: Annotated[int, Body(gt=0)], who: Annotated[str, Body()] = "me") -> dict[str, Any]:
    pass


@router.delete("/{item_id}", status_code=204)
def remove(item_id: int, user: Annotated[str, Security(token, scopes=["read"])]) -> None:
    pass


app = FastAPI(
    title="Shop", version="1.2.3", summary="Short", description="Long", terms_of_service="https://example.com/terms",
    contact={"name": "Us", "url": "https://example.com", "email": "us@example.com"},
    license_info={"name": "MIT", "identifier": "MIT"}, openapi_tags=[{"name": "items", "description": "Things"}],
    servers=[{"url": "https://api.example.com", "description": "live"}], openapi_external_docs={"url": "https://docs.example.com"},
)


@app.post("/login")
def login(data: Annotated[Login, Form()]):
    pass


@app.post("/token")
def make_token(username: Annotated[str, Form()], password: Annotated[str, Form()], code: Annotated[Optional[int], Form()] = None):
    pass


@app.post("/files")
def upload(
    file: UploadFile, raw: Annotated[bytes, File(description="bytes")], many: list[UploadFile] = [], note: Annotated[str, Form()] = "",
):
    pass


@app.post("/embedded")
def embedded(item: Annotated[Item, Body(embed=True)]):
    pass


@app.post("/list")
def many(items: list[Item], flags: dict[str, bool] = {}) -> list[Item]:
    pass


@app.get("/page", response_class=HTMLResponse)
def page():
    pass


@app.get("/old", response_class=RedirectResponse, status_code=302, deprecated=True)
def old() -> str:
    pass


@app.get("/lines")
async def lines() -> AsyncIterable[Item]:
    yield Item(name="x", price=1)


@app.get("/events", response_class=EventSourceResponse)
async def events() -> AsyncIterable[Item]:
    yield Item(name="x", price=1)


@app.get("/none", response_model=None, responses={200: {"content": {"image/png": {}}}})
def none() -> Response:
    pass


@app.get("/hidden", include_in_schema=False)
def hidden(item: Item):
    pass


@app.webhooks.post("new-item")
def new_item(body: Stored):
    """Something new."""


app.include_router(router)
