"""https://docs.sqlalchemy.org/en/20/dialects/"""
from sqlalchemy.schema import ExcludeConstraint as ExcludeConstraint
from sqlalchemy.types import *
from sqlalchemy.types import JSON, Enum, Interval, TypeEngine


class JSONB(JSON): pass
class HSTORE(TypeEngine): pass
class INET(TypeEngine): pass
class CIDR(TypeEngine): pass
class MACADDR(TypeEngine): pass
class MONEY(TypeEngine): pass
class BYTEA(LargeBinary): pass
class TSVECTOR(TypeEngine): pass
class TSQUERY(TypeEngine): pass
class CITEXT(Text): pass
class OID(TypeEngine): pass
class BIT(TypeEngine): pass
class ENUM(Enum): pass
class INTERVAL(Interval): pass
class INT4RANGE(TypeEngine): pass
class INT8RANGE(TypeEngine): pass
class NUMRANGE(TypeEngine): pass
class DATERANGE(TypeEngine): pass
class TSRANGE(TypeEngine): pass
class TSTZRANGE(TypeEngine): pass
class TINYINT(Integer): pass
class MEDIUMINT(Integer): pass
class YEAR(TypeEngine): pass
class TINYTEXT(Text): pass
class MEDIUMTEXT(Text): pass
class LONGTEXT(Text): pass
class TINYBLOB(LargeBinary): pass
class MEDIUMBLOB(LargeBinary): pass
class LONGBLOB(LargeBinary): pass
class SET(TypeEngine): pass
class UNIQUEIDENTIFIER(Uuid): pass
class DATETIME2(DateTime): pass
class DATETIMEOFFSET(DateTime): pass
class NTEXT(UnicodeText): pass
class VARCHAR2(String): pass
class NUMBER(Numeric): pass
