import enum
from functools import wraps, partial
from typing import Any, Callable, Generic, List, Optional, Type, TypeVar, Dict, Union, Annotated, Literal
from fastapi import APIRouter, Depends, HTTPException, Query, Path, Body, Header, Cookie, Request, Response, Security, status
from fastapi.routing import APIRoute
from fastapi.security import OAuth2PasswordBearer, SecurityScopes, APIKeyHeader, HTTPBearer, HTTPBasic
from pydantic import BaseModel, Field, create_model, ConfigDict

T = TypeVar("T")
ModelT = TypeVar("ModelT", bound=BaseModel)
CreateT = TypeVar("CreateT", bound=BaseModel)
UpdateT = TypeVar("UpdateT", bound=BaseModel)


class Page(BaseModel, Generic[T]):
    items: List[T]
    total: int = Field(..., ge=0)
    next: Optional[str] = None


class ErrorDetail(BaseModel):
    code: str
    message: str
    meta: Dict[str, Any] = {}


class Envelope(BaseModel, Generic[T]):
    data: T
    errors: List[ErrorDetail] = Field(default_factory=list)


class TimedRoute(APIRoute):
    def get_route_handler(self) -> Callable:
        original = super().get_route_handler()

        async def timed(request: Request) -> Response:
            return await original(request)

        return timed


class PrefixedRouter(APIRouter):
    """A router that adds its own things."""

    def __init__(self, *args, resource: str, **kwargs):
        kwargs.setdefault("prefix", f"/{resource}")
        kwargs.setdefault("tags", [resource.title()])
        kwargs.setdefault("route_class", TimedRoute)
        super().__init__(*args, **kwargs)
        self.resource = resource

    def add_api_route(self, path, endpoint, **kwargs):
        kwargs["responses"] = {**(kwargs.get("responses") or {}), 418: {"description": f"{self.resource} teapot", "model": ErrorDetail}}
        if kwargs.get("operation_id") is None:
            kwargs["operation_id"] = f"{self.resource}_{endpoint.__name__}"
        super().add_api_route(path, endpoint, **kwargs)


class SafeEnum(str, enum.Enum):
    """Kinds that are safe."""
    one = "one"
    two = "two"

    @classmethod
    def default(cls):
        return cls.two


class MultiMime(str, enum.Enum):
    JSON = "application/json"
    CSV = "text/csv"


class Paginator:
    def __init__(self, maximum: int = 100, default: int = 20):
        self.maximum = maximum
        self.default = default

    def __call__(self, limit: int = Query(10, ge=1, le=100, description="How many"), offset: int = Query(0, ge=0)):
        return limit, offset


class Common:
    def __init__(self, q: Optional[str] = None, x_trace: Optional[str] = Header(None), session: Optional[str] = Cookie(None)):
        self.q = q


oauth2 = OAuth2PasswordBearer(tokenUrl="token", scopes={"items:read": "Read", "items:write": "Write"}, auto_error=False)
api_key = APIKeyHeader(name="X-Key", scheme_name="ServiceKey", description="for services")
bearer = HTTPBearer(bearerFormat="JWT", auto_error=False)


async def current_user(scopes: SecurityScopes, token: Optional[str] = Depends(oauth2)):
    return token


def require(*scopes: str):
    return Security(current_user, scopes=list(scopes))


def audited(action: str):
    def decorator(f):
        @wraps(f)
        async def wrapper(*args, **kwargs):
            return await f(*args, **kwargs)
        wrapper.__doc__ = (f.__doc__ or "") + f"\n\nAudited as *{action}*."
        return wrapper
    return decorator


def typed_filter(_type, name):
    q = Query(None, alias=name)

    def dep(value: T = q):
        return value
    dep.__annotations__["value"] = _type
    return dep


def optional(model):
    """All fields optional."""
    fields = {}
    src = getattr(model, "model_fields", None) or model.__fields__
    for name, f in src.items():
        ann = getattr(f, "annotation", None) or f.outer_type_
        fields[name] = (Optional[ann], None)
    return create_model(f"{model.__name__}Patch", **fields)


def crud_router(schema: Type[ModelT], create: Type[CreateT], update: Optional[Type[UpdateT]] = None, *, name: str, get_one=True, dependencies=None) -> APIRouter:
    router = PrefixedRouter(resource=name, dependencies=[Depends(d) for d in (dependencies or [])])

    @router.get("", response_model=Page[schema], summary=f"List {name}")
    async def list_all(page=Depends(Paginator(50))):
        """List things."""

    @router.post("", response_model=Envelope[schema], status_code=201)
    async def create_one(item: create):  # type: ignore
        pass

    if get_one:
        @router.get("/{item_id}", response_model=schema, responses={404: {"model": ErrorDetail}})
        async def read_one(item_id: int = Path(..., gt=0)):
            pass

    async def patch_one(item_id: int, item):
        pass
    if update is not None:
        patch_one.__annotations__["item"] = update
        router.add_api_route("/{item_id}", patch_one, methods=["PATCH"], response_model=Optional[schema], name=f"Patch {name}")

    router.delete("/{item_id}", status_code=status.HTTP_204_NO_CONTENT)(_delete)
    return router


async def _delete(item_id: int):
    """Deletes it.

    Really.
    """


class Controller:
    path = "/controllers"
    tags: List[Union[str, enum.Enum]] = ["controllers"]

    def __init__(self, name: str):
        self.name = name
        self.router = APIRouter(prefix=self.path + "/" + name, tags=self.tags)
        self.router.add_api_route("/bound", self.bound, methods=["GET"])
        self.router.add_api_route("/static", self.static, methods=["GET"], deprecated=True)
        self.router.get("/deco")(self.bound)

    async def bound(self, value: int = 3, kind: SafeEnum = SafeEnum.one) -> Dict[str, int]:
        """Bound method."""
        return {}

    @staticmethod
    def static(text: str) -> str:
        return text

    def with_extra(self, body: ErrorDetail, extra: int) -> ErrorDetail:
        return body
