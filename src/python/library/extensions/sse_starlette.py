"""https://github.com/sysid/sse-starlette"""
from starlette.responses import Response


class ServerSentEvent:
    def __init__(self, data=None, **options):
        self.data = data


JSONServerSentEvent = ServerSentEvent


class EventSourceResponse(Response):
    media_type = "text/event-stream"

    def __init__(self, content, status_code=200, headers=None, media_type="text/event-stream", background=None, **options):
        super().__init__(None, status_code, headers, media_type, background)
        self.body_iterator = content
