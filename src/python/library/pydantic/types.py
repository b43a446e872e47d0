"""https://docs.pydantic.dev/latest/api/types/"""
from typing import Annotated

from __arch__ import package_version
from pydantic.fields import Field

VERSION = package_version("pydantic") or "2.12.0"


class SecretStr:
    def __init__(self, secret_value):
        self._secret_value = secret_value

    def get_secret_value(self):
        return self._secret_value

    def __str__(self):
        return "**********"


class SecretBytes(SecretStr):
    pass


class Secret(SecretStr):
    pass


class StringConstraints:
    def __init__(self, **options):
        self.options = options


class _Text(str):
    pass


class EmailStr(_Text):
    pass


class NameEmail(_Text):
    pass


class AnyUrl(_Text):
    @classmethod
    def build(cls, **parts):
        from __arch__ import hole

        return hole("url")


class AnyHttpUrl(AnyUrl):
    pass


class HttpUrl(AnyUrl):
    pass


class FileUrl(AnyUrl):
    pass


class AnyWebsocketUrl(AnyUrl):
    pass


class WebsocketUrl(AnyUrl):
    pass


class PostgresDsn(AnyUrl):
    pass


class RedisDsn(AnyUrl):
    pass


class MongoDsn(AnyUrl):
    pass


class MySQLDsn(AnyUrl):
    pass


class MariaDBDsn(AnyUrl):
    pass


class AmqpDsn(AnyUrl):
    pass


class KafkaDsn(AnyUrl):
    pass


class NatsDsn(AnyUrl):
    pass


class ClickHouseDsn(AnyUrl):
    pass


class CockroachDsn(AnyUrl):
    pass


class UrlConstraints:
    def __init__(self, **options):
        self.options = options


class Json:
    def __class_getitem__(cls, item):
        return Annotated[item, Json]


class ImportString:
    pass


class ByteSize(int):
    pass


class PaymentCardNumber(_Text):
    pass


StrictStr = Annotated[str, Field(strict=True)]
StrictInt = Annotated[int, Field(strict=True)]
StrictFloat = Annotated[float, Field(strict=True)]
StrictBool = Annotated[bool, Field(strict=True)]
StrictBytes = Annotated[bytes, Field(strict=True)]
PositiveInt = Annotated[int, Field(gt=0)]
NegativeInt = Annotated[int, Field(lt=0)]
NonNegativeInt = Annotated[int, Field(ge=0)]
NonPositiveInt = Annotated[int, Field(le=0)]
PositiveFloat = Annotated[float, Field(gt=0)]
NegativeFloat = Annotated[float, Field(lt=0)]
NonNegativeFloat = Annotated[float, Field(ge=0)]
NonPositiveFloat = Annotated[float, Field(le=0)]
FiniteFloat = Annotated[float, Field(allow_inf_nan=False)]


class EncoderProtocol:
    pass


class Base64Encoder(EncoderProtocol):
    @classmethod
    def get_json_format(cls):
        return "base64"


class Base64UrlEncoder(EncoderProtocol):
    @classmethod
    def get_json_format(cls):
        return "base64url"


class EncodedBytes:
    def __init__(self, encoder):
        self.encoder = encoder

    def __get_pydantic_json_schema__(self, schema, handler):
        return {**handler(schema), "type": "string", "format": self.encoder.get_json_format()}


class EncodedStr(EncodedBytes):
    pass


Base64Bytes = Annotated[bytes, EncodedBytes(encoder=Base64Encoder)]
Base64Str = Annotated[str, EncodedStr(encoder=Base64Encoder)]
Base64UrlBytes = Annotated[bytes, EncodedBytes(encoder=Base64UrlEncoder)]
Base64UrlStr = Annotated[str, EncodedStr(encoder=Base64UrlEncoder)]


class _Marked:
    pass


def _marker(base, name):
    return type(name, (base,), {})


import datetime as _datetime
import ipaddress as _ipaddress
import pathlib as _pathlib
import uuid as _uuid

PastDate = _marker(_datetime.date, "PastDate")
FutureDate = _marker(_datetime.date, "FutureDate")
PastDatetime = _marker(_datetime.datetime, "PastDatetime")
FutureDatetime = _marker(_datetime.datetime, "FutureDatetime")
AwareDatetime = _marker(_datetime.datetime, "AwareDatetime")
NaiveDatetime = _marker(_datetime.datetime, "NaiveDatetime")
FilePath = _marker(_pathlib.Path, "FilePath")
DirectoryPath = _marker(_pathlib.Path, "DirectoryPath")
NewPath = _marker(_pathlib.Path, "NewPath")
UUID1 = _marker(_uuid.UUID, "UUID1")
UUID3 = _marker(_uuid.UUID, "UUID3")
UUID4 = _marker(_uuid.UUID, "UUID4")
UUID5 = _marker(_uuid.UUID, "UUID5")
UUID6 = _marker(_uuid.UUID, "UUID6")
UUID7 = _marker(_uuid.UUID, "UUID7")


class IPvAnyAddress:
    pass


class IPvAnyInterface:
    pass


class IPvAnyNetwork:
    pass


def constr(**options):
    return Annotated[str, Field(**options)]


def conint(**options):
    return Annotated[int, Field(**options)]


def confloat(**options):
    return Annotated[float, Field(**options)]


def conbytes(**options):
    return Annotated[bytes, Field(**options)]


def condecimal(**options):
    from decimal import Decimal

    return Annotated[Decimal, Field(**options)]


def condate(**options):
    return Annotated[_datetime.date, Field(**options)]


def conlist(item_type, **options):
    return Annotated[list[item_type], Field(**options)]


def conset(item_type, **options):
    return Annotated[set[item_type], Field(**options)]


def confrozenset(item_type, **options):
    return Annotated[frozenset[item_type], Field(**options)]


def validate_email(value):
    return value, value


class _Formatted:
    """What stands beside a type in `Annotated` and gives its format."""

    def __get_pydantic_json_schema__(self, core_schema, handler):
        return {**handler(core_schema), "format": self._format}


class UuidVersion(_Formatted):
    def __init__(self, uuid_version):
        self.uuid_version, self._format = uuid_version, f"uuid{uuid_version}"


class PathType(_Formatted):
    def __init__(self, path_type):
        self.path_type = path_type
        self._format = {"file": "file-path", "dir": "directory-path", "new": "path"}[path_type]


# In pydantic 1 these are classes.
if not VERSION.startswith("1."):
    UUID1 = Annotated[_uuid.UUID, UuidVersion(1)]
    UUID3 = Annotated[_uuid.UUID, UuidVersion(3)]
    UUID4 = Annotated[_uuid.UUID, UuidVersion(4)]
    UUID5 = Annotated[_uuid.UUID, UuidVersion(5)]
    UUID6 = Annotated[_uuid.UUID, UuidVersion(6)]
    UUID7 = Annotated[_uuid.UUID, UuidVersion(7)]
    FilePath = Annotated[_pathlib.Path, PathType("file")]
    DirectoryPath = Annotated[_pathlib.Path, PathType("dir")]
    NewPath = Annotated[_pathlib.Path, PathType("new")]
