"""https://docs.python.org/3/library/importlib.resources.html"""
import pathlib

from __arch__ import import_module, unknown


def files(anchor=None):
    module = import_module(anchor) if isinstance(anchor, str) else anchor
    location = getattr(module, "__file__", None)
    if location is None:
        return unknown("importlib.resources.files()")
    return pathlib.Path(location).parent


class as_file:
    def __init__(self, path):
        self._path = path

    def __enter__(self):
        return self._path

    def __exit__(self, *args):
        return None
