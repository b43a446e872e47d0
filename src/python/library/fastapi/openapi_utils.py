"""https://fastapi.tiangolo.com/how-to/extending-openapi/"""
from __arch__ import openapi_document
from fastapi.utils import has_reached

REF_PREFIX = "#/components/schemas/"
_INFO = {
    "summary": "summary",
    "description": "description",
    "terms_of_service": "termsOfService",
    "contact": "contact",
    "license_info": "license",
}


_OTHERS = {"tags": "tags", "servers": "servers", "external_docs": "externalDocs"}


def get_openapi(*, title, version, routes, openapi_version=None, webhooks=None, **options):
    document = openapi_document(routes, webhooks or [])
    document["openapi"] = openapi_version or ("3.1.0" if has_reached(0, 99, 0) else "3.0.2")
    info = {"title": title, "version": version}
    for key, name in _INFO.items():
        if options.get(key):
            info[name] = options[key]
    document["info"] = info
    for key, name in _OTHERS.items():
        document.pop(name, None)
        if options.get(key):
            document[name] = options[key]
    return document
