"""https://docs.python.org/3/library/copy.html"""
from __arch__ import deep_copy


def copy(x):
    if isinstance(x, (list, dict, set)):
        return x.copy()
    if isinstance(x, (str, int, float, bool, tuple, bytes)) or x is None or isinstance(x, type) or callable(x):
        return x
    duplicate = object.__new__(type(x))
    for name, value in x.__dict__.items():
        setattr(duplicate, name, value)
    return duplicate


def deepcopy(x, memo=None):
    return deep_copy(x)


def replace(obj, /, **changes):
    duplicate = copy(obj)
    for name, value in changes.items():
        setattr(duplicate, name, value)
    return duplicate
