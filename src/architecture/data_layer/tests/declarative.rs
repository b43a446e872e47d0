//! SQLAlchemy: declarative classes of both styles, mixins, inheritance, tables without classes.

use expect_test::expect;

use super::check;

#[test]
fn annotations_say_type_and_nullability() {
    check(
        r#"
#- /main.py
from __future__ import annotations
import enum, uuid
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Optional
from sqlalchemy import JSON, BigInteger, ForeignKey, String, func
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship
from teams import *

class Base(DeclarativeBase):
    type_annotation_map = {dict[str, Any]: JSON, str: String(80), int: BigInteger}

key = Annotated[uuid.UUID, mapped_column(primary_key=True, default=uuid.uuid4)]

class Role(enum.Enum):
    ADMIN = "admin"

class User(MappedAsDataclass, Base):
    __tablename__ = "users"
    id: Mapped[key] = mapped_column(init=False)
    name: Mapped[str]
    nick: Mapped[str | None] = mapped_column("nickname", unique=True)
    role: Mapped[Role] = mapped_column(index=True, default=Role.ADMIN)
    settings: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    balance: Mapped[Optional[Decimal]]
    created: Mapped[datetime] = mapped_column(server_default=func.now())
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="SET NULL"), nullable=True)
    team: Mapped[Team] = relationship(back_populates="users")
    note = "no column"

class Team(Base):
    __tablename__ = "teams"
    id: Mapped[int] = mapped_column(primary_key=True)
    users: Mapped[list["User"]] = relationship(back_populates="team")
#- /teams.py
"#,
        expect![[r#"
            teams [main:Team] line 31
              id BigInteger key
              users: many users back team
            users [main:User] line 18
              id Uuid key default uuid4()
              name String(80)
              nickname String(80) null as nick
              role Enum(Role) default Role.ADMIN
              settings JSON default dict()
              balance Numeric null
              created DateTime server func.now()
              team_id BigInteger null
              (team_id) -> teams (id) on delete SET NULL
              unique (nickname)
              index (role)
              team: one teams back users
        "#]],
    );
}

#[test]
fn columns_of_the_older_style_and_backrefs() {
    check(
        r#"
#- /main.py
import uuid
from sqlalchemy import (Boolean, CheckConstraint, Column, Computed, ForeignKey, ForeignKeyConstraint, Index, Integer,
    MetaData, Numeric, PrimaryKeyConstraint, String, Table, Text, UniqueConstraint, text)
from sqlalchemy.ext.declarative import declarative_base
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.orm import backref, deferred, relationship
from sqlalchemy.types import TypeDecorator

class GUID(TypeDecorator):
    impl = String
    def __init__(self, length=36):
        super().__init__(length)

Base = declarative_base(metadata=MetaData(schema="shop"))

tags = Table("item_tags", Base.metadata,
    Column("item_id", ForeignKey("items.id"), primary_key=True),
    Column("tag_id", Integer, ForeignKey("tags.id"), primary_key=True))

class Item(Base):
    __tablename__ = "items"
    __table_args__ = (
        UniqueConstraint("owner", "name"),
        Index("by_name", "name", unique=True),
        CheckConstraint("price > 0"),
        ForeignKeyConstraint(["owner", "name"], ["owners.id", "owners.name"], ondelete="CASCADE"),
        {"comment": "What is sold"},
    )
    id = Column(GUID, primary_key=True, default=uuid.uuid4)
    owner = Column(GUID())
    name = Column("title", String(length=40), nullable=False)
    price = Column(Numeric(10, 2), server_default=text("0"))
    twice = Column(Integer, Computed("price * 2"))
    data = Column(MutableDict.as_mutable(pg.JSONB))
    body = deferred(Column(Text))
    labels = relationship("Tag", secondary=tags, backref=backref("items", lazy="dynamic"))

class Owner(Base):
    __tablename__ = "owners"
    id = Column(Integer)
    name = Column(String)
    __table_args__ = (PrimaryKeyConstraint("id", "name"),)

class Tag(Base):
    __tablename__ = "tags"
    id = Column(Integer, primary_key=True)
    parent_id = Column(Integer, ForeignKey("tags.id"))
    children = relationship("Tag", backref=backref("parent", remote_side=[id]))
"#,
        expect![[r#"
            shop.item_tags [] line 17
              item_id GUID key
              tag_id Integer key
              (item_id) -> shop.items (id)
              (tag_id) -> shop.tags (id)
            shop.items [main:Item] line 21
              id GUID key default uuid4()
              owner GUID null
              title String(40) as name
              price Numeric(10, 2) null server 0
              twice Integer null server Computed('price * 2')
              data JSONB null
              body Text null
              (owner, title) -> shop.owners (id, name) on delete CASCADE
              unique (owner, title)
              unique index (title)
              check price > 0
              labels: many shop.tags through shop.item_tags back items
            shop.owners [main:Owner] line 39
              id Integer key
              name String key
            shop.tags [main:Tag] line 45
              id Integer key
              parent_id Integer null
              (parent_id) -> shop.tags (id)
              children: many shop.tags back parent
              items: many shop.items through shop.item_tags back labels
              parent: one shop.tags back children
        "#]],
    );
}

#[test]
fn mixins_hand_down_columns_and_names() {
    check(
        r#"
#- /main.py
from sqlalchemy import Column, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship
from plugin import Unknown

class Base(DeclarativeBase):
    @declared_attr.directive
    def __tablename__(cls) -> str:
        return cls.__name__.lower() + "s"

class Stamped:
    created = Column(DateTime, nullable=False)

class Owned:
    @declared_attr
    def owner_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey(User.id))
    @declared_attr
    def owner(cls) -> Mapped["User"]:
        return relationship("User")

class Abstract(Base):
    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True)

class User(Stamped, Abstract):
    name: Mapped[str]

class Note(Stamped, Owned, Abstract):
    text = Column(String)

class Foreign(Unknown, Base):
    __tablename__ = "foreign_notes"
"#,
        expect![[r#"
            foreign_notes [main:Foreign] line 31
            notes [main:Note] line 28
              text String null
              created DateTime from main:Stamped
              owner_id Integer from main:Owned
              id Integer key from main:Abstract
              (owner_id) -> users (id)
              owner: one users
            users [main:User] line 25
              name String
              created DateTime from main:Stamped
              id Integer key from main:Abstract
            library: `Foreign` extends a class without source: columns of its table are missing
        "#]],
    );
}

#[test]
fn inheritance_joins_tables_or_shares_one() {
    check(
        r#"
#- /main.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Employee(Base):
    __tablename__ = "employees"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind"}

class Engineer(Employee):
    __tablename__ = "engineers"
    id: Mapped[int] = mapped_column(ForeignKey("employees.id"), primary_key=True)
    language: Mapped[str]

class Manager(Employee):
    budget: Mapped[int | None]
"#,
        expect![[r#"
            employees [main:Employee, main:Manager] line 7
              id Integer key
              kind String
              budget Integer null
            engineers [main:Engineer] line 13 below employees
              id Integer key
              language String
              (id) -> employees (id)
        "#]],
    );
}

#[test]
fn classes_are_mapped_to_tables_by_a_call() {
    check(
        r#"
#- /main.py
from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import registry, relationship

mapper_registry = registry()
users = Table("users", mapper_registry.metadata, Column("id", Integer, primary_key=True), Column("name", String(20)))
posts = Table("posts", mapper_registry.metadata, Column("id", Integer, primary_key=True), Column("author", users.c.id.type, ForeignKey(users.c.id)))

class User:
    pass

class Post:
    pass

def start():
    mapper_registry.map_imperatively(User, users, properties={"label": users.c.name, "posts": relationship(Post)})
    mapper_registry.map_imperatively(Post, posts)

start()
"#,
        expect![[r#"
            posts [main:Post] line 11
              id Integer key
              author Integer null
              (author) -> users (id)
            users [main:User] line 8
              id Integer key
              name String(20) null as label
              posts: many posts
        "#]],
    );
}
