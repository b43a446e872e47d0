"""https://docs.python.org/3/library/importlib.html#module-importlib.util"""
from __arch__ import find_module, unknown


def find_spec(name, package=None):
    return unknown("importlib.util.find_spec")
