"""https://fastapi.tiangolo.com/how-to/extending-openapi/"""
from __arch__ import openapi_document

REF_PREFIX = "#/components/schemas/"
_INFO = {
    "title": "title",
    "version": "version",
    "summary": "summary",
    "description": "description",
    "terms_of_service": "termsOfService",
    "contact": "contact",
    "license_info": "license",
}


def get_openapi(**options):
    document = openapi_document()
    info = document["info"]
    for key, name in _INFO.items():
        if options.get(key):
            info[name] = options[key]
    for key in ("tags", "servers"):
        if options.get(key):
            document[key] = options[key]
    if options.get("openapi_version"):
        document["openapi"] = options["openapi_version"]
    return document
