"""https://docs.python.org/3/library/json.html"""
from __arch__ import parse_json, unknown


class JSONEncoder:
    pass


class JSONDecoder:
    pass


class JSONDecodeError(ValueError):
    pass


def loads(s, **kwargs):
    return parse_json(s) if isinstance(s, str) else unknown("json.loads")


def load(fp, **kwargs):
    text = fp.read()
    return parse_json(text) if isinstance(text, str) else unknown("json.load")


def dumps(obj, **kwargs):
    return unknown("json.dumps")


def dump(obj, fp, **kwargs):
    return None
