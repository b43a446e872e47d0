"""https://docs.python.org/3/library/types.html"""
from __arch__ import Union as UnionType
from __arch__ import symbol

NoneType = type(None)
FunctionType = LambdaType = type(lambda: None)
MethodType = symbol("types.MethodType")
ModuleType = type(__import__("__arch__"))
GeneratorType = type(iter(()))
CoroutineType = symbol("types.CoroutineType")
TracebackType = symbol("types.TracebackType")
GenericAlias = symbol("types.GenericAlias")
DynamicClassAttribute = property


class SimpleNamespace:
    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)


def MappingProxyType(mapping):
    return mapping


def new_class(name, bases=(), kwds=None, exec_body=None):
    namespace = {}
    if exec_body is not None:
        exec_body(namespace)
    return type(name, tuple(bases), namespace, **(kwds or {}))


def coroutine(func):
    return func
