"""https://www.starlette.dev/responses/"""
from __arch__ import cookie, unknown


class Response:
    media_type = None
    charset = "utf-8"

    def __init__(self, content=None, status_code=200, headers=None, media_type=None, background=None):
        self.status_code = status_code
        self.background = background
        self.body = content
        if media_type is not None:
            self.media_type = media_type
        self.headers = unknown("starlette.responses.Response.headers")

    def set_cookie(
        self, key, value="", max_age=None, expires=None, path="/", domain=None, secure=False, httponly=False,
        samesite="lax", partitioned=False,
    ):
        # A browser forgets what expires at once; an empty value proves nothing.
        cookie(key, httponly, value == "" or max_age == 0 or expires == 0)

    def delete_cookie(self, key, path="/", domain=None, secure=False, httponly=False, samesite="lax"):
        cookie(key, httponly, True)


class HTMLResponse(Response):
    media_type = "text/html"


class PlainTextResponse(Response):
    media_type = "text/plain"


class JSONResponse(Response):
    media_type = "application/json"

    def __init__(self, content=None, status_code=200, headers=None, media_type=None, background=None):
        super().__init__(content, status_code, headers, media_type, background)


class RedirectResponse(Response):
    def __init__(self, url, status_code=307, headers=None, background=None):
        super().__init__(None, status_code, headers, None, background)
        self.url = url


class StreamingResponse(Response):
    def __init__(self, content, status_code=200, headers=None, media_type=None, background=None):
        super().__init__(None, status_code, headers, media_type, background)
        self.body_iterator = content


class FileResponse(Response):
    def __init__(
        self, path, status_code=200, headers=None, media_type=None, background=None, filename=None, stat_result=None,
        content_disposition_type="attachment",
    ):
        super().__init__(None, status_code, headers, media_type, background)
        self.path = path
