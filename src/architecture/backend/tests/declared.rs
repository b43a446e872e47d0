//! Data beside the contract: settings, enumerations, models that cross no boundary.

use expect_test::expect;

use crate::architecture::fixture::check_models;

#[test]
fn what_the_program_declares_is_listed() {
    check_models(
        r#"
#- /config.py
from enum import Enum
from pydantic_settings import BaseSettings

class Environment(str, Enum):
    local = "local"
    production = "production"

class Settings(BaseSettings):
    environment: Environment = Environment.local
    secret: str = "x"

#- /domain.py
from dataclasses import dataclass
from pydantic import BaseModel

@dataclass
class Order:
    id: int

class Draft(BaseModel):
    text: str

class _Unused:
    pass

#- /main.py
from enum import IntEnum
from fastapi import FastAPI
from pydantic import BaseModel
from config import Settings
from domain import Order

class Level(IntEnum):
    low = 1

class Item(BaseModel):
    level: Level

app = FastAPI()

@app.post("/")
def create(item: Item) -> Item:
    return item
"#,
        expect![[r#"
            model domain:Draft [text] accepted [] sent [] imported by []
            enum config:Environment ["local", "production"] accepted [] sent [] imported by []
            model main:Item [level] accepted [0] sent [0] imported by []
            enum main:Level [1] accepted [0] sent [0] imported by []
            dataclass domain:Order [id] accepted [] sent [] imported by ["main"]
            settings config:Settings [environment, secret] accepted [] sent [] imported by ["main"]
        "#]],
    );
}
