"""https://docs.python.org/3/library/sys.html"""
from __arch__ import exception_caught, unknown

version = "3.13.0"
platform = "linux"
argv = [""]
path = ["/repository"]
modules = {}
executable = "/usr/bin/python3"
maxsize = 9223372036854775807
byteorder = "little"
prefix = base_prefix = "/usr"
flags = unknown("sys.flags")
stdout = unknown("sys.stdout")
stderr = unknown("sys.stderr")
stdin = unknown("sys.stdin")


class _VersionInfo(tuple):
    major, minor, micro, releaselevel, serial = 3, 13, 0, "final", 0


version_info = _VersionInfo((3, 13, 0, "final", 0))


def exit(status=None):
    raise SystemExit(status)


def exc_info():
    caught = exception_caught()
    return type(caught), caught, unknown("traceback")


def getsizeof(object, default=None):
    return unknown("sys.getsizeof")


def setrecursionlimit(limit):
    return None


def intern(string):
    return string


def gettrace():
    return None


def getdefaultencoding():
    return "utf-8"
