"""Domain errors, and how each becomes a response."""

import structlog
from fastapi import FastAPI, Request, status
from fastapi.responses import JSONResponse
from slowapi.errors import RateLimitExceeded

logger = structlog.get_logger(__name__)


class DomainError(Exception):
    """Something that the rules of the product refuse."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotFoundError(DomainError):
    status_code = status.HTTP_404_NOT_FOUND


class ForbiddenError(DomainError):
    status_code = status.HTTP_403_FORBIDDEN


class ConflictError(DomainError):
    status_code = status.HTTP_409_CONFLICT


class TooLargeError(DomainError):
    status_code = 413


class UnsupportedTypeError(DomainError):
    status_code = status.HTTP_415_UNSUPPORTED_MEDIA_TYPE


def problem(request: Request, status_code: int, detail: str) -> JSONResponse:
    """A body after RFC 9457."""
    return JSONResponse(
        {"status": status_code, "detail": detail, "instance": request.url.path},
        status_code=status_code,
        media_type="application/problem+json",
    )


async def handle_domain_error(request: Request, error: DomainError) -> JSONResponse:
    return problem(request, error.status_code, error.detail)


async def handle_rate_limit(request: Request, error: RateLimitExceeded) -> JSONResponse:
    return problem(request, status.HTTP_429_TOO_MANY_REQUESTS, f"limit is {error.detail}")


async def handle_unexpected_error(request: Request, error: Exception) -> JSONResponse:
    logger.exception("unexpected_error", path=request.url.path)
    return problem(request, status.HTTP_500_INTERNAL_SERVER_ERROR, "internal error")


def register_exception_handlers(app: FastAPI) -> None:
    app.add_exception_handler(DomainError, handle_domain_error)
    app.add_exception_handler(RateLimitExceeded, handle_rate_limit)
    app.add_exception_handler(Exception, handle_unexpected_error)
