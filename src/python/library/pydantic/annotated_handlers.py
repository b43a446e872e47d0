"""https://docs.pydantic.dev/latest/api/annotated_handlers/"""


class GetJsonSchemaHandler:
    mode = "validation"


class GetCoreSchemaHandler:
    pass


class _JsonHandler(GetJsonSchemaHandler):
    def __init__(self, schema, resolved, mode):
        self._schema, self._resolved, self.mode = schema, resolved, mode

    def __call__(self, core_schema):
        return self._schema

    def resolve_ref_schema(self, json_schema):
        return self._resolved if "$ref" in json_schema else json_schema


class _CoreHandler(GetCoreSchemaHandler):
    field_name = None

    def __init__(self, source):
        self._source = source

    def __call__(self, source):
        if source is self._source:
            return {"type": "__arch_inner__"}
        return {"type": "__arch_type__", "source": source}

    def generate_schema(self, source):
        return {"type": "__arch_type__", "source": source}

    def resolve_ref_schema(self, schema):
        return schema
