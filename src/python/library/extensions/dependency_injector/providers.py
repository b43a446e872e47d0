"""https://python-dependency-injector.ets-labs.org/providers/"""
from __arch__ import environment, unknown


def _value(argument):
    return argument() if isinstance(argument, Provider) else argument


class Provider:
    def __init__(self, provides=None, *args, **kwargs):
        self.cls = self.provides = provides
        self._args, self._kwargs = args, kwargs
        self._overriding = None

    def __call__(self, *args, **kwargs):
        if self._overriding is not None:
            return _value(self._overriding)
        return self._make(*args, **kwargs)

    def _make(self, *args, **kwargs):
        given = [_value(argument) for argument in self._args] + list(args)
        named = {name: _value(argument) for name, argument in self._kwargs.items()}
        named.update(kwargs)
        return self.provides(*given, **named)

    @property
    def provided(self):
        return _Provided(self)

    @property
    def provider(self):
        return self

    def override(self, provider):
        self._overriding = provider
        return self

    def reset_override(self):
        self._overriding = None

    def add_args(self, *args):
        self._args = (*self._args, *args)
        return self

    def add_kwargs(self, **kwargs):
        self._kwargs = {**self._kwargs, **kwargs}
        return self

    def __class_getitem__(cls, item):
        return cls


class _Provided(Provider):
    """What a provider's value has: an attribute, an item, what a method returns."""

    def __init__(self, source, path=()):
        self._source, self._path = source, path
        self._overriding = None

    def __getattr__(self, name):
        return _Provided(self._source, (*self._path, name))

    def __getitem__(self, item):
        return _Provided(self._source, (*self._path, item))

    def call(self, *args, **kwargs):
        return _Provided(self._source, (*self._path, "call()"))

    def _make(self, *args, **kwargs):
        value = self._source()
        for step in self._path:
            value = value() if step == "call()" else getattr(value, step)
        return value


class Factory(Provider):
    pass


class Callable(Provider):
    pass


class Coroutine(Provider):
    pass


class AbstractFactory(Factory):
    pass


class Singleton(Provider):
    def _make(self, *args, **kwargs):
        if not hasattr(self, "_instance"):
            self._instance = super()._make(*args, **kwargs)
        return self._instance


class ThreadSafeSingleton(Singleton):
    pass


class ThreadLocalSingleton(Singleton):
    pass


class ContextLocalSingleton(Singleton):
    pass


class AbstractSingleton(Singleton):
    pass


class Resource(Singleton):
    def _make(self, *args, **kwargs):
        made = super()._make(*args, **kwargs)
        values = list(made) if hasattr(made, "__next__") else [made]
        return values[0] if values else None

    def init(self):
        return self()

    def shutdown(self):
        return None


class Object(Provider):
    def _make(self, *args, **kwargs):
        return self.provides


class Dependency(Provider):
    def __init__(self, instance_of=object, default=None):
        super().__init__(default)

    def _make(self, *args, **kwargs):
        return _value(self.provides)


class List(Provider):
    def __init__(self, *args):
        super().__init__(None, *args)

    def _make(self, *args, **kwargs):
        return [_value(argument) for argument in self._args]


class Dict(Provider):
    def __init__(self, dict_=None, **kwargs):
        super().__init__(None, **{**(dict_ or {}), **kwargs})

    def _make(self, *args, **kwargs):
        return {name: _value(argument) for name, argument in self._kwargs.items()}


class Selector(Provider):
    def __init__(self, selector=None, **providers):
        super().__init__(selector, **providers)

    def _make(self, *args, **kwargs):
        return self._kwargs[_value(self.provides)](*args, **kwargs)


class Aggregate(Selector):
    pass


FactoryAggregate = Aggregate


class DependenciesContainer(Provider):
    def __getattr__(self, name):
        return Dependency()


class Container(Provider):
    def __init__(self, container_cls, container=None, **overriding):
        super().__init__(container_cls)
        self._container = container_cls()
        for name, provider in overriding.items():
            known = getattr(self._container, name, None)
            if isinstance(known, Provider):
                known.override(provider)

    def __getattr__(self, name):
        return getattr(self._container, name)

    def _make(self, *args, **kwargs):
        return self._container


class Configuration(Provider):
    """Its options are known as far as code sets them; files are not read."""

    def __init__(self, name="config", default=None, **options):
        self._name, self._values = name, dict(default or {})
        self._overriding = None

    def __getattr__(self, name):
        return _option(self, (name,))

    def __getitem__(self, item):
        return _option(self, (item,))

    def from_dict(self, options, required=None):
        self._values.update(options)

    def from_pydantic(self, settings, required=None, **options):
        self._values.update(settings.model_dump())

    def from_value(self, value):
        self._values = value

    def _ignore(self, *args, **options):
        return None

    from_yaml = from_ini = from_json = load = _ignore

    def _make(self, *args, **kwargs):
        return self._values


class _option(Provider):
    def __init__(self, root, path, cast=None):
        self._root, self._path, self._cast = root, path, cast
        self._overriding = None

    def __getattr__(self, name):
        return _option(self._root, (*self._path, name))

    def __getitem__(self, item):
        return _option(self._root, (*self._path, item))

    def required(self):
        return self

    def as_int(self):
        return _option(self._root, self._path, int)

    def as_float(self):
        return _option(self._root, self._path, float)

    def as_(self, callback, *args, **kwargs):
        return _option(self._root, self._path, callback)

    def from_env(self, name, default=None, required=None, as_=None):
        value = environment().get(name, default)
        self._set(value if as_ is None or value is None else as_(value))

    def from_value(self, value):
        self._set(value)

    override = from_value

    def from_dict(self, options, required=None):
        self._set(options)

    def _set(self, value):
        level = self._root._values
        for step in self._path[:-1]:
            level = level.setdefault(step, {})
        level[self._path[-1]] = value

    def _make(self, *args, **kwargs):
        level = self._root._values
        for step in self._path:
            if not isinstance(level, dict) or step not in level:
                return unknown("config." + ".".join([str(part) for part in self._path]))
            level = level[step]
        return level if self._cast is None else self._cast(level)
