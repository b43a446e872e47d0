"""https://fastapi.tiangolo.com/reference/exceptions/"""
from starlette.exceptions import HTTPException as _HTTPException
from starlette.exceptions import WebSocketException as _WebSocketException


class HTTPException(_HTTPException):
    def __init__(self, status_code, detail=None, headers=None):
        super().__init__(status_code=status_code, detail=detail, headers=headers)


class WebSocketException(_WebSocketException):
    pass


class FastAPIError(RuntimeError):
    pass


class DependencyScopeError(FastAPIError):
    pass


class ValidationException(Exception):
    def __init__(self, errors, *, body=None):
        self._errors, self.body = errors, body

    def errors(self):
        return self._errors


class RequestValidationError(ValidationException):
    pass


class WebSocketRequestValidationError(ValidationException):
    pass


class ResponseValidationError(ValidationException):
    pass
