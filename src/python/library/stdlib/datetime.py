"""https://docs.python.org/3/library/datetime.html"""
from __arch__ import unknown

MINYEAR, MAXYEAR = 1, 9999


class tzinfo:
    pass


class timezone(tzinfo):
    def __init__(self, offset, name=None):
        self._offset = offset

    def utcoffset(self, dt):
        return self._offset


class timedelta:
    def __init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total = days * 86400 + seconds + minutes * 60 + hours * 3600 + weeks * 604800
        self._seconds = total + microseconds / 1000000 + milliseconds / 1000
        self.days = total // 86400
        self.seconds = total % 86400

    def total_seconds(self):
        return self._seconds

    def __mul__(self, other):
        return timedelta(seconds=self._seconds * other)


class date:
    def __init__(self, year=None, month=None, day=None):
        self.year, self.month, self.day = year, month, day

    @classmethod
    def today(cls):
        return unknown("datetime.date.today()")

    def isoformat(self):
        if self.year is None:
            return unknown("datetime.date.isoformat()")
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


class time:
    def __init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
        self.hour, self.minute, self.second, self.microsecond, self.tzinfo = hour, minute, second, microsecond, tzinfo

    def isoformat(self, timespec="auto"):
        return _clock(self)


def _clock(moment):
    text = f"{moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}"
    if moment.microsecond:
        text += f".{moment.microsecond:06d}"
    if moment.tzinfo is None:
        return text
    if not isinstance(moment.tzinfo, timezone):
        return unknown("datetime.isoformat()")
    minutes = int(moment.tzinfo._offset.total_seconds()) // 60
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return f"{text}{sign}{minutes // 60:02d}:{minutes % 60:02d}"


class datetime(date):
    def __init__(self, year=None, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
        self.year, self.month, self.day = year, month, day
        self.hour, self.minute, self.second, self.microsecond, self.tzinfo = hour, minute, second, microsecond, tzinfo

    def isoformat(self, sep="T", timespec="auto"):
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}{sep}{_clock(self)}"

    def date(self):
        return date(self.year, self.month, self.day)

    @classmethod
    def now(cls, tz=None):
        return unknown("datetime.datetime.now()")

    @classmethod
    def utcnow(cls):
        return unknown("datetime.datetime.utcnow()")

    @classmethod
    def fromisoformat(cls, text):
        return unknown("datetime.datetime.fromisoformat()")

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        return unknown("datetime.datetime.fromtimestamp()")

    @classmethod
    def strptime(cls, text, format):
        return unknown("datetime.datetime.strptime()")


timezone.utc = timezone(timedelta(0))
UTC = timezone.utc
