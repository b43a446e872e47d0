"""https://docs.pydantic.dev/latest/api/annotated_handlers/"""


class GetJsonSchemaHandler:
    mode = "validation"


class GetCoreSchemaHandler:
    pass


# Scalars of pydantic-core, and what limits them, in JSON Schema.
_JSON_TYPES = {
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "none": {"type": "null"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "time": {"type": "string", "format": "time"},
    "url": {"type": "string", "format": "uri"},
    "uuid": {"type": "string", "format": "uuid"},
}
_JSON_KEYS = {
    "min_length": "minLength",
    "max_length": "maxLength",
    "pattern": "pattern",
    "ge": "minimum",
    "le": "maximum",
    "gt": "exclusiveMinimum",
    "lt": "exclusiveMaximum",
    "multiple_of": "multipleOf",
}


class _JsonHandler(GetJsonSchemaHandler):
    def __init__(self, schema, resolved, mode):
        self._schema, self._resolved, self.mode = schema, resolved, mode

    def __call__(self, core_schema):
        kind = core_schema.get("type")
        if kind not in _JSON_TYPES:
            return self._schema
        schema = dict(_JSON_TYPES[kind])
        for name, key in _JSON_KEYS.items():
            if core_schema.get(name) is not None:
                schema[key] = core_schema[name]
        return schema

    def resolve_ref_schema(self, json_schema):
        return self._resolved if "$ref" in json_schema else json_schema


class _CoreHandler(GetCoreSchemaHandler):
    field_name = None

    def __init__(self, source):
        self._source = source

    def __call__(self, source):
        if source is self._source:
            return {"type": "__arch_inner__"}
        if isinstance(source, dict):
            return source
        return {"type": "__arch_type__", "source": source}

    def generate_schema(self, source):
        return {"type": "__arch_type__", "source": source}

    def resolve_ref_schema(self, schema):
        return schema
