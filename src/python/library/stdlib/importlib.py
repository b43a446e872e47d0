"""https://docs.python.org/3/library/importlib.html"""
from __arch__ import find_module, import_module as _import_module


def import_module(name, package=None):
    if name.startswith("."):
        stripped = name.lstrip(".")
        base = (package or "").split(".")
        up = len(name) - len(stripped) - 1
        if up:
            base = base[:-up]
        name = ".".join(base + ([stripped] if stripped else []))
    return _import_module(name)


def reload(module):
    return module


def invalidate_caches():
    return None
