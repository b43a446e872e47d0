"""https://docs.python.org/3/library/typing.html"""
from __arch__ import *
from __arch__ import forward_reference, new_type, type_alias, type_args, type_hints, type_origin, type_variable
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque

__all__ = [
    "Annotated", "Any", "Callable", "ClassVar", "Concatenate", "Final", "ForwardRef", "Generic", "Literal",
    "Optional", "ParamSpec", "Protocol", "Tuple", "Type", "TypeVar", "TypeVarTuple", "Union", "AbstractSet",
    "ByteString", "Container", "ContextManager", "Hashable", "ItemsView", "Iterable", "Iterator", "KeysView",
    "Mapping", "MappingView", "MutableMapping", "MutableSequence", "MutableSet", "Sequence", "Sized",
    "ValuesView", "Awaitable", "AsyncIterator", "AsyncIterable", "Coroutine", "Collection", "AsyncGenerator",
    "AsyncContextManager", "Reversible", "SupportsAbs", "SupportsBytes", "SupportsComplex", "SupportsFloat",
    "SupportsIndex", "SupportsInt", "SupportsRound", "ChainMap", "Counter", "Deque", "Dict", "DefaultDict",
    "List", "OrderedDict", "Set", "FrozenSet", "NamedTuple", "TypedDict", "Generator", "BinaryIO", "IO",
    "Match", "Pattern", "TextIO", "AnyStr", "assert_type", "assert_never", "cast", "clear_overloads",
    "dataclass_transform", "final", "get_args", "get_origin", "get_overloads", "get_protocol_members",
    "get_type_hints", "is_protocol", "is_typeddict", "LiteralString", "Never", "NewType", "no_type_check",
    "no_type_check_decorator", "NoDefault", "NoReturn", "NotRequired", "overload", "override",
    "ParamSpecArgs", "ParamSpecKwargs", "ReadOnly", "Required", "reveal_type", "runtime_checkable", "Self",
    "Text", "TYPE_CHECKING", "TypeAlias", "TypeGuard", "TypeIs", "TypeAliasType", "Unpack", "TypeAliasType",
]

TYPE_CHECKING = False


class Generic:
    pass


class Protocol(Generic):
    pass


class SupportsIndex(Protocol):
    pass


class _Functional(type):
    """https://typing.python.org/en/latest/spec/namedtuples.html: `NamedTuple("Point", [("x", int)])` makes a class."""

    def __call__(cls, *args, **kwargs):
        if cls is NamedTuple or cls is TypedDict:
            return _from_fields(cls, *args, **kwargs)
        return super().__call__(*args, **kwargs)


def _from_fields(base, typename, fields=(), /, *, total=True, **types):
    annotations = {**dict(fields), **types}
    if not total:
        annotations = {name: NotRequired[annotation] for name, annotation in annotations.items()}
    return type(typename, (base,), {"__annotations__": annotations})


class NamedTuple(_NamedTupleBase, metaclass=_Functional):
    def _asdict(self):
        return dict(self.__dict__)

    def _replace(self, **changes):
        return type(self)(**{**self.__dict__, **changes})


class TypedDict(dict, metaclass=_Functional):
    pass


def TypeVar(name, *constraints, bound=None, default=None, covariant=False, contravariant=False, infer_variance=False):
    return type_variable(name, "TypeVar", *constraints, bound=bound, default=default)


def ParamSpec(name, *, bound=None, default=None, covariant=False, contravariant=False):
    return type_variable(name, "ParamSpec", bound=bound, default=default)


def TypeVarTuple(name, *, default=None):
    return type_variable(name, "TypeVarTuple", default=default)


def NewType(name, tp):
    return new_type(name, tp)


def ForwardRef(arg, *args, **kwargs):
    return forward_reference(arg)


def TypeAliasType(name, value, *, type_params=()):
    return type_alias(name, value, type_params)


def cast(typ, val):
    return val


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    return type_hints(obj)


def get_origin(tp):
    return type_origin(tp)


def get_args(tp):
    args = type_args(tp)
    if get_origin(tp) is Literal or get_origin(tp) is Annotated:
        return args
    return tuple([type(None) if arg is None else arg for arg in args])


def overload(func):
    return func


def final(f):
    return f


def override(method):
    return method


def no_type_check(arg):
    return arg


def runtime_checkable(cls):
    return cls


def dataclass_transform(**kwargs):
    return lambda cls: cls


def deprecated(message, /, *, category=None, stacklevel=1):
    def decorator(arg):
        arg.__deprecated__ = message
        return arg

    return decorator


def assert_type(val, typ):
    return val


def assert_never(arg):
    pass


def reveal_type(obj):
    return obj


def is_typeddict(tp):
    return isinstance(tp, type) and issubclass(tp, TypedDict)


def Doc(documentation):
    return _Doc(documentation)


class _Doc:
    def __init__(self, documentation):
        self.documentation = documentation
