"""https://pyratelimiter.readthedocs.io/en/latest/"""
from enum import IntEnum


class Duration(IntEnum):
    SECOND = 1000
    MINUTE = 60000
    HOUR = 3600000
    DAY = 86400000
    WEEK = 604800000


class Rate:
    def __init__(self, limit, interval):
        self.limit, self.interval = limit, interval


class InMemoryBucket:
    def __init__(self, rates=None, **options):
        self.rates = list(rates or ())


class RedisBucket(InMemoryBucket):
    def __init__(self, rates=None, *args, **options):
        super().__init__(rates)

    @classmethod
    def init(cls, rates, *args, **options):
        return cls(rates)


class Limiter:
    def __init__(self, argument=None, **options):
        rates = getattr(argument, "rates", argument)
        self.rates = rates if isinstance(rates, list) else [rates]
