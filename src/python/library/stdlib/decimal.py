"""https://docs.python.org/3/library/decimal.html"""
ROUND_HALF_UP = "ROUND_HALF_UP"
ROUND_DOWN = "ROUND_DOWN"


class Decimal:
    def __init__(self, value="0", context=None):
        self._value = value

    def __str__(self):
        return str(self._value)

    def __float__(self):
        return float(str(self._value))


class InvalidOperation(ArithmeticError):
    pass
