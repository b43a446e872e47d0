"""https://docs.pydantic.dev/latest/api/config/#pydantic.alias_generators"""


def to_pascal(snake):
    camel = snake.title()
    result = []
    for index, character in enumerate(camel):
        is_join = character == "_" and 0 < index < len(camel) - 1
        if is_join and camel[index - 1].isalnum() and camel[index + 1].isalnum():
            if camel[index + 1].isdigit() and camel[index - 1].isdigit():
                result.append(character)
            continue
        result.append(character)
    return "".join(result)


def to_camel(snake):
    if snake and snake[0].islower() and "_" not in snake:
        return snake
    camel = to_pascal(snake)
    stripped = camel.lstrip("_")
    lead = camel[: len(camel) - len(stripped)]
    return lead + stripped[:1].lower() + stripped[1:]


def to_snake(camel):
    result = ""
    for index, character in enumerate(camel):
        before = camel[index - 1] if index else ""
        after = camel[index + 1] if index + 1 < len(camel) else ""
        if character.isupper() and before and (before.islower() or before.isdigit() or (before.isupper() and after.islower())):
            result += "_"
        result += character
    return result.replace("-", "_").lower()
