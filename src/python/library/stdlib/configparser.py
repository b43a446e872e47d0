"""https://docs.python.org/3/library/configparser.html"""
from __arch__ import is_unknown, unknown

DEFAULTSECT = "DEFAULT"
_UNSET = object()


class Error(Exception):
    pass


class NoSectionError(Error):
    pass


class NoOptionError(Error):
    pass


class DuplicateSectionError(Error):
    pass


class DuplicateOptionError(Error):
    pass


class ParsingError(Error):
    pass


class MissingSectionHeaderError(ParsingError):
    pass


class InterpolationError(Error):
    pass


class Interpolation:
    def before_get(self, parser, section, option, value, defaults):
        return value


class BasicInterpolation(Interpolation):
    """https://docs.python.org/3/library/configparser.html#configparser.BasicInterpolation"""

    def before_get(self, parser, section, option, value, defaults):
        if "%" not in value:
            return value
        for name in defaults:
            reference = "%(" + name + ")s"
            if reference in value:
                value = value.replace(reference, self.before_get(parser, section, name, defaults[name], defaults))
        return value.replace("%%", "%")


class ExtendedInterpolation(Interpolation):
    """https://docs.python.org/3/library/configparser.html#configparser.ExtendedInterpolation"""

    def before_get(self, parser, section, option, value, defaults):
        if "$" not in value:
            return value
        for name in defaults:
            value = value.replace("${" + name + "}", defaults[name])
        return value.replace("$$", "$")


class SectionProxy:
    def __init__(self, parser, name):
        self.parser, self.name = parser, name

    def __getitem__(self, key):
        return self.parser.get(self.name, key)

    def __setitem__(self, key, value):
        self.parser.set(self.name, key, value)

    def __contains__(self, key):
        return self.parser.has_option(self.name, key)

    def __iter__(self):
        return iter(self.parser.options(self.name))

    def keys(self):
        return self.parser.options(self.name)

    def items(self):
        return self.parser.items(self.name)

    def get(self, option, fallback=None, **kwargs):
        return self.parser.get(self.name, option, fallback=fallback, **kwargs)

    def getint(self, option, fallback=None, **kwargs):
        return self.parser.getint(self.name, option, fallback=fallback, **kwargs)

    def getfloat(self, option, fallback=None, **kwargs):
        return self.parser.getfloat(self.name, option, fallback=fallback, **kwargs)

    def getboolean(self, option, fallback=None, **kwargs):
        return self.parser.getboolean(self.name, option, fallback=fallback, **kwargs)


class RawConfigParser:
    BOOLEAN_STATES = {
        "1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False,
    }
    _DEFAULT_INTERPOLATION = Interpolation()

    def __init__(self, defaults=None, dict_type=dict, allow_no_value=False, *, interpolation=_UNSET, **options):
        self._sections, self._defaults = {}, {}
        self._interpolation = self._DEFAULT_INTERPOLATION if interpolation is _UNSET else interpolation
        for key, value in dict(defaults or {}).items():
            self._defaults[self.optionxform(key)] = value

    def optionxform(self, optionstr):
        return optionstr.lower()

    def defaults(self):
        return self._defaults

    def sections(self):
        return list(self._sections)

    def add_section(self, section):
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._sections[section] = {}

    def has_section(self, section):
        return section in self._sections

    def remove_section(self, section):
        return self._sections.pop(section, None) is not None

    def options(self, section):
        return list(self._values(section))

    def has_option(self, section, option):
        if section not in self._sections:
            return section == DEFAULTSECT and self.optionxform(option) in self._defaults
        return self.optionxform(option) in self._values(section)

    def remove_option(self, section, option):
        return self._sections[section].pop(self.optionxform(option), None) is not None

    def set(self, section, option, value=None):
        values = self._defaults if section == DEFAULTSECT else self._sections.setdefault(section, {})
        values[self.optionxform(option)] = value

    def read(self, filenames, encoding=None):
        done = []
        for name in [filenames] if isinstance(filenames, str) or not isinstance(filenames, (list, tuple)) else filenames:
            text = open(name).read()
            if isinstance(text, str):
                self.read_string(text)
                done.append(name)
        return done

    def read_file(self, f, source=None):
        text = f.read() if hasattr(f, "read") else "\n".join(f)
        self.read_string(text)

    def read_string(self, string, source="<string>"):
        """https://docs.python.org/3/library/configparser.html#supported-ini-file-structure"""
        if not isinstance(string, str):
            return
        section = option = None
        for line in string.splitlines():
            text = line.strip()
            if not text or text[0] in "#;":
                continue
            if line[0] in " \t" and option is not None and section is not None:
                values = self._defaults if section == DEFAULTSECT else self._sections[section]
                values[option] = (values[option] + "\n" + text) if values[option] else text
                continue
            if text[0] == "[" and "]" in text:
                section, option = text[1:text.index("]")], None
                if section != DEFAULTSECT:
                    self._sections.setdefault(section, {})
                continue
            if section is None:
                raise MissingSectionHeaderError(text)
            ends = [text.find(delimiter) for delimiter in "=:" if delimiter in text]
            end = min(ends) if ends else len(text)
            option = self.optionxform(text[:end].strip())
            self.set(section, option, text[end + 1:].strip() if ends else None)

    def read_dict(self, dictionary, source="<dict>"):
        for section, values in dictionary.items():
            if section != DEFAULTSECT:
                self._sections.setdefault(section, {})
            for key, value in values.items():
                self.set(section, key, None if value is None else str(value))

    def _values(self, section):
        if section == DEFAULTSECT:
            return dict(self._defaults)
        if section not in self._sections:
            raise NoSectionError(section)
        return {**self._defaults, **self._sections[section]}

    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        if is_unknown(section) or is_unknown(option):
            return unknown("configparser.ConfigParser.get()")
        name = self.optionxform(option)
        if section != DEFAULTSECT and section not in self._sections:
            if fallback is _UNSET:
                raise NoSectionError(section)
            return fallback
        values = self._values(section)
        for key, value in dict(vars or {}).items():
            values[self.optionxform(key)] = value
        if name not in values:
            if fallback is _UNSET:
                raise NoOptionError(option, section)
            return fallback
        value = values[name]
        if raw or not isinstance(value, str) or self._interpolation is None:
            return value
        return self._interpolation.before_get(self, section, option, value, values)

    def _converted(self, convert, section, option, fallback, options):
        value = self.get(section, option, fallback=fallback, **options)
        return value if value is fallback else convert(value)

    def getint(self, section, option, *, fallback=_UNSET, **options):
        return self._converted(int, section, option, fallback, options)

    def getfloat(self, section, option, *, fallback=_UNSET, **options):
        return self._converted(float, section, option, fallback, options)

    def getboolean(self, section, option, *, fallback=_UNSET, **options):
        return self._converted(self._convert_to_boolean, section, option, fallback, options)

    def _convert_to_boolean(self, value):
        if value.lower() not in self.BOOLEAN_STATES:
            raise ValueError(value)
        return self.BOOLEAN_STATES[value.lower()]

    def items(self, section=_UNSET, raw=False, vars=None):
        if section is _UNSET:
            return [(name, SectionProxy(self, name)) for name in [DEFAULTSECT, *self._sections]]
        return [(key, self.get(section, key, raw=raw, vars=vars)) for key in self._values(section)]

    def __getitem__(self, key):
        if key != DEFAULTSECT and key not in self._sections:
            raise KeyError(key)
        return SectionProxy(self, key)

    def __setitem__(self, key, value):
        self._sections[key] = {}
        self.read_dict({key: value})

    def __contains__(self, key):
        return key == DEFAULTSECT or key in self._sections

    def __iter__(self):
        return iter([DEFAULTSECT, *self._sections])

    def __len__(self):
        return len(self._sections) + 1

    def keys(self):
        return [DEFAULTSECT, *self._sections]

    def write(self, fp, space_around_delimiters=True):
        return None


class ConfigParser(RawConfigParser):
    _DEFAULT_INTERPOLATION = BasicInterpolation()


class SafeConfigParser(ConfigParser):
    pass
