"""https://www.starlette.dev/middleware/"""


class BaseHTTPMiddleware:
    def __init__(self, app=None, dispatch=None):
        self.app = app
        self.dispatch_func = dispatch


class _Middleware:
    def __init__(self, app=None, *args, **kwargs):
        self.app = app


class CORSMiddleware(_Middleware):
    pass


class GZipMiddleware(_Middleware):
    pass


class SessionMiddleware(_Middleware):
    pass


class HTTPSRedirectMiddleware(_Middleware):
    pass


class TrustedHostMiddleware(_Middleware):
    pass


class AuthenticationMiddleware(_Middleware):
    pass


class ServerErrorMiddleware(_Middleware):
    pass


class ExceptionMiddleware(_Middleware):
    pass


class WSGIMiddleware(_Middleware):
    pass


class WSGIResponder:
    pass
