"""https://docs.python.org/3/library/pkgutil.html"""
import importlib
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


def resolve_name(name):
    module_name, separator, attributes = name.partition(":")
    parts = attributes.split(".") if attributes else []
    if not separator:
        # The longest part that is a module is imported.
        parts = module_name.split(".")
        module_name = parts.pop(0)
        found = importlib.import_module(module_name)
        while parts:
            try:
                found = importlib.import_module(module_name + "." + parts[0])
            except ImportError:
                break
            module_name += "." + parts.pop(0)
    else:
        found = importlib.import_module(module_name)
    for part in parts:
        found = getattr(found, part)
    return found
