"""https://docs.python.org/3/library/operator.html"""


def attrgetter(*names):
    def get(object):
        values = []
        for name in names:
            value = object
            for part in name.split("."):
                value = getattr(value, part)
            values.append(value)
        return values[0] if len(values) == 1 else tuple(values)

    return get


def itemgetter(*items):
    return lambda object: object[items[0]] if len(items) == 1 else tuple(object[item] for item in items)


def methodcaller(name, /, *args, **kwargs):
    return lambda object: getattr(object, name)(*args, **kwargs)


def or_(a, b):
    return a | b


def and_(a, b):
    return a & b


def add(a, b):
    return a + b


def eq(a, b):
    return a == b


def not_(a):
    return not a
