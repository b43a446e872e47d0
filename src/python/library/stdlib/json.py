"""https://docs.python.org/3/library/json.html"""
from __arch__ import parse_json, unknown, write_json


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


def dumps(obj, *, indent=None, sort_keys=False, ensure_ascii=True, **options):
    # What has an encoder of its own looks as that says.
    if options:
        return unknown("json.dumps")
    return write_json(obj, indent, sort_keys, ensure_ascii)


def dump(obj, fp, **kwargs):
    return None
