"""https://fastapi.tiangolo.com/reference/responses/"""
from starlette.responses import (
    FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse,
)


class UJSONResponse(JSONResponse):
    pass


class ORJSONResponse(JSONResponse):
    pass


class EventSourceResponse(StreamingResponse):
    media_type = "text/event-stream"


class ServerSentEvent:
    def __init__(self, data=None, **options):
        self.data = data
