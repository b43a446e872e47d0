"""https://docs.python.org/3/library/functools.html"""
from __arch__ import cached_property, is_function, partial, wrapped_native

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        if name in assigned and hasattr(wrapped, name):
            setattr(wrapper, name, getattr(wrapped, name))
    if is_function(wrapped):
        for name, value in wrapped.__dict__.items():
            setattr(wrapper, name, value)
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    def decorator(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)

    return decorator


class _Cached:
    def __init__(self, function):
        self.__wrapped__ = function
        self.__name__ = getattr(function, "__name__", "")
        self.__qualname__ = getattr(function, "__qualname__", "")
        self.__module__ = getattr(function, "__module__", "")
        self.__doc__ = getattr(function, "__doc__", None)
        self._results = {}

    def __call__(self, *args, **kwargs):
        key = (args, tuple(kwargs.items()))
        if key not in self._results:
            self._results[key] = self.__wrapped__(*args, **kwargs)
        return self._results[key]

    def __get__(self, instance, owner=None):
        return self if instance is None else partial(self, instance)

    def cache_clear(self):
        self._results.clear()

    def cache_info(self):
        return None


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _Cached(maxsize)
    return _Cached


def cache(user_function):
    return _Cached(user_function)


def reduce(function, iterable, *initial):
    items = list(iterable)
    value = initial[0] if initial else items.pop(0)
    for item in items:
        value = function(value, item)
    return value


def total_ordering(cls):
    return cls


def cmp_to_key(mycmp):
    return lambda value: value


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func, self.args, self.keywords = func, args, keywords

    def __get__(self, instance, owner=None):
        return partial(self.func, instance, *self.args, **self.keywords)


def singledispatch(func):
    func.register = lambda *args: args[0] if args and is_function(args[0]) else (lambda function: function)
    func.dispatch = lambda cls: func
    return func


def singledispatchmethod(func):
    func.register = lambda *args: args[0] if args and is_function(args[0]) else (lambda function: function)
    return func
