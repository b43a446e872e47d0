//! Schemas with values of which nothing is known.

use expect_test::expect;

use crate::architecture::fixture::{check, check_schemas};

const MODELS: &str = r#"
#- /main.py
from enum import StrEnum
from typing import Annotated
from countries import countries, more
from fastapi import FastAPI
from pydantic import BaseModel, WithJsonSchema

CODES = sorted({country.code for country in countries})
Country = StrEnum("Country", [(code, code) for code in CODES])
Described = Annotated[str, WithJsonSchema({"type": "string", "title": "Described", "enum": CODES})]

Open = Annotated[str, WithJsonSchema({**more, "type": "string"})]

class Address(BaseModel):
    line: str
    country: Country
    described: Described
    opened: Open

app = FastAPI()

@app.get("/address")
def address() -> Address: ...
"#;

#[test]
fn fields_stay_and_admit_more() {
    check_schemas(
        MODELS,
        expect![[r##"
            Address {"type":"object","properties":{"line":{"type":"string","title":"Line"},"country":{"$ref":"#/components/schemas/Country"},"described":{"type":"string","title":"Described"},"opened":{"type":"string","title":"Opened"}},"required":["line","country","described","opened"],"title":"Address"}
            Country {"title":"Country"}
        "##]],
    );
}

#[test]
fn what_is_left_out_is_said() {
    check(
        MODELS,
        expect![[r#"
            GET /address -> main:address; 200 Address
            main.py:15: the type `countries.countries[].code` of the field `country` of `Address` is not known, so its schema admits everything
            main.py:16: of a JSON Schema that the code gives, `enum` is not known, so it is left out
            main.py:17: of a JSON Schema that the code gives, what else it holds is not known, so it is left out
            main.py:22: the type `countries.countries[].code` is not known, so its schema admits everything
        "#]],
    );
}
