"""https://www.starlette.dev/middleware/"""
from __arch__ import conditions, location


class Middleware:
    def __init__(self, cls, *args, **kwargs):
        self.cls, self.args, self.kwargs = cls, args, kwargs
        self._location, self._conditions = location(), conditions()
