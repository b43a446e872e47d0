"""https://www.starlette.dev/requests/"""
from __arch__ import unknown


class HTTPConnection:
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
