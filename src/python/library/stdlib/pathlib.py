"""https://docs.python.org/3/library/pathlib.html"""
import os.path as _path

from __arch_open__ import open as _open
from glob import expand

from __arch__ import is_dir, is_file, list_dir, read_text


class PurePath:
    def __init__(self, *segments):
        self._text = _path.join(*segments) if segments else "."
        if len(self._text) > 1 and self._text.endswith("/"):
            self._text = self._text.rstrip("/")

    def __str__(self):
        return self._text

    def __fspath__(self):
        return self._text

    def __truediv__(self, other):
        return type(self)(self._text, str(other))

    def __rtruediv__(self, other):
        return type(self)(str(other), self._text)

    def __eq__(self, other):
        return isinstance(other, PurePath) and str(self) == str(other)

    def joinpath(self, *others):
        return type(self)(self._text, *[str(other) for other in others])

    def as_posix(self):
        return self._text

    def as_uri(self):
        return "file://" + self._text

    def is_absolute(self):
        return self._text.startswith("/")

    def relative_to(self, other):
        return type(self)(self._text.removeprefix(str(other)).lstrip("/"))

    def with_suffix(self, suffix):
        return type(self)(_path.splitext(self._text)[0] + suffix)

    def with_name(self, name):
        return self.parent / name

    @property
    def parent(self):
        return type(self)(_path.dirname(self._text))

    @property
    def parents(self):
        result, current = [], self
        while str(current) not in ("", "/", ".") and len(result) < 64:
            current = current.parent
            result.append(current)
        return result

    @property
    def name(self):
        return _path.basename(self._text)

    @property
    def stem(self):
        return _path.splitext(self.name)[0]

    @property
    def suffix(self):
        return _path.splitext(self._text)[1]

    @property
    def parts(self):
        return tuple(part for part in self._text.split("/") if part)


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls("/repository")

    @classmethod
    def home(cls):
        return cls("/home/user")

    def resolve(self, strict=False):
        return type(self)(_path.abspath(self._text))

    def absolute(self):
        return self.resolve()

    def expanduser(self):
        return type(self)(_path.expanduser(self._text))

    def exists(self):
        return _path.exists(self._text)

    def is_file(self):
        return is_file(self._text)

    def is_dir(self):
        return is_dir(self._text)

    def mkdir(self, mode=511, parents=False, exist_ok=False):
        return None

    def iterdir(self):
        return [self / name for name in list_dir(self._text)]

    def glob(self, pattern, **options):
        parts = [part for part in str(pattern).split("/") if part not in ("", ".")]
        return [type(self)(path) for path in expand(str(self), parts, True)]

    def rglob(self, pattern, **options):
        return self.glob("**/" + str(pattern))

    def read_text(self, encoding=None, errors=None):
        return read_text(self._text)

    def open(self, mode="r", *args, **kwargs):
        return _open(self._text, mode)

    def read_bytes(self):
        return read_text(self._text)


PosixPath = Path
PurePosixPath = PurePath
