"""https://docs.python.org/3/library/inspect.html"""
from __arch__ import (
    is_class, is_coroutine, is_function, is_generator, is_method, is_module, members, parameters, return_annotation,
    unknown,
)


class _empty:
    pass


class Parameter:
    empty = _empty
    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name, self.kind, self.default, self.annotation = name, kind, default, annotation

    def replace(self, **changes):
        given = {"name": self.name, "kind": self.kind, "default": self.default, "annotation": self.annotation}
        given.update(changes)
        return Parameter(given["name"], given["kind"], default=given["default"], annotation=given["annotation"])


class Signature:
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self._list = list(parameters or ())
        self.return_annotation = return_annotation

    @property
    def parameters(self):
        return {parameter.name: parameter for parameter in self._list}

    def replace(self, *, parameters=None, return_annotation=...):
        kept = self.return_annotation if return_annotation is ... else return_annotation
        chosen = self._list if parameters is None else parameters
        return Signature(chosen, return_annotation=kept)

    def bind(self, *args, **kwargs):
        return unknown("inspect.Signature.bind")

    bind_partial = bind


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    rows = parameters(obj)
    if rows is None:
        return Signature()
    made = []
    for name, kind, default, has_default, annotation, has_annotation in rows:
        made.append(
            Parameter(
                name,
                kind,
                default=default if has_default else _empty,
                annotation=annotation if has_annotation else _empty,
            )
        )
    returned = return_annotation(obj)
    return Signature(made, return_annotation=_empty if returned is ... else returned)


def getmembers(object, predicate=None):
    return [(name, value) for name, value in members(object) if predicate is None or predicate(value)]


isclass = is_class
isfunction = is_function
ismethod = is_method
ismodule = is_module
iscoroutinefunction = is_coroutine
isgeneratorfunction = is_generator


def isroutine(object):
    return is_function(object) or is_method(object)


def isasyncgenfunction(object):
    return is_generator(object) and is_coroutine(object)


def isawaitable(object):
    return unknown("inspect.isawaitable")


def iscoroutine(object):
    return False


def isabstract(object):
    return False


def getdoc(object):
    doc = getattr(object, "__doc__", None)
    return cleandoc(doc) if doc else None


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margin = None
    for line in lines[1:]:
        if line.strip():
            indent = len(line) - len(line.lstrip())
            margin = indent if margin is None else min(margin, indent)
    cleaned = [lines[0].lstrip()] + [line[margin or 0 :] for line in lines[1:]]
    while cleaned and not cleaned[-1].strip():
        cleaned.pop()
    while cleaned and not cleaned[0].strip():
        cleaned.pop(0)
    return "\n".join(cleaned)


def unwrap(func, *, stop=None):
    while hasattr(func, "__wrapped__"):
        func = func.__wrapped__
    return func


def getmodule(object):
    return unknown("inspect.getmodule")


def stack(*args):
    return [unknown("inspect.stack")]


def currentframe():
    return unknown("inspect.currentframe")
