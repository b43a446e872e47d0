"""https://docs.python.org/3/library/collections.html"""


class OrderedDict(dict):
    pass


class defaultdict(dict):
    def __init__(self, default_factory=None, *args, **kwargs):
        dict.__init__(self, *args, **kwargs)
        self.default_factory = default_factory
        for source in args:
            self.update(source)
        self.update(kwargs)

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self.default_factory()
        self[key] = value
        return value


class Counter(dict):
    def __init__(self, iterable=None, /, **kwargs):
        self.update(iterable or ())

    def update(self, iterable=None, /, **kwargs):
        for item in iterable or ():
            self[item] = self.get(item, 0) + 1

    def __missing__(self, key):
        return 0


class ChainMap(dict):
    def __init__(self, *maps):
        self.maps = list(maps)
        for mapping in reversed(maps):
            dict.update(self, mapping)


class deque(list):
    def __init__(self, iterable=(), maxlen=None):
        self.maxlen = maxlen

    def appendleft(self, item):
        self.insert(0, item)

    def popleft(self):
        return self.pop(0)


class UserDict(dict):
    @property
    def data(self):
        return self


class UserList(list):
    pass


class UserString(str):
    pass


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    from typing import Any, NamedTuple

    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    names = list(field_names)
    namespace = {"__annotations__": {name: Any for name in names}, "_fields": tuple(names)}
    for name, default in zip(reversed(names), reversed(list(defaults or ()))):
        namespace[name] = default
    return type(typename, (NamedTuple,), namespace)
