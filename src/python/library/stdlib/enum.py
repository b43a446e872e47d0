"""https://docs.python.org/3/library/enum.html"""
from types import DynamicClassAttribute as property


class EnumMeta(type):
    pass


EnumType = EnumMeta


class Enum(_EnumBase):
    pass


class IntEnum(int, Enum):
    pass


class StrEnum(str, Enum):
    pass


class Flag(Enum):
    def __or__(self, other):
        return self


class IntFlag(int, Flag):
    pass


class auto:
    pass


def unique(enumeration):
    return enumeration


def verify(*constraints):
    return lambda enumeration: enumeration


def member(obj):
    return obj


def nonmember(obj):
    return obj
