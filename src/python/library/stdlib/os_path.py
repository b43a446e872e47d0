"""https://docs.python.org/3/library/os.path.html"""
from __arch__ import hole, is_dir, is_file, unknown

sep = "/"


def join(path, *paths):
    result = str(path)
    for part in paths:
        part = str(part)
        if part.startswith("/"):
            result = part
        elif result == "" or result.endswith("/"):
            result = result + part
        else:
            result = result + "/" + part
    return result


def normpath(path):
    path = str(path)
    is_absolute = path.startswith("/")
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".." or not is_absolute:
            parts.append(part)
    return ("/" if is_absolute else "") + "/".join(parts) or "."


def abspath(path):
    path = str(path)
    return normpath(path if path.startswith("/") else join("/repository", path))


realpath = abspath


def dirname(path):
    head, _, tail = str(path).rpartition("/")
    return head if head or not str(path).startswith("/") else "/"


def basename(path):
    return str(path).rpartition("/")[2]


def split(path):
    return dirname(path), basename(path)


def splitext(path):
    name = basename(path)
    stem, dot, extension = name.rpartition(".")
    if not stem:
        return str(path), ""
    return str(path)[: len(str(path)) - len(extension) - 1], dot + extension


def exists(path):
    path = str(path)
    return is_file(path) or is_dir(path)


lexists = exists


def isfile(path):
    return is_file(str(path))


def isdir(path):
    return is_dir(str(path))


def isabs(path):
    return str(path).startswith("/")


def expanduser(path):
    return str(path).replace("~", "/home/user", 1) if str(path).startswith("~") else str(path)


def expandvars(path):
    return path


def relpath(path, start="/repository"):
    return str(path).removeprefix(str(start) + "/")


def commonpath(paths):
    return unknown("os.path.commonpath")


def getsize(path):
    return unknown("os.path.getsize")


def getmtime(path):
    return unknown("os.path.getmtime")
