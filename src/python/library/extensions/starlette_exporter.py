"""https://github.com/stephenhillier/starlette_exporter"""
from __arch__ import unknown
from starlette.requests import Request
from starlette.responses import Response


class PrometheusMiddleware:
    def __init__(self, app=None, **options):
        self.app = app


def handle_metrics(request: Request) -> Response:
    return unknown("prometheus_client.generate_latest()")


def handle_openmetrics(request: Request) -> Response:
    return unknown("prometheus_client.generate_latest()")


def from_header(key, allowed_values=None, default=""):
    return unknown("starlette_exporter.from_header")


from_response_header = from_header
