"""https://docs.python.org/3/library/asyncio.html"""
from __arch__ import is_coroutine, symbol, unknown

CancelledError = symbol("asyncio.CancelledError")
TimeoutError = TimeoutError
iscoroutinefunction = is_coroutine


def run(main, **kwargs):
    return main


async def gather(*aws, return_exceptions=False):
    return list(aws)


async def wait_for(fut, timeout):
    return fut


async def to_thread(func, /, *args, **kwargs):
    return func(*args, **kwargs)


def create_task(coro, **kwargs):
    return unknown("asyncio.Task")


ensure_future = create_task


async def shield(arg):
    return arg


class AbstractEventLoop:
    async def run_in_executor(self, executor, func, *args):
        return func(*args)

    def create_task(self, coro, **kwargs):
        return coro

    def __getattr__(self, name):
        return symbol("asyncio.AbstractEventLoop." + name)


def get_running_loop():
    return AbstractEventLoop()


get_event_loop = new_event_loop = get_running_loop
