//! Classes with a base of which nothing is known.

use expect_test::expect;

use crate::architecture::fixture::{check, check_schemas};

const MODELS: &str = r#"
#- /main.py
from typing import ClassVar, Generic, TypeVar
from fastapi import FastAPI
from pydantic import BaseModel
from elsewhere import Amount, Base, Paged

T = TypeVar("T")

class Owner(Base):
    """Who keeps it."""
    name: str
    age: int = 0
    _cache: dict
    kind: ClassVar[str] = "owner"

class Pet(Owner):
    nick: str | None = None

class Bare(Base):
    pass

class Price(str, Amount):
    currency: str

class Page(Paged, Generic[T]):
    items: list[T]

class Shop(BaseModel):
    owner: Owner
    price: Price
    bare: Bare

app = FastAPI()

@app.post("/pets")
def add(pet: Pet) -> Shop: ...

@app.get("/owners", response_model=Page[Owner])
def owners(): ...
"#;

#[test]
fn fields_are_kept() {
    check_schemas(
        MODELS,
        expect![[r##"
            Owner {"type":"object","properties":{"name":{"type":"string","title":"Name"},"age":{"type":"integer","default":0,"title":"Age"}},"required":["name"],"title":"Owner","description":"Who keeps it."}
            Page_Owner_ {"type":"object","properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/Owner"},"title":"Items"}},"required":["items"],"title":"Page[Owner]"}
            Pet {"type":"object","properties":{"name":{"type":"string","title":"Name"},"age":{"type":"integer","default":0,"title":"Age"},"nick":{"anyOf":[{"type":"string"},{"type":"null"}],"title":"Nick"}},"required":["name"],"title":"Pet"}
            Shop {"type":"object","properties":{"owner":{"$ref":"#/components/schemas/Owner"},"price":{"title":"Price"},"bare":{"title":"Bare"}},"required":["owner","price","bare"],"title":"Shop"}
        "##]],
    );
}

#[test]
fn the_base_is_named() {
    check(
        MODELS,
        expect![[r#"
            POST /pets -> main:add; body application/json Pet; 200 Shop; 422
            GET /owners -> main:owners; 200 Page[Owner]
            main.py:25: `Owner` inherits from `elsewhere.Base`, which is not known, so its schema holds only the fields that are declared below it
            main.py:28: `Owner` inherits from `elsewhere.Base`, which is not known, so its schema holds only the fields that are declared below it
            main.py:29: `Price` inherits from `elsewhere.Amount`, which is not known, so its schema admits everything
            main.py:30: `Bare` inherits from `elsewhere.Base`, which is not known, so its schema admits everything
            main.py:35: `Pet` inherits from `elsewhere.Base`, which is not known, so its schema holds only the fields that are declared below it
            main.py:38: `Page` inherits from `elsewhere.Paged`, which is not known, so its schema holds only the fields that are declared below it
        "#]],
    );
}
