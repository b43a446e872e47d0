//! Tortoise and Beanie.

use expect_test::expect;

use super::check;

#[test]
fn models_of_tortoise() {
    check(
        r#"
#- /main.py
from tortoise import fields
from tortoise.models import Model

class Stamp(Model):
    created = fields.DatetimeField(auto_now_add=True)
    class Meta:
        abstract = True

class Team(Model):
    name = fields.CharField(max_length=40, unique=True)

class Account(Stamp):
    key = fields.UUIDField(primary_key=True)
    nick = fields.CharField(max_length=10, null=True, db_index=True, source_field="nickname")
    team: fields.ForeignKeyRelation[Team] = fields.ForeignKeyField("models.Team", related_name="members", null=True, on_delete=fields.SET_NULL)
    best = fields.OneToOneField("models.Team", related_name="bestof")
    tags = fields.ManyToManyField("models.Team", related_name="taggers")
    class Meta:
        table = "accounts"
        unique_together = (("nick", "team_id"),)
"#,
        expect![[r#"
            accounts [main:Account] line 12
              created DatetimeField from main:Stamp
              key UUIDField key
              nickname CharField(10) null as nick
              team_id IntField null
              best_id IntField
              (team_id) -> team (id) on delete SET NULL
              (best_id) -> team (id) on delete CASCADE
              unique (best_id)
              unique (nickname, team_id)
              index (nickname)
              team: one team back members
              best: one team back bestof
              tags: many team back taggers
            team [main:Team] line 9
              id IntField key
              name CharField(40)
              unique (name)
        "#]],
    );
}

#[test]
fn documents_of_beanie() {
    check(
        r#"
#- /main.py
from typing import Annotated, List, Optional
from beanie import Document, Indexed, Link
from pydantic import BaseModel

class Category(BaseModel):
    name: str

class Door(Document):
    height: int = 2

class House(Document):
    name: Indexed(str, unique=True)
    age: Annotated[int, Indexed()] = 1
    category: Category
    door: Link[Door]
    windows: Optional[List[Link[Door]]] = None
    class Settings:
        name = "houses"
"#,
        expect![[r#"
            Door [main:Door] line 8
              _id PydanticObjectId key as id from beanie:Document
              height int default 2
            houses [main:House] line 11
              _id PydanticObjectId key as id from beanie:Document
              name str
              age int default 1
              category Category
              door Link[Door]
              windows List[Link[Door]] null
              unique index (name)
              index (age)
              door: one Door
              windows: many Door
        "#]],
    );
}
