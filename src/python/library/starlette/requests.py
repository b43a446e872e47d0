"""https://www.starlette.dev/requests/"""
from __arch__ import cookie, unknown


class Session:
    """https://www.starlette.dev/middleware/#sessionmiddleware: what is put in comes back in a cookie."""

    def __bool__(self):
        return unknown("request.session")

    def __iter__(self):
        return unknown("request.session")

    def __len__(self):
        return unknown("request.session")

    def __setitem__(self, key, value):
        cookie("request.session", True, False)

    def update(self, *values, **named):
        cookie("request.session", True, False)

    def setdefault(self, key, default=None):
        cookie("request.session", True, False)
        return unknown("request.session")

    def __delitem__(self, key):
        cookie("request.session", True, True)

    def pop(self, key, default=None):
        cookie("request.session", True, True)
        return unknown("request.session")

    def clear(self):
        cookie("request.session", True, True)

    def __getitem__(self, key):
        return unknown("request.session")

    def __contains__(self, key):
        return unknown("request.session")

    def __getattr__(self, name):
        return unknown("request.session." + name)


class HTTPConnection:
    session = Session()

    def __getattr__(self, name):
        return unknown("request." + name)


class Request(HTTPConnection):
    pass


class ClientDisconnect(Exception):
    pass


class WebSocket(HTTPConnection):
    def __getattr__(self, name):
        return unknown("websocket." + name)


class WebSocketState:
    CONNECTING, CONNECTED, DISCONNECTED, RESPONSE = 0, 1, 2, 3


class WebSocketDisconnect(Exception):
    def __init__(self, code=1000, reason=None):
        self.code, self.reason = code, reason


class WebSocketClose:
    pass
