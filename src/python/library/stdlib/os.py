"""https://docs.python.org/3/library/os.html"""
from __arch__ import environment, hole, is_dir, is_file, is_unknown, list_dir, unknown
from collections.abc import Mapping as _Mapping

name = "posix"
sep = "/"
linesep = "\n"
pathsep = ":"
curdir = "."
devnull = "/dev/null"


class PathLike:
    pass


class _Environ(dict):
    def copy(self):
        return dict(self)


environ = _Environ(environment())


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    environ[key] = value


def unsetenv(key):
    environ.pop(key, None)


def getcwd():
    return "/repository"


def fspath(path):
    return str(path)


def listdir(path="."):
    return list_dir(str(path))


def makedirs(name, mode=511, exist_ok=False):
    return None


mkdir = makedirs


def getpid():
    return unknown("os.getpid")


def cpu_count():
    return unknown("os.cpu_count")


def urandom(size):
    return unknown("os.urandom")


def walk(top, topdown=True, onerror=None, followlinks=False):
    top = str(top)
    names = list_dir(top)
    if is_unknown(names):
        return [unknown("os.walk")]
    folders = [name for name in names if is_dir(top + "/" + name) is True]
    found = [(top, folders, [name for name in names if name not in folders])]
    for name in folders:
        found.extend(walk(top + "/" + name))
    return found
