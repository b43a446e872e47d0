"""https://fastapi.tiangolo.com/tutorial/encoder/"""


def jsonable_encoder(obj, *args, **kwargs):
    return obj
