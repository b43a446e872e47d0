//! Alembic.

use expect_test::expect;

use super::check_history;

#[test]
fn revisions_stand_behind_those_that_they_follow() {
    check_history(
        r#"
#- /versions/a.py
"""merge

Revision ID: m
"""
revision = "m"
down_revision = ("x", "y")
def upgrade():
    pass
#- /versions/b.py
"""branch x

Create Date: 2026-01-02 03:04:05.000000
"""
from alembic import op
import sqlalchemy as sa
revision: str = "x"
down_revision: str | None = "first"
def upgrade() -> None:
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.add_column(sa.Column("age", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_users_age"), ["age"], unique=True)
        batch_op.alter_column("nick", new_column_name="nickname")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("UPDATE  users\n SET age = 3")
    for table in ("users", "posts"):
        op.drop_constraint(f"fk_{table}", table, type_="foreignkey")
#- /versions/c.py
from alembic import op
import sqlalchemy as sa
revision = "first"
down_revision = None
def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer()), schema="auth")
    op.create_foreign_key(None, "posts", "users", ["user_id"], ["id"])
    op.rename_table("post", "posts")
#- /versions/d.py
revision = "y"
down_revision = "first"
branch_labels = ("later",)
def upgrade():
    raise RuntimeError("never")
#- /versions/e.py
import os
revision = os.environ["NOBODY_KNOWS"]
down_revision = None
"#,
        expect![[r#"
            first after []
              create table auth.users: -
              create foreign key posts: user_id to users
              rename table post: to posts
            x after [first]
              branch x
              2026-01-02 03:04:05.000000
              add column users: age
              create unique index users: age
              rename column users: nick to nickname
              execute -: UPDATE users SET age = 3 if op.get_bind().dialect.name == "postgresql"
              drop foreign key users: fk_users
              drop foreign key posts: fk_posts
            y after [first]
            m after [x, y] (head)
              merge
            versions/e.py: this revision of Alembic is left out: its `revision` is not known
        "#]],
    );
}
