"""Passwords and tokens. Nothing here knows HTTP."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID, uuid4

import jwt
from pwdlib import PasswordHash

from app.core.config import settings

ALGORITHM = "HS256"

SCOPES = {
    "profile": "Read and change one's own account.",
    "scenes:read": "Read scenes that one owns or was invited to.",
    "scenes:write": "Create and change scenes.",
    "assets:write": "Upload and delete assets.",
    "admin": "Administer all accounts and scenes.",
}

USER_SCOPES = [name for name in SCOPES if name != "admin"]

_hasher = PasswordHash.recommended()

TokenKind = Literal["access", "refresh"]


class InvalidToken(Exception):
    """The token is malformed, expired, of the wrong kind or not ours."""


@dataclass(frozen=True)
class TokenClaims:
    user_id: UUID
    token_id: str
    kind: TokenKind
    scopes: list[str]


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def verify_password(password: str, password_hash: str) -> bool:
    return _hasher.verify(password, password_hash)


def create_token(user_id: UUID, kind: TokenKind, scopes: list[str]) -> str:
    lifetime = (
        timedelta(minutes=settings.ACCESS_TOKEN_MINUTES)
        if kind == "access"
        else timedelta(days=settings.REFRESH_TOKEN_DAYS)
    )
    now = datetime.now(UTC)
    payload: dict[str, Any] = {
        "sub": str(user_id),
        "jti": uuid4().hex,
        "kind": kind,
        "scopes": scopes,
        "iat": now,
        "exp": now + lifetime,
    }
    return jwt.encode(payload, settings.SECRET_KEY.get_secret_value(), algorithm=ALGORITHM)


def read_token(token: str, kind: TokenKind) -> TokenClaims:
    try:
        payload = jwt.decode(
            token,
            settings.SECRET_KEY.get_secret_value(),
            algorithms=[ALGORITHM],
            options={"require": ["sub", "jti", "exp"]},
        )
        claims = TokenClaims(
            user_id=UUID(payload["sub"]),
            token_id=payload["jti"],
            kind=payload["kind"],
            scopes=payload["scopes"],
        )
    except (jwt.PyJWTError, KeyError, ValueError) as error:
        raise InvalidToken(str(error)) from error
    if claims.kind != kind:
        raise InvalidToken(f"a token of kind {kind} is needed")
    return claims
