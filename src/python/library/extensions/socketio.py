"""https://python-socketio.readthedocs.io/en/stable/"""
from __arch__ import symbol


class AsyncServer:
    def __init__(self, client_manager=None, namespaces=None, **options):
        self._handlers = []

    def on(self, event, handler=None, namespace=None):
        def decorator(function):
            self._handlers.append((event, function))
            return function

        return decorator if handler is None else decorator(handler)

    def event(self, *args, **kwargs):
        if args and callable(args[0]):
            return self.on(args[0].__name__, args[0])
        return lambda function: self.on(function.__name__, function)

    def register_namespace(self, namespace_handler):
        return None

    def attach(self, app, socketio_path="socket.io"):
        return None

    async def emit(self, event, data=None, to=None, room=None, **options):
        return symbol("socketio.AsyncServer.emit")(event)

    async def send(self, data, to=None, room=None, **options):
        return symbol("socketio.AsyncServer.send")()

    async def enter_room(self, sid, room, namespace=None):
        return None

    leave_room = enter_room

    async def save_session(self, sid, session, namespace=None):
        return None

    async def disconnect(self, sid, namespace=None):
        return None


Server = AsyncServer


class AsyncNamespace:
    def __init__(self, namespace=None):
        self.namespace = namespace or "/"


Namespace = AsyncNamespace


class ASGIApp:
    """The application behind it gets every request that is not for Socket.IO."""

    def __init__(self, socketio_server, other_asgi_app=None, static_files=None, socketio_path="socket.io", **options):
        self.socketio_server, self.app, self.socketio_path = socketio_server, other_asgi_app, socketio_path


class WSGIApp(ASGIApp):
    pass


def __getattr__(name):
    return symbol("socketio." + name)
