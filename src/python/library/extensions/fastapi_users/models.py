"""https://fastapi-users.github.io/fastapi-users/latest/configuration/databases/sqlalchemy/"""
from typing import Protocol, TypeVar

ID = TypeVar("ID")


class UserProtocol(Protocol[ID]):
    id: ID
    email: str
    hashed_password: str
    is_active: bool
    is_superuser: bool
    is_verified: bool


class OAuthAccountProtocol(Protocol[ID]):
    id: ID
    oauth_name: str
    access_token: str
    account_id: str
    account_email: str


class UserOAuthProtocol(UserProtocol[ID]):
    oauth_accounts: list


UP = TypeVar("UP", bound=UserProtocol)
OAP = TypeVar("OAP", bound=OAuthAccountProtocol)
UOAP = TypeVar("UOAP", bound=UserOAuthProtocol)
