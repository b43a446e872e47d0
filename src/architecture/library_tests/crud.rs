//! fastapi-crudrouter.

use expect_test::expect;

use crate::architecture::fixture::check;

#[test]
fn six_routes_for_a_schema() {
    check(
        r#"
#- version fastapi 0.95.2
#- version pydantic 1.10.0
#- /main.py
from typing import Optional
from fastapi import Depends, FastAPI
from fastapi_crudrouter import MemoryCRUDRouter
from pydantic import BaseModel

class Potato(BaseModel):
    id: int
    color: str
    mass: Optional[float]

class Spud(BaseModel):
    color: str

def guard(token: str): ...

app = FastAPI()
app.include_router(MemoryCRUDRouter(schema=Potato))

router = MemoryCRUDRouter(
    schema=Potato, create_schema=Spud, update_schema=Spud, prefix="/spuds", tags=["spuds"], paginate=10, delete_all_route=False,
    get_one_route=[Depends(guard)],
)

@router.get("")
def replaced(): ...

app.include_router(router)
"#,
        expect![[r#"
            GET /potato -> fastapi_crudrouter:CRUDGenerator._get_all.<locals>.route; tags Potato; query skip?; query limit?; needs pagination; 200 List[Potato] | None; 422
            POST /potato -> fastapi_crudrouter:CRUDGenerator._create.<locals>.route; tags Potato; body application/json PotatoCreate; 200 Potato; 422
            DELETE /potato -> fastapi_crudrouter:CRUDGenerator._delete_all.<locals>.route; tags Potato; 200 List[Potato] | None
            GET /potato/{item_id} -> fastapi_crudrouter:CRUDGenerator._get_one.<locals>.route; tags Potato; path item_id; 200 Potato; 404; 422
            PUT /potato/{item_id} -> fastapi_crudrouter:CRUDGenerator._update.<locals>.route; tags Potato; path item_id; body application/json PotatoUpdate; 200 Potato; 404; 422
            DELETE /potato/{item_id} -> fastapi_crudrouter:CRUDGenerator._delete_one.<locals>.route; tags Potato; path item_id; 200 Potato; 404; 422
            POST /spuds -> fastapi_crudrouter:CRUDGenerator._create.<locals>.route; tags spuds; body application/json Spud; 200 Potato; 422
            GET /spuds/{item_id} -> fastapi_crudrouter:CRUDGenerator._get_one.<locals>.route; tags spuds; path item_id; query token; needs guard; 200 Potato; 404; 422
            PUT /spuds/{item_id} -> fastapi_crudrouter:CRUDGenerator._update.<locals>.route; tags spuds; path item_id; body application/json Spud; 200 Potato; 404; 422
            DELETE /spuds/{item_id} -> fastapi_crudrouter:CRUDGenerator._delete_one.<locals>.route; tags spuds; path item_id; 200 Potato; 404; 422
            GET /spuds -> main:replaced; tags spuds; 200
        "#]],
    );
}

#[test]
fn a_session_for_each_route() {
    check(
        r#"
#- version fastapi 0.95.2
#- version pydantic 1.10.0
#- /main.py
from fastapi import FastAPI
from fastapi_crudrouter import SQLAlchemyCRUDRouter
from pydantic import BaseModel
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()

class PotatoModel(Base):
    __tablename__ = "potatoes"
    id = Column(Integer, primary_key=True)
    color = Column(String)

class Potato(BaseModel):
    id: int
    color: str

def get_db():
    yield 1

app = FastAPI()
app.include_router(SQLAlchemyCRUDRouter(schema=Potato, db_model=PotatoModel, db=get_db, delete_one_route=False))
"#,
        expect![[r#"
            GET /potatoes -> fastapi_crudrouter:CRUDGenerator._get_all.<locals>.route; tags Potatoes; query skip?; query limit?; needs get_db~, pagination; 200 List[Potato] | None; 422
            POST /potatoes -> fastapi_crudrouter:CRUDGenerator._create.<locals>.route; tags Potatoes; body application/json PotatoCreate; needs get_db~; 200 Potato; 422
            DELETE /potatoes -> fastapi_crudrouter:CRUDGenerator._delete_all.<locals>.route; tags Potatoes; needs get_db~; 200 List[Potato] | None
            GET /potatoes/{item_id} -> fastapi_crudrouter:CRUDGenerator._get_one.<locals>.route; tags Potatoes; path item_id; needs get_db~; 200 Potato; 404; 422
            PUT /potatoes/{item_id} -> fastapi_crudrouter:CRUDGenerator._update.<locals>.route; tags Potatoes; path item_id; body application/json PotatoUpdate; needs get_db~; 200 Potato; 404; 422
        "#]],
    );
}
