"""https://github.com/trallnag/prometheus-fastapi-instrumentator"""
from __arch__ import environment, unknown
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response


class PrometheusInstrumentatorMiddleware:
    def __init__(self, app=None, **options):
        self.app = app


class PrometheusFastApiInstrumentator:
    def __init__(self, *, should_respect_env_var=False, env_var_name="ENABLE_METRICS", **options):
        self.should_respect_env_var, self.env_var_name = should_respect_env_var, env_var_name
        self.instrumentations = []

    def _is_off(self):
        if not self.should_respect_env_var:
            return False
        return environment().get(self.env_var_name, "False").lower() not in ("true", "1")

    def instrument(self, app, **options):
        if not self._is_off():
            app.add_middleware(PrometheusInstrumentatorMiddleware)
        return self

    def add(self, *instrumentation_function):
        self.instrumentations.extend(instrumentation_function)
        return self

    def expose(self, app, should_gzip=False, endpoint="/metrics", include_in_schema=True, tags=None, **kwargs):
        if self._is_off():
            return self

        def metrics(request: Request) -> Response:
            """Endpoint that serves Prometheus metrics."""
            return unknown("prometheus_client.generate_latest()")

        if isinstance(app, FastAPI):
            app.get(endpoint, include_in_schema=include_in_schema, tags=tags, **kwargs)(metrics)
        else:
            app.add_route(endpoint, metrics, include_in_schema=include_in_schema)
        return self


Instrumentator = PrometheusFastApiInstrumentator
