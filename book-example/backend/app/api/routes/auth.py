"""Signing in and staying signed in."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, status
from fastapi.security import OAuth2PasswordRequestForm

from app.api.dependencies import AuthServiceDep
from app.core.config import settings
from app.core.limiter import limiter
from app.schemas.auth import RefreshRequest, TokenPair
from app.services.auth import InvalidCredentials

router = APIRouter(prefix="/auth", tags=["auth"])


def unauthorized(detail: str) -> HTTPException:
    return HTTPException(
        status.HTTP_401_UNAUTHORIZED, detail, headers={"WWW-Authenticate": "Bearer"}
    )


@router.post("/token", response_model=TokenPair, summary="Sign in")
@limiter.limit(settings.RATE_LIMIT_LOGIN)
async def login(
    request: Request,
    form: Annotated[OAuth2PasswordRequestForm, Depends()],
    service: AuthServiceDep,
):
    """Exchange address and password for a pair of tokens. `scope` may narrow what they allow."""
    try:
        return await service.login(form.username, form.password, form.scopes)
    except InvalidCredentials:
        raise unauthorized("Wrong address or password")


@router.post("/refresh", response_model=TokenPair, summary="Renew the tokens")
@limiter.limit("30/minute")
async def refresh(request: Request, data: RefreshRequest, service: AuthServiceDep):
    """Exchange a refresh token for a new pair. A refresh token works once."""
    try:
        return await service.refresh(data.refresh_token)
    except InvalidCredentials:
        raise unauthorized("The session has ended")


@router.post("/logout", status_code=status.HTTP_204_NO_CONTENT, summary="Sign out")
async def logout(data: RefreshRequest, service: AuthServiceDep) -> None:
    """Make a refresh token useless."""
    await service.logout(data.refresh_token)
