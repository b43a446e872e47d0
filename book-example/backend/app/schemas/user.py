"""Accounts, as seen from outside."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, EmailStr, Field, SecretStr


class UserCreate(BaseModel):
    email: EmailStr
    display_name: str = Field(min_length=1, max_length=80)
    password: SecretStr = Field(min_length=12, max_length=128)


class UserUpdate(BaseModel):
    display_name: str = Field(min_length=1, max_length=80)


class PasswordChange(BaseModel):
    current_password: SecretStr
    new_password: SecretStr = Field(min_length=12, max_length=128)


class UserPublic(BaseModel):
    """What anyone signed in may know of someone else."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    display_name: str


class UserRead(UserPublic):
    """What one may know of oneself."""

    email: EmailStr
    is_active: bool
    is_admin: bool
    created_at: datetime
