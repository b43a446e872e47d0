"""https://github.com/pyropy/fastapi-socketio"""
import socketio


class SocketManager:
    def __init__(self, app, mount_location="/ws", socketio_path="socket.io", cors_allowed_origins="*", async_mode="asgi", **kwargs):
        self._sio = socketio.AsyncServer(async_mode=async_mode)
        self._app = socketio.ASGIApp(socketio_server=self._sio, socketio_path=socketio_path)
        app.mount(mount_location, self._app)
        app.sio = self._sio

    def __getattr__(self, name):
        return getattr(self._sio, name)
