"""https://docs.sqlalchemy.org/en/20/core/types.html"""
from __arch__ import unknown


class TypeEngine:
    def __init__(self, *args, **options):
        self._args, self._options = args, options

    def with_variant(self, *args, **options):
        return self

    def copy(self, **options):
        return self

    adapt = copy

    def evaluates_none(self):
        return self

    def __getattr__(self, name):
        return unknown("sqlalchemy.types." + name)


class UserDefinedType(TypeEngine):
    pass


class TypeDecorator(TypeEngine):
    impl = None

    def load_dialect_impl(self, dialect):
        return self.impl


class ExternalType:
    pass


class NullType(TypeEngine): pass
class String(TypeEngine): pass
class Text(String): pass
class Unicode(String): pass
class UnicodeText(Text): pass
class AutoString(String): pass
class CHAR(String): pass
class NCHAR(Unicode): pass
class VARCHAR(String): pass
class NVARCHAR(Unicode): pass
class TEXT(Text): pass
class CLOB(Text): pass
class Integer(TypeEngine): pass
class SmallInteger(Integer): pass
class BigInteger(Integer): pass
class INTEGER(Integer): pass
class SMALLINT(SmallInteger): pass
class BIGINT(BigInteger): pass
class Numeric(TypeEngine): pass
class NUMERIC(Numeric): pass
class DECIMAL(Numeric): pass
class Float(Numeric): pass
class FLOAT(Float): pass
class REAL(Float): pass
class Double(Float): pass
class DOUBLE(Double): pass
class DOUBLE_PRECISION(Double): pass
class Boolean(TypeEngine): pass
class BOOLEAN(Boolean): pass
class DateTime(TypeEngine): pass
class DATETIME(DateTime): pass
class TIMESTAMP(DateTime): pass
class Date(TypeEngine): pass
class DATE(Date): pass
class Time(TypeEngine): pass
class TIME(Time): pass
class Interval(TypeDecorator): pass
class LargeBinary(TypeEngine): pass
class BINARY(LargeBinary): pass
class VARBINARY(LargeBinary): pass
class BLOB(LargeBinary): pass
class Enum(String): pass
class PickleType(TypeDecorator): pass
class JSON(TypeEngine): pass
class ARRAY(TypeEngine): pass
class Uuid(TypeEngine): pass
class UUID(Uuid): pass
class TupleType(TypeEngine): pass


class Variant(TypeDecorator):
    pass


JSON.NULL = unknown("sqlalchemy.JSON.NULL")
