"""https://docs.python.org/3/library/textwrap.html"""
from __arch__ import unknown


def dedent(text):
    lines = [line if line.strip() else "" for line in text.split("\n")]
    margin = None
    for line in lines:
        if not line.strip():
            continue
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if margin is None:
            margin = indent
        while not indent.startswith(margin):
            margin = margin[:-1]
    width = len(margin or "")
    return "\n".join([line[width:] for line in lines])


def indent(text, prefix, predicate=None):
    applies = predicate or (lambda line: line.strip())
    return "".join([prefix + line if applies(line) else line for line in text.splitlines(True)])


def wrap(text, width=70, **options):
    return unknown("textwrap.wrap()")


def fill(text, width=70, **options):
    return unknown("textwrap.fill()")


def shorten(text, width, **options):
    words = " ".join(text.split())
    return words if len(words) <= width else unknown("textwrap.shorten()")
