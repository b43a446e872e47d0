"""https://fastapi.tiangolo.com/advanced/path-operation-advanced-configuration/"""
from __arch__ import package_version
from fastapi.datastructures import Default, DefaultPlaceholder, get_value_or_default


def has_reached(*release):
    """Whether FastAPI is of this release or a later one; without a lock file or requirement it is the newest."""
    version = package_version("fastapi")
    if not version:
        return True
    parts = ["".join(filter(str.isdigit, part)) or "0" for part in (version.split(".") + ["0", "0"])[:3]]
    return tuple([int(part) for part in parts]) >= release


def is_body_allowed_for_status_code(status_code):
    if status_code is None:
        return True
    if status_code in ("default", "1XX", "2XX", "3XX", "4XX", "5XX"):
        return True
    return not (int(status_code) < 200 or int(status_code) in (204, 205, 304))


def _word_characters(text):
    # Only letters, digits and the underscore may stand in an operation id.
    return "".join(character if character.isalnum() or character == "_" else "_" for character in text)


def generate_unique_id(route):
    """https://fastapi.tiangolo.com/advanced/generate-clients/#custom-operation-ids-and-better-method-names"""
    return _word_characters(route.name + route.path_format) + "_" + list(route.methods)[0].lower()


def generate_operation_id_for_path(*, name, path, method):
    return _word_characters(name + path) + "_" + method.lower()


def get_path_param_names(path):
    names = set()
    for part in path.split("{")[1:]:
        names.add(part.partition("}")[0])
    return names


def deep_dict_update(main_dict, update_dict):
    for key, value in update_dict.items():
        if key in main_dict and isinstance(main_dict[key], dict) and isinstance(value, dict):
            deep_dict_update(main_dict[key], value)
        elif key in main_dict and isinstance(main_dict[key], list) and isinstance(value, list):
            main_dict[key] = main_dict[key] + value
        else:
            main_dict[key] = value
