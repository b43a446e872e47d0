"""https://docs.python.org/3/library/re.html"""
from __arch__ import expression_matches, is_unknown, unknown

NOFLAG = 0
TEMPLATE = T = 1
IGNORECASE = I = 2
LOCALE = L = 4
MULTILINE = M = 8
DOTALL = S = 16
UNICODE = U = 32
VERBOSE = X = 64
DEBUG = 128
ASCII = A = 256


class error(Exception):
    pass


PatternError = error


class RegexFlag(int):
    pass


class Match:
    def __init__(self, pattern, string, spans, names):
        self.re, self.string = pattern, string
        self._spans, self._names = spans, names
        self.pos, self.endpos = 0, len(string)

    def _index(self, group):
        return self._names[group] if isinstance(group, str) else group

    def span(self, group=0):
        found = self._spans[self._index(group)]
        return (-1, -1) if found is None else found

    def start(self, group=0):
        return self.span(group)[0]

    def end(self, group=0):
        return self.span(group)[1]

    def __getitem__(self, group):
        found = self._spans[self._index(group)]
        return None if found is None else self.string[found[0] : found[1]]

    def group(self, *groups):
        if len(groups) < 2:
            return self[groups[0] if groups else 0]
        return tuple([self[group] for group in groups])

    def groups(self, default=None):
        found = [self[index] for index in range(1, len(self._spans))]
        return tuple([default if text is None else text for text in found])

    def groupdict(self, default=None):
        found = {name: self[name] for name in self._names}
        return {name: default if text is None else text for name, text in found.items()}

    @property
    def lastindex(self):
        found = [index for index in range(1, len(self._spans)) if self._spans[index] is not None]
        return found[-1] if found else None

    def expand(self, template):
        out = ""
        rest = template
        while "\\" in rest:
            before, _, rest = rest.partition("\\")
            out += before
            if rest.startswith("g<"):
                name, _, rest = rest[2:].partition(">")
                out += self[int(name) if name.isdigit() else name] or ""
                continue
            digits = ""
            while len(digits) < 2 and rest[:1].isdigit():
                digits, rest = digits + rest[0], rest[1:]
            if digits:
                out += self[int(digits)] or ""
            else:
                out, rest = out + {"n": "\n", "t": "\t", "r": "\r"}.get(rest[:1], rest[:1]), rest[1:]
        return out + rest


class Pattern:
    def __init__(self, pattern, flags=0):
        self.pattern, self.flags = pattern, flags

    def _matches(self, string, how):
        found = expression_matches(self.pattern, self.flags, string, how)
        if is_unknown(found):
            return found
        return [Match(self, string, spans, found[1]) for spans in found[0]]

    def _first(self, string, how):
        found = self._matches(string, how)
        if is_unknown(found):
            return found
        return found[0] if found else None

    def search(self, string, pos=0, endpos=None):
        return self._first(string, "search")

    def match(self, string, pos=0, endpos=None):
        return self._first(string, "match")

    def fullmatch(self, string, pos=0, endpos=None):
        return self._first(string, "fullmatch")

    def finditer(self, string, pos=0, endpos=None):
        return self._matches(string, "all")

    def findall(self, string, pos=0, endpos=None):
        found = self._matches(string, "all")
        if is_unknown(found):
            return found
        return [match[0] if len(match._spans) == 1 else match[1] if len(match._spans) == 2 else match.groups("") for match in found]

    def split(self, string, maxsplit=0):
        found = self._matches(string, "all")
        if is_unknown(found):
            return found
        parts, end = [], 0
        for match in found[:maxsplit] if maxsplit else found:
            parts.append(string[end : match.start()])
            parts.extend(match.groups())
            end = match.end()
        return parts + [string[end:]]

    def subn(self, repl, string, count=0):
        found = self._matches(string, "all")
        if is_unknown(found):
            return unknown("re.sub"), unknown("re.subn")
        out, end = "", 0
        found = found[:count] if count else found
        for match in found:
            out += string[end : match.start()]
            out += match.expand(repl) if isinstance(repl, str) else repl(match)
            end = match.end()
        return out + string[end:], len(found)

    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]


def compile(pattern, flags=0):
    return pattern if isinstance(pattern, Pattern) else Pattern(pattern, flags)


def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)


def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return compile(pattern, flags).fullmatch(string)


def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)


def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)


def split(pattern, string, maxsplit=0, flags=0):
    return compile(pattern, flags).split(string, maxsplit)


def sub(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).subn(repl, string, count)


def escape(pattern):
    return "".join(["\\" + c if c in "()[]{}?*+-|^$\\.&~# \t\n\r\v\f" else c for c in pattern]) if isinstance(pattern, str) else unknown("re.escape")


def purge():
    pass
