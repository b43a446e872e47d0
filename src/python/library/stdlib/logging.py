"""https://docs.python.org/3/library/logging.html"""
from __arch__ import unknown

CRITICAL, FATAL, ERROR, WARNING, WARN, INFO, DEBUG, NOTSET = 50, 50, 40, 30, 30, 20, 10, 0


class _Quiet:
    def __init__(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        return _nothing

    handlers = []
    filters = []
    level = 20
    propagate = True
    disabled = False


class Filterer(_Quiet):
    pass


class Logger(_Quiet):
    def __init__(self, name="root", level=0):
        self.name = name

    manager = _Quiet()

    def isEnabledFor(self, level):
        return unknown("logging.Logger.isEnabledFor()")

    def getChild(self, suffix):
        return self


class LoggerAdapter(Logger):
    def __init__(self, logger=None, extra=None, merge_extra=False):
        self.logger = logger
        self.extra = extra


class Handler(_Quiet):
    pass


class StreamHandler(Handler):
    pass


class FileHandler(StreamHandler):
    pass


class NullHandler(Handler):
    pass


class Formatter(_Quiet):
    pass


class Filter(_Quiet):
    pass


class LogRecord(_Quiet):
    def __getattr__(self, name):
        return unknown("logging.LogRecord." + name)


def _nothing(*args, **kwargs):
    return None


root = Logger()


def getLogger(name=None):
    return Logger(name or "root")


def getLevelName(level):
    return unknown("logging.getLevelName()")


def getLoggerClass():
    return Logger


basicConfig = debug = info = warning = warn = error = critical = exception = log = _nothing
captureWarnings = disable = addLevelName = setLoggerClass = shutdown = setLogRecordFactory = _nothing
