"""HTTP and WebSocket: routes and the dependencies that they share."""
