"""Prometheus metrics."""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter(
    "orrery_http_requests_total",
    "HTTP requests by handler and status",
    ["handler", "status"],
)
LATENCY = Histogram(
    "orrery_http_request_seconds",
    "Time from the first byte in to the last byte out",
    ["handler"],
)
ROOM_CONNECTIONS = Gauge(
    "orrery_room_connections",
    "Open WebSocket connections of this process",
)
UPLOADED_BYTES = Counter("orrery_uploaded_bytes_total", "Bytes stored by uploads")
