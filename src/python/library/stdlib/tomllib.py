"""https://docs.python.org/3/library/tomllib.html"""
from __arch__ import parse_toml, unknown


class TOMLDecodeError(ValueError):
    pass


def loads(s, *, parse_float=float):
    return parse_toml(s) if isinstance(s, str) else unknown("tomllib.loads")


def load(fp, *, parse_float=float):
    text = fp.read()
    return parse_toml(text) if isinstance(text, str) else unknown("tomllib.load")
