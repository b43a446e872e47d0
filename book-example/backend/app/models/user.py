"""Accounts."""

from sqlmodel import Field

from app.models.base import Record


class User(Record, table=True):
    __tablename__ = "users"

    email: str = Field(unique=True, index=True, max_length=254)
    display_name: str = Field(max_length=80)
    password_hash: str
    is_active: bool = True
    is_admin: bool = False
