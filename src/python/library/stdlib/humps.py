"""https://humps.readthedocs.io/"""


def _words(text):
    words, word = [], ""
    for index, character in enumerate(text):
        before = text[index - 1] if index else ""
        after = text[index + 1] if index + 1 < len(text) else ""
        starts = character.isupper() and before and (not before.isupper() or (after and after.islower()))
        if starts and word:
            words.append(word)
            word = ""
        word += character
    if word:
        words.append(word)
    return words


def _convert(value, convert):
    if isinstance(value, dict):
        return {_convert(key, convert): _convert(item, convert) if isinstance(item, (dict, list)) else item for key, item in value.items()}
    if isinstance(value, list):
        return [_convert(item, convert) if isinstance(item, (dict, list)) else item for item in value]
    return convert(value) if isinstance(value, str) else value


def _camel(text):
    if not text or text.isupper() or text.isnumeric():
        return text
    first = text[0].lower() + text[1:]
    lead = first[: len(first) - len(first.lstrip("_"))]
    parts = first[len(lead) :].replace("-", "_").split("_")
    return lead + parts[0] + "".join(part[:1].upper() + part[1:] for part in parts[1:])


def _pascal(text):
    if not text or text.isupper() or text.isnumeric():
        return text
    camel = _camel(text)
    return camel[0].upper() + camel[1:] if camel else camel


def _snake(text):
    if not text or text.isupper() or text.isnumeric():
        return text
    return "_".join(_words(text)).lower() if "_" not in text else text.lower()


def camelize(value):
    return _convert(value, _camel)


def pascalize(value):
    return _convert(value, _pascal)


def decamelize(value):
    return _convert(value, _snake)


depascalize = decamelize


def kebabize(value):
    return _convert(value, lambda text: _snake(text).replace("_", "-"))
