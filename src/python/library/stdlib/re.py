"""https://docs.python.org/3/library/re.html"""
from __arch__ import unknown

_SPECIAL = "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"


class Pattern:
    def __init__(self, pattern, flags=0):
        self.pattern = pattern
        self.flags = flags

    def __class_getitem__(cls, item):
        return cls

    def __getattr__(self, name):
        return unknown("re.Pattern." + name)


class Match:
    def __class_getitem__(cls, item):
        return cls

    def __getattr__(self, name):
        return unknown("re.Match." + name)


def compile(pattern, flags=0):
    return pattern if isinstance(pattern, Pattern) else Pattern(pattern, flags)


def escape(pattern):
    return "".join("\\" + character if character in _SPECIAL else character for character in pattern)
