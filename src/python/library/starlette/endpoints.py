"""https://www.starlette.dev/endpoints/"""


class HTTPEndpoint:
    pass


class WebSocketEndpoint:
    encoding = None
