//! fastapi-pagination and fastapi-filter.

use expect_test::expect;

use crate::architecture::fixture::check;

#[test]
fn pages_bring_their_parameters() {
    check(
        r#"
#- /main.py
from typing import Annotated
from fastapi import APIRouter, Depends, FastAPI
from fastapi_pagination import LimitOffsetPage, Page, Params, add_pagination, paginate, set_page
from fastapi_pagination.cursor import CursorPage
from fastapi_pagination.links import Page as LinkedPage
from pydantic import BaseModel

class Item(BaseModel):
    name: str

def user(token: str): ...

app = FastAPI()
router = APIRouter(prefix="/r")

@app.get("/direct")
def direct(q: str, u=Depends(user)) -> Page[Item]:
    return paginate([])

@router.get("/included", response_model=LimitOffsetPage[Item])
def included(q: str, u=Depends(user)): ...

@router.get("/cursor")
def cursor() -> Annotated[CursorPage[Item], "page"]: ...

@router.get("/linked")
def linked() -> LinkedPage[Item]: ...

@router.get("/own", response_model=list[Item])
def own(params: Params = Depends()): ...

@router.get("/either", response_model=list[Item] | Page[Item])
def either(params: Annotated[Params, Depends()]): ...

app.include_router(router)
add_pagination(app)

@app.get("/late")
def late() -> Page[Item]: ...
"#,
        expect![[r#"
            GET /direct -> main:direct; query q; query token; query page?; query size?; needs user, _page_ctx_dependency~(_pagination_params~); 200 Page[Item]; 422
            GET /r/included -> main:included; query q; query limit?; query offset?; query token; needs _page_ctx_dependency~(_pagination_params~), user; 200 LimitOffsetPage[Item]; 422
            GET /r/cursor -> main:cursor; query cursor?; query size?; needs _page_ctx_dependency~(_pagination_params~); 200 CursorPage[Item]; 422
            GET /r/linked -> main:linked; query page?; query size?; needs _page_ctx_dependency~(_pagination_params~); 200 Page[~TAny]Customized[Item]; 422
            GET /r/own -> main:own; query page?; query size?; needs Params; 200 list[Item]; 422
            GET /r/either -> main:either; query page?; query size?; needs Params; 200 list[Item] | Page[Item]; 422
            GET /late -> main:late; query page?; query size?; needs _page_ctx_dependency~(_pagination_params~); 200 Page[Item]; 422
        "#]],
    );
}

#[test]
fn pages_without_add_pagination_bring_nothing() {
    check(
        r#"
#- /main.py
from fastapi import Depends, FastAPI
from fastapi_pagination import Page, pagination_ctx

app = FastAPI()

@app.get("/bare")
def bare() -> Page[int]: ...

@app.get("/context", dependencies=[Depends(pagination_ctx(Page[int]))])
def context() -> Page[int]: ...
"#,
        expect![[r#"
            GET /bare -> main:bare; 200 Page[int]
            GET /context -> main:context; query page?; query size?; needs _page_ctx_dependency~(_pagination_params~); 200 Page[int]; 422
        "#]],
    );
}

#[test]
fn customized_pages() {
    check(
        r#"
#- /main.py
from typing import Generic, TypeVar
from fastapi import FastAPI, Query
from fastapi_pagination import LimitOffsetPage, Page, Params, add_pagination
from fastapi_pagination.customization import (
    CustomizedPage, UseAdditionalFields, UseFieldsAliases, UseName, UseOptionalParams, UseParams, UseParamsFields,
)

T = TypeVar("T")

class Wide(Params):
    size: int = Query(500, ge=1, le=1_000, alias="pageSize")
    sort: str = Query("name")

Big = CustomizedPage[Page[T], UseName("Big"), UseParamsFields(size=Query(10, alias="per_page"), page=2)]
Loose = CustomizedPage[LimitOffsetPage[T], UseOptionalParams()]
Own = CustomizedPage[Page, UseParams(Wide), UseFieldsAliases(items="data"), UseAdditionalFields(note=(str | None, None))]

class Inherited(Page[T], Generic[T]):
    extra: str

app = FastAPI()

@app.get("/big")
def big() -> Big[int]: ...

@app.get("/loose")
def loose() -> Loose[int]: ...

@app.get("/own")
def own() -> Own[int]: ...

@app.get("/inherited")
def inherited() -> Inherited[int]: ...

add_pagination(app)
"#,
        expect![[r#"
            GET /big -> main:big; query page?; query per_page?; needs _page_ctx_dependency~(_pagination_params~); 200 Big[int]; 422
            GET /loose -> main:loose; query limit?; query offset?; needs _page_ctx_dependency~(_pagination_params~); 200 LimitOffsetPage[~T]Customized[int]; 422
            GET /own -> main:own; query page?; query pageSize?; query sort?; needs _page_ctx_dependency~(_pagination_params~); 200 PageCustomized[int]; 422
            GET /inherited -> main:inherited; query page?; query size?; needs _page_ctx_dependency~(_pagination_params~); 200 Inherited[int]; 422
        "#]],
    );
}

#[test]
fn filters() {
    check(
        r#"
#- /main.py
from typing import Optional
from fastapi import FastAPI
from fastapi_filter import FilterDepends, with_prefix
from fastapi_filter.contrib.sqlalchemy import Filter
from pydantic import Field

class Address: ...
class User:
    name = age = None

class AddressFilter(Filter):
    street: Optional[str] = None
    country__in: Optional[list[str]] = None

    class Constants(Filter.Constants):
        model = Address

class UserFilter(Filter):
    name: str | None = None
    age__lt: int = Field(100, ge=0, description="younger than")
    kinds: list[str]
    order_by: list[str] = ["age", "-name"]
    address: AddressFilter | None = FilterDepends(with_prefix("address", AddressFilter))
    custom: str = Field(alias="customName")

    class Constants(Filter.Constants):
        model = User

app = FastAPI()

@app.get("/users")
def users(user_filter: UserFilter = FilterDepends(UserFilter)): ...

@app.get("/by-alias")
def by_alias(user_filter: UserFilter = FilterDepends(UserFilter, by_alias=True)): ...
"#,
        expect![[r#"
            GET /users -> main:users; query name?; query age__lt?; query kinds; query order_by?; query customName; query address__street?; query address__country__in?; needs UserFilter(AddressFilter); 200; 422
            GET /by-alias -> main:by_alias; query name?; query age__lt?; query kinds; query order_by?; query customName; query address__street?; query address__country__in?; needs UserFilter(AddressFilter); 200; 422
        "#]],
    );
}
