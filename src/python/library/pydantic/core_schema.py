"""https://docs.pydantic.dev/latest/api/pydantic_core_schema/"""


def _simple(kind):
    def make(**options):
        return {"type": kind, **options}

    return make


any_schema = _simple("any")
none_schema = _simple("none")
bool_schema = _simple("bool")
int_schema = _simple("int")
float_schema = _simple("float")
decimal_schema = _simple("decimal")
str_schema = _simple("str")
bytes_schema = _simple("bytes")
date_schema = _simple("date")
time_schema = _simple("time")
datetime_schema = _simple("datetime")
timedelta_schema = _simple("timedelta")
uuid_schema = _simple("uuid")
url_schema = _simple("url")
callable_schema = _simple("callable")


def literal_schema(expected, **options):
    return {"type": "literal", "expected": expected, **options}


def is_instance_schema(cls, **options):
    return {"type": "is-instance", "cls": cls, **options}


def is_subclass_schema(cls, **options):
    return {"type": "any", **options}


def list_schema(items_schema=None, **options):
    return {"type": "list", **({"items_schema": items_schema} if items_schema else {}), **options}


def set_schema(items_schema=None, **options):
    return {"type": "set", **({"items_schema": items_schema} if items_schema else {}), **options}


frozenset_schema = set_schema


def tuple_schema(items_schema, **options):
    return {"type": "tuple", "items_schema": items_schema, **options}


tuple_positional_schema = tuple_schema


def dict_schema(keys_schema=None, values_schema=None, **options):
    made = {"type": "dict", **options}
    if keys_schema:
        made["keys_schema"] = keys_schema
    if values_schema:
        made["values_schema"] = values_schema
    return made


def nullable_schema(schema, **options):
    return {"type": "nullable", "schema": schema, **options}


def union_schema(choices, **options):
    return {"type": "union", "choices": choices, **options}


def with_default_schema(schema, **options):
    return {"type": "default", "schema": schema, **options}


def chain_schema(steps, **options):
    return {"type": "chain", "steps": steps, **options}


def json_or_python_schema(json_schema, python_schema, **options):
    return {"type": "json-or-python", "json_schema": json_schema, "python_schema": python_schema, **options}


def lax_or_strict_schema(lax_schema, strict_schema, **options):
    return {"type": "lax-or-strict", "lax_schema": lax_schema, "strict_schema": strict_schema, **options}


def no_info_before_validator_function(function, schema, **options):
    return {"type": "function-before", "function": function, "schema": schema, **options}


def no_info_after_validator_function(function, schema, **options):
    return {"type": "function-after", "function": function, "schema": schema, **options}


def no_info_wrap_validator_function(function, schema, **options):
    return {"type": "function-wrap", "function": function, "schema": schema, **options}


def no_info_plain_validator_function(function, **options):
    return {"type": "function-plain", "function": function, **options}


with_info_before_validator_function = no_info_before_validator_function
with_info_after_validator_function = no_info_after_validator_function
with_info_wrap_validator_function = no_info_wrap_validator_function
with_info_plain_validator_function = no_info_plain_validator_function
general_before_validator_function = no_info_before_validator_function
general_after_validator_function = no_info_after_validator_function
general_plain_validator_function = no_info_plain_validator_function


def plain_serializer_function_ser_schema(function, *, is_field_serializer=None, info_arg=None, return_schema=None, when_used="always"):
    return {
        "type": "function-plain", "function": function, "info_arg": info_arg, "return_schema": return_schema,
        "when_used": when_used,
    }


def wrap_serializer_function_ser_schema(function, **options):
    return {**plain_serializer_function_ser_schema(function, **{"return_schema": options.get("return_schema")}), "type": "function-wrap"}


def to_string_ser_schema(*, when_used="json-unless-none"):
    return {"type": "to-string", "when_used": when_used}


def format_ser_schema(formatting_string, *, when_used="json-unless-none"):
    return {"type": "format", "when_used": when_used}
