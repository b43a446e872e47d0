from .one import Plugin as Base
from fastapi import FastAPI
class Plugin(Base):
    order = 1
    name = "two"
    def setup(self, app: FastAPI):
        super().setup(app)
        app.add_api_route("/plug/two/{x}", self.handler, methods=["GET"], tags=["plugin", self.name])
    def handler(self, x: int, y: float = 1.5): return x
