"""https://www.starlette.dev/exceptions/"""


class HTTPException(Exception):
    def __init__(self, status_code, detail=None, headers=None):
        self.status_code, self.detail, self.headers = status_code, detail, headers


class WebSocketException(Exception):
    def __init__(self, code, reason=None):
        self.code, self.reason = code, reason
