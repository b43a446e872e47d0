"""Uploaded files. The bytes are in object storage, this is what is known of them."""

from uuid import UUID

from sqlmodel import Field

from app.models.base import Record


class Asset(Record, table=True):
    __tablename__ = "assets"

    owner_id: UUID = Field(foreign_key="users.id", index=True)
    filename: str = Field(max_length=255)
    media_type: str = Field(max_length=100)
    size: int
    storage_key: str = Field(unique=True)
