"""https://fastapi.tiangolo.com/reference/uploadfile/"""
from starlette.datastructures import URL, Address, FormData, Headers, QueryParams, State
from starlette.datastructures import UploadFile as _UploadFile


class UploadFile(_UploadFile):
    pass


class DefaultPlaceholder:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        return bool(self.value)


def Default(value):
    return DefaultPlaceholder(value)


def get_value_or_default(first_item, *extra_items):
    for item in (first_item,) + extra_items:
        if not isinstance(item, DefaultPlaceholder):
            return item
    return first_item
