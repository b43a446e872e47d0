"""https://docs.python.org/3/library/functions.html#globals"""


class Namespace(dict):
    """The names of a module: what is written into it is bound there."""

    def __init__(self, module, names):
        super().__init__(names)
        self._module = module

    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        setattr(self._module, key, value)

    def update(self, other=(), /, **named):
        for key, value in dict(other, **named).items():
            self[key] = value

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]
