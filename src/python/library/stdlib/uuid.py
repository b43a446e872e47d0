"""https://docs.python.org/3/library/uuid.html"""
from __arch__ import unknown


class UUID:
    def __init__(self, hex=None, **kwargs):
        digits = str(hex).replace("urn:", "").replace("uuid:", "").strip("{}").replace("-", "").lower()
        self._text = str(hex)
        if len(digits) == 32:
            self._text = "-".join([digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]])

    def __str__(self):
        return self._text

    @property
    def hex(self):
        return self._text.replace("-", "")


def uuid1(node=None, clock_seq=None):
    return unknown("uuid.uuid1()")


def uuid4():
    return unknown("uuid.uuid4()")


def uuid5(namespace, name):
    return unknown("uuid.uuid5()")


uuid3 = uuid5
uuid7 = uuid4
NAMESPACE_DNS = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_URL = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
