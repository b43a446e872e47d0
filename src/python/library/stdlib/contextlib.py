"""https://docs.python.org/3/library/contextlib.html"""
from functools import wraps


class AbstractContextManager:
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        return None


class AbstractAsyncContextManager:
    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc_value, traceback):
        return None


class ContextDecorator:
    def __call__(self, func):
        return func


AsyncContextDecorator = ContextDecorator


def contextmanager(func):
    return func


def asynccontextmanager(func):
    return func


class suppress:
    def __init__(self, *exceptions):
        self.exceptions = exceptions

    def __enter__(self):
        return None

    def __exit__(self, *details):
        return True


class nullcontext:
    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    async def __aenter__(self):
        return self.enter_result

    def __exit__(self, *details):
        return None


class closing:
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *details):
        self.thing.close()


aclosing = closing


class ExitStack:
    def __enter__(self):
        return self

    def __exit__(self, *details):
        return None

    def enter_context(self, cm):
        with cm as value:
            return value

    def callback(self, callback, /, *args, **kwargs):
        return callback

    def push(self, exit):
        return exit

    def close(self):
        return None


class AsyncExitStack(ExitStack):
    async def __aenter__(self):
        return self

    async def enter_async_context(self, cm):
        async with cm as value:
            return value

    def push_async_callback(self, callback, /, *args, **kwargs):
        return callback

    async def aclose(self):
        return None


def redirect_stdout(target):
    return nullcontext(target)


redirect_stderr = redirect_stdout
