"""https://docs.python.org/3/library/pkgutil.html"""
from typing import NamedTuple

from __arch__ import submodules


class ModuleInfo(NamedTuple):
    module_finder: object
    name: str
    ispkg: bool


def iter_modules(path=None, prefix=""):
    return [ModuleInfo(None, prefix + name, is_package) for name, is_package in submodules(list(path or ()))]


def walk_packages(path=None, prefix="", onerror=None):
    found = []
    for name, is_package in submodules(list(path or ())):
        found.append(ModuleInfo(None, prefix + name, is_package))
        if is_package:
            folders = [str(folder) + "/" + name for folder in path or ()]
            found.extend(walk_packages(folders, prefix + name + "."))
    return found


def extend_path(path, name):
    return path
