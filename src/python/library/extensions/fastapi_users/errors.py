"""https://fastapi-users.github.io/fastapi-users/latest/usage/routes/"""
from enum import Enum

from pydantic import BaseModel


class ErrorModel(BaseModel):
    detail: str | dict[str, str]


class ErrorCodeReasonModel(BaseModel):
    code: str
    reason: str


class ErrorCode(str, Enum):
    REGISTER_INVALID_PASSWORD = "REGISTER_INVALID_PASSWORD"
    REGISTER_USER_ALREADY_EXISTS = "REGISTER_USER_ALREADY_EXISTS"
    OAUTH_NOT_AVAILABLE_EMAIL = "OAUTH_NOT_AVAILABLE_EMAIL"
    OAUTH_USER_ALREADY_EXISTS = "OAUTH_USER_ALREADY_EXISTS"
    OAUTH_INVALID_STATE = "OAUTH_INVALID_STATE"
    LOGIN_BAD_CREDENTIALS = "LOGIN_BAD_CREDENTIALS"
    LOGIN_USER_NOT_VERIFIED = "LOGIN_USER_NOT_VERIFIED"
    RESET_PASSWORD_BAD_TOKEN = "RESET_PASSWORD_BAD_TOKEN"
    RESET_PASSWORD_INVALID_PASSWORD = "RESET_PASSWORD_INVALID_PASSWORD"
    VERIFY_USER_BAD_TOKEN = "VERIFY_USER_BAD_TOKEN"
    VERIFY_USER_ALREADY_VERIFIED = "VERIFY_USER_ALREADY_VERIFIED"
    UPDATE_USER_EMAIL_ALREADY_EXISTS = "UPDATE_USER_EMAIL_ALREADY_EXISTS"
    UPDATE_USER_INVALID_PASSWORD = "UPDATE_USER_INVALID_PASSWORD"
    ACCESS_TOKEN_ALREADY_EXPIRED = "ACCESS_TOKEN_ALREADY_EXPIRED"
    ACCESS_TOKEN_DECODE_ERROR = "ACCESS_TOKEN_DECODE_ERROR"


def described(code, summary):
    """One example of an error: by its code, with the code as its detail."""
    return {code.value: {"summary": summary, "value": {"detail": code.value}}}


def password_error(code, reason):
    """The example of a refused password; its detail says why."""
    detail = {"code": code.value, "reason": reason}
    return {code.value: {"summary": "Password validation failed.", "value": {"detail": detail}}}


def bad_request(*examples):
    """The documented response 400 with its examples."""
    together = {}
    for example in examples:
        together.update(example)
    return {400: {"model": ErrorModel, "content": {"application/json": {"examples": together}}}}


UNAUTHORIZED = {401: {"description": "Missing token or inactive user."}}
FORBIDDEN = {403: {"description": "Not a superuser."}}
NOT_FOUND = {404: {"description": "The user does not exist."}}
