//! SQLModel.

use expect_test::expect;

use super::check;

#[test]
fn models_with_a_table() {
    check(
        r#"
#- /main.py
import enum, uuid
from datetime import datetime
from typing import TYPE_CHECKING, List, Optional
from sqlalchemy import JSON, Column, DateTime, UniqueConstraint
from sqlmodel import Field, Relationship, SQLModel

if TYPE_CHECKING:
    from main import Hero

class Status(str, enum.Enum):
    ON = "on"

class Link(SQLModel, table=True):
    team_id: Optional[int] = Field(default=None, foreign_key="team.id", primary_key=True)
    hero_id: Optional[uuid.UUID] = Field(default=None, foreign_key="heroes.id", primary_key=True, ondelete="CASCADE")

class Team(SQLModel, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    heroes: List["Hero"] = Relationship(back_populates="teams", link_model=Link)

class HeroBase(SQLModel):
    name: str = Field(index=True, max_length=40)
    status: Status = Status.ON

class Hero(HeroBase, table=True):
    __tablename__ = "heroes"
    __table_args__ = (UniqueConstraint("name", "status"),)
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    age: int | None = None
    seen: datetime = Field(sa_type=DateTime(timezone=True), nullable=True)
    data: dict = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    best_id: Optional[uuid.UUID] = Field(default=None, foreign_key="heroes.id")
    teams: List[Team] = Relationship(back_populates="heroes", link_model=Link)
    best: Optional["Hero"] = Relationship(sa_relationship_kwargs={"remote_side": "Hero.id"})

class HeroRead(HeroBase):
    id: uuid.UUID
"#,
        expect![[r#"
            heroes [main:Hero] line 25
              name String(40) from main:HeroBase
              status Enum(Status) default Status.ON from main:HeroBase
              id Uuid key default uuid4()
              age Integer null
              seen DateTime(timezone=True) null
              data JSON
              best_id Uuid null
              (best_id) -> heroes (id)
              unique (name, status)
              index (name)
              teams: many team through link back heroes
              best: one heroes
            link [main:Link] line 13
              team_id Integer key
              hero_id Uuid key
              (team_id) -> team (id)
              (hero_id) -> heroes (id) on delete CASCADE
            team [main:Team] line 17
              id Integer key
              heroes: many heroes through link back teams
        "#]],
    );
}
