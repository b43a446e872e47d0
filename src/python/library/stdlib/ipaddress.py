"""https://docs.python.org/3/library/ipaddress.html"""


class _Address:
    def __init__(self, address):
        self._address = address

    def __str__(self):
        return str(self._address)


class IPv4Address(_Address):
    pass


class IPv6Address(_Address):
    pass


class IPv4Network(_Address):
    pass


class IPv6Network(_Address):
    pass


class IPv4Interface(_Address):
    pass


class IPv6Interface(_Address):
    pass


def ip_address(address):
    return IPv4Address(address)


def ip_network(address, strict=True):
    return IPv4Network(address)
