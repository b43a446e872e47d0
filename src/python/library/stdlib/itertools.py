"""https://docs.python.org/3/library/itertools.html"""


class chain:
    def __new__(cls, *iterables):
        return [item for iterable in iterables for item in iterable]

    @classmethod
    def from_iterable(cls, iterables):
        return [item for iterable in iterables for item in iterable]


def product(*iterables, repeat=1):
    rows = [()]
    for iterable in list(iterables) * repeat:
        items = list(iterable)
        rows = [row + (item,) for row in rows for item in items]
    return rows


def islice(iterable, *args):
    return list(iterable)[slice(*args)]


def groupby(iterable, key=None):
    groups = {}
    for item in iterable:
        groups.setdefault(key(item) if key else item, []).append(item)
    return list(groups.items())


def repeat(object, times=1):
    return [object] * times


def count(start=0, step=1):
    return [start + step * i for i in range(100)]


def zip_longest(*iterables, fillvalue=None):
    columns = [list(iterable) for iterable in iterables]
    length = max([len(column) for column in columns], default=0)
    return [tuple(column[i] if i < len(column) else fillvalue for column in columns) for i in range(length)]


def pairwise(iterable):
    items = list(iterable)
    return list(zip(items, items[1:]))


def batched(iterable, n):
    items = list(iterable)
    return [tuple(items[i : i + n]) for i in range(0, len(items), n)]


def takewhile(predicate, iterable):
    return [item for item in iterable if predicate(item)]


def dropwhile(predicate, iterable):
    return [item for item in iterable if not predicate(item)]


def starmap(function, iterable):
    return [function(*arguments) for arguments in iterable]
