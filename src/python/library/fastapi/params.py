"""https://fastapi.tiangolo.com/reference/parameters/"""
from enum import Enum

from pydantic.fields import FieldInfo


class ParamTypes(Enum):
    query = "query"
    header = "header"
    path = "path"
    cookie = "cookie"


class Param(FieldInfo):
    in_ = None

    def __init__(self, default=..., **options):
        super().__init__(default=default, **options)


class Path(Param):
    in_ = ParamTypes.path


class Query(Param):
    in_ = ParamTypes.query


class Header(Param):
    in_ = ParamTypes.header

    def __init__(self, default=..., *, convert_underscores=True, **options):
        self.convert_underscores = convert_underscores
        super().__init__(default=default, **options)


class Cookie(Param):
    in_ = ParamTypes.cookie


class Body(FieldInfo):
    media_type = "application/json"

    def __init__(self, default=..., *, embed=None, media_type=None, **options):
        self.embed = embed
        if media_type is not None:
            self.media_type = media_type
        super().__init__(default=default, **options)


class Form(Body):
    media_type = "application/x-www-form-urlencoded"


class File(Form):
    media_type = "multipart/form-data"


class Depends:
    def __init__(self, dependency=None, *, use_cache=True, scope=None, **options):
        self.dependency, self.use_cache, self.scope = dependency, use_cache, scope


class Security(Depends):
    def __init__(self, dependency=None, *, scopes=None, use_cache=True, scope=None, **options):
        super().__init__(dependency, use_cache=use_cache, scope=scope)
        self.scopes = scopes
