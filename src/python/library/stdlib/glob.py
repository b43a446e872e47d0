"""https://docs.python.org/3/library/glob.html"""
import os.path as _path

from __arch__ import is_dir, is_unknown, list_dir, unknown


def matches(name, pattern):
    """Whether a name is one that a pattern of `*`, `?` and plain characters means."""
    head, star, rest = pattern.partition("*")
    if not star:
        return len(name) == len(pattern) and _starts(name, pattern)
    if not _starts(name, head):
        return False
    return any(matches(name[index:], rest) for index in range(len(head), len(name) + 1))


def _starts(name, pattern):
    return len(name) >= len(pattern) and all(p in ("?", n) for n, p in zip(name, pattern))


def expand(folder, parts, hidden=False):
    """Paths below a folder that match the parts of a pattern, or something unknown."""
    if not parts:
        return [folder]
    names = list_dir(folder)
    if is_unknown(names) or any("[" in part for part in parts):
        return [unknown("glob")]
    part, rest = parts[0], parts[1:]
    found = []
    if part == "**":
        found.extend(expand(folder, rest, hidden) if rest else [folder])
        for name in names:
            path = folder + "/" + name
            if is_dir(path) is True and (hidden or not name.startswith(".")):
                found.extend(expand(path, parts, hidden))
        return found
    for name in names:
        if matches(name, part) and (hidden or part.startswith(".") or not name.startswith(".")):
            path = folder + "/" + name
            if not rest:
                found.append(path)
            elif is_dir(path) is True:
                found.extend(expand(path, rest, hidden))
    return found


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    pattern = str(pathname)
    if is_unknown(pattern):
        return [unknown("glob.glob")]
    folder = str(root_dir) if root_dir else ("" if pattern.startswith("/") else "/repository")
    parts = [part for part in pattern.split("/") if part not in ("", ".")]
    while parts and "*" not in parts[0] and "?" not in parts[0] and len(parts) > 1:
        folder = folder + "/" + parts.pop(0)
    if not recursive:
        parts = ["*" if part == "**" else part for part in parts]
    found = expand(folder, parts, include_hidden)
    if pattern.startswith("/"):
        return found
    return [path if is_unknown(path) else path[len(str(root_dir or "/repository")) + 1 :] for path in found]


def iglob(pathname, **options):
    return glob(pathname, **options)


def escape(pathname):
    return pathname
