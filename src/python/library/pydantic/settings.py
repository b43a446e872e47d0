"""https://docs.pydantic.dev/latest/concepts/pydantic_settings/"""
from __arch__ import coerce, environment, init_model, model_field_rows
from pydantic import BaseModel, ConfigDict
from pydantic.types import SecretStr as Secret
from typing import get_args


class SettingsConfigDict(ConfigDict):
    pass


class PydanticBaseSettingsSource:
    def __init__(self, settings_cls=None):
        self.settings_cls = settings_cls


def _configuration(cls, name, default):
    found = default
    for ancestor in reversed(cls.__mro__):
        config = ancestor.__dict__.get("model_config")
        if isinstance(config, dict) and name in config:
            found = config[name]
        inner = ancestor.__dict__.get("Config")
        if inner is not None and hasattr(inner, name):
            found = getattr(inner, name)
    return found


def _is_secret(annotation):
    if isinstance(annotation, type):
        return issubclass(annotation, Secret)
    return any(_is_secret(argument) for argument in get_args(annotation))


def variables(cls):
    """What a settings class reads: field, variables in order, whether upper and lower case differ, whether it is secret."""
    is_exact = _configuration(cls, "case_sensitive", False)
    prefix = _configuration(cls, "env_prefix", "") or ""
    delimiter = _configuration(cls, "env_nested_delimiter", None)
    rows = []
    for field, annotation, default, has_default, factory, alias in model_field_rows(cls):
        names = _variable_names(cls, field, alias, prefix)
        rows.append((field, names, is_exact, _is_secret(annotation)))
        if delimiter and isinstance(annotation, type) and issubclass(annotation, BaseModel):
            for inner in model_field_rows(annotation):
                nested = [name + delimiter + inner[0] for name in names]
                rows.append((field, nested, is_exact, _is_secret(inner[1])))
    return rows


def _variable_names(cls, field, alias, prefix):
    given = _given(cls, field)
    if not issubclass(cls, BaseSettings):
        return _names_of_pydantic_1(cls, field, given.get("env"), prefix)
    choices = getattr(given.get("validation_alias"), "choices", None)
    if choices:
        return [choice for choice in choices if isinstance(choice, str)]
    # `Field(env=…)` says nothing any more: https://docs.pydantic.dev/latest/migration/#basesettings-has-moved-to-pydantic-settings
    return [prefix + field] if alias is None else [alias]


def _given(cls, field):
    """What is said of a field, by the nearest class that says something."""
    for ancestor in cls.__mro__:
        if field in ancestor.__dict__:
            given = getattr(ancestor.__dict__[field], "_given", None)
            return given if isinstance(given, dict) else {}
    return {}


def _names_of_pydantic_1(cls, field, env, prefix):
    """https://docs.pydantic.dev/1.10/usage/settings/#environment-variable-names"""
    said = _configuration(cls, "fields", None)
    said = said.get(field) if isinstance(said, dict) else None
    if env is None and isinstance(said, dict):
        env = said.get("env")
    if env is None:
        return [prefix + field]
    return [env] if isinstance(env, str) else list(env)


def _read_environment(cls):
    is_exact = _configuration(cls, "case_sensitive", False)
    prefix = _configuration(cls, "env_prefix", "") or ""
    delimiter = _configuration(cls, "env_nested_delimiter", None)
    variables = environment()
    if not is_exact:
        variables = {name.lower(): value for name, value in variables.items()}
    found = {}
    for field, annotation, default, has_default, factory, alias in model_field_rows(cls):
        names = _variable_names(cls, field, alias, prefix)
        for name in names:
            key = name if is_exact else name.lower()
            if key in variables:
                found[field] = coerce(variables[key], annotation)
                break
        else:
            if delimiter:
                start = (names[0] if is_exact else names[0].lower()) + delimiter
                nested = {name[len(start) :]: value for name, value in variables.items() if name.startswith(start)}
                if nested and isinstance(annotation, type):
                    rows = {row[0]: row[1] for row in model_field_rows(annotation)}
                    values = {name: coerce(value, rows[name]) for name, value in nested.items() if name in rows}
                    if values:
                        found[field] = annotation(**values)
    return found


class BaseSettings(BaseModel):
    def __init__(self, **values):
        init_model(self, {**_read_environment(type(self)), **values})


class EnvSettingsSource(PydanticBaseSettingsSource):
    pass


class DotEnvSettingsSource(EnvSettingsSource):
    pass


class InitSettingsSource(PydanticBaseSettingsSource):
    pass


class SecretsSettingsSource(EnvSettingsSource):
    pass


class YamlConfigSettingsSource(PydanticBaseSettingsSource):
    pass


class TomlConfigSettingsSource(PydanticBaseSettingsSource):
    pass


class JsonConfigSettingsSource(PydanticBaseSettingsSource):
    pass


class NoDecode:
    pass
