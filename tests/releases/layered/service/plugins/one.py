from fastapi import APIRouter
class Plugin:
    order = 2
    name = "one"
    def setup(self, app):
        r = APIRouter(prefix="/plug/one")
        @r.get("/", name="Plugin One Root")
        def root(): return 1
        app.include_router(r, tags=["plugin"])
