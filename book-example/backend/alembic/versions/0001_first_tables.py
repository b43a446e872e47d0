"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

visibility = sa.Enum("PRIVATE", "PUBLIC", name="visibility")
node_kind = sa.Enum("GROUP", "MODEL", "LIGHT", "BODY", name="nodekind")
member_role = sa.Enum("VIEWER", "EDITOR", name="memberrole")


def record_columns() -> list[sa.Column]:
    return [
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "users",
        *record_columns(),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("display_name", sa.String(80), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_users_email", "users", ["email"], unique=True)

    op.create_table(
        "assets",
        *record_columns(),
        sa.Column("owner_id", sa.Uuid(), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("filename", sa.String(255), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False, unique=True),
    )
    op.create_index("ix_assets_owner_id", "assets", ["owner_id"])

    op.create_table(
        "scenes",
        *record_columns(),
        sa.Column("owner_id", sa.Uuid(), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("visibility", visibility, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_scenes_owner_id", "scenes", ["owner_id"])

    op.create_table(
        "scene_nodes",
        *record_columns(),
        sa.Column(
            "scene_id", sa.Uuid(), sa.ForeignKey("scenes.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("asset_id", sa.Uuid(), sa.ForeignKey("assets.id"), nullable=True),
        sa.Column("kind", node_kind, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("position", sa.JSON(), nullable=True),
        sa.Column("rotation", sa.JSON(), nullable=True),
        sa.Column("scale", sa.JSON(), nullable=True),
        sa.Column("properties", sa.JSON(), nullable=True),
    )
    op.create_index("ix_scene_nodes_scene_id", "scene_nodes", ["scene_id"])

    op.create_table(
        "scene_members",
        sa.Column(
            "scene_id", sa.Uuid(), sa.ForeignKey("scenes.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.id"), primary_key=True),
        sa.Column("role", member_role, nullable=False),
    )


def downgrade() -> None:
    for table in ("scene_members", "scene_nodes", "scenes", "assets", "users"):
        op.drop_table(table)
    for kind in (member_role, node_kind, visibility):
        kind.drop(op.get_bind(), checkfirst=True)
