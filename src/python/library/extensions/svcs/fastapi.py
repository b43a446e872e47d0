"""https://svcs.hynek.me/en/stable/integrations/fastapi.html"""
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from svcs import Container, Registry


class lifespan:
    def __init__(self, lifespan):
        self.__wrapped__ = lifespan
        self.registry = Registry()

    def __call__(self, app):
        return self.__wrapped__(app, self.registry)


async def container(request: Request):
    yield Container()


async def registry(request: Request):
    return Registry()


DepContainer = Annotated[Container, Depends(container)]
DepRegistry = Annotated[Registry, Depends(registry)]
