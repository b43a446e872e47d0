"""https://docs.python.org/3/library/functions.html#open

Files of the analysed tree can be read; what is written and what lies elsewhere is not known.
"""
from __arch__ import is_file, is_unknown, read_text, unknown


class _File:
    def __init__(self, name, text):
        self.name, self._text = name, text

    def read(self, size=-1):
        text, self._text = self._text, ""
        return text

    def readlines(self):
        return self.read().splitlines(True)

    def __iter__(self):
        return iter(self.readlines())

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None

    def close(self):
        return None


def open(file, mode="r", *args, **options):
    path = str(file)
    if not path.startswith("/"):
        path = "/repository/" + path
    if not isinstance(mode, str) or mode.strip("rbt") or is_file(path) is not True:
        return unknown("open")
    text = read_text(path)
    return unknown("open") if is_unknown(text) else _File(path, text)
