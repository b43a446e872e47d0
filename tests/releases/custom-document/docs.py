from fastapi.routing import APIRoute
HIDDEN = ("/internal",)
def patch_operations(schema, routes):
    for route in routes:
        if not isinstance(route, APIRoute) or not route.include_in_schema:
            continue
        if route.path not in schema["paths"]:
            continue
        for method in sorted(route.methods):
            op = schema["paths"][route.path][method.lower()]
            op["x-name"] = route.name
            if route.name == "create":
                op["requestBody"]["content"]["application/xml"] = {"schema": {"$ref": "#/components/schemas/Item"}}
                op["description"] = (op.get("description") or "") + "\n\nPatched"
            op["operationId"] = route.name.title() + method.title()
def add_security(schema):
    flows = {"clientCredentials": {"tokenUrl": "https://t", "scopes": {}}}
    schema["components"]["securitySchemes"] |= {"oauth": {"type": "oauth2", "flows": flows}}
    def walk(node):
        if isinstance(node, dict):
            if node.get("title") == "Name":
                node["example"] = "walked"
            for v in node.values():
                walk(v)
        elif isinstance(node, list):
            for v in node:
                walk(v)
    walk(schema)
    return schema
