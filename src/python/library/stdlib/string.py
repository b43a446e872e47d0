"""https://docs.python.org/3/library/string.html"""
import re

ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = "0123456789abcdefABCDEF"
octdigits = "01234567"
punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
whitespace = " \t\n\r\x0b\x0c"


class Template:
    """Text with `$name` and `${name}` in it; `$$` is a dollar sign."""

    def __init__(self, template):
        self.template = template

    def _filled(self, mapping, given, is_safe):
        values = {**(mapping or {}), **given}

        def fill(match):
            name = match.group(2) or match.group(3)
            if match.group(1):
                return "$"
            if name not in values and is_safe:
                return match.group(0)
            return str(values[name])

        return re.sub(r"\$(?:(\$)|([_a-zA-Z][_a-zA-Z0-9]*)|\{([_a-zA-Z][_a-zA-Z0-9]*)\})", fill, self.template)

    def substitute(self, mapping=None, /, **given):
        return self._filled(mapping, given, False)

    def safe_substitute(self, mapping=None, /, **given):
        return self._filled(mapping, given, True)
