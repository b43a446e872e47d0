"""Wrappers that leave what they wrap as it is: its signature, its name, whether it is awaited."""
from functools import wraps
from inspect import signature, unwrap
from typing import get_args, get_type_hints

from __arch__ import abstract, is_coroutine, is_generator


def transparent(function):
    if is_generator(function):
        # What is yielded and what comes after it belong to the function itself.
        return function
    if is_coroutine(function):

        @wraps(function)
        async def wrapper(*args, **kwargs):
            return await function(*args, **kwargs)

    else:

        @wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs)

    return wrapper


def without(function, is_hidden):
    """A wrapper whose signature lacks the parameters that a container fills in; it fills in what they are annotated with."""
    hints = get_type_hints(unwrap(function))
    given = signature(function)
    kept, hidden = [], {}
    for parameter in given.parameters.values():
        hint = hints.get(parameter.name, parameter.annotation)
        if is_hidden(parameter, hint):
            hidden[parameter.name] = get_args(hint)[0]
        else:
            kept.append(parameter)
    if not hidden:
        return function

    def filled(kwargs):
        return {**{name: abstract(wanted) for name, wanted in hidden.items()}, **kwargs}

    if is_coroutine(function):

        @wraps(function)
        async def wrapper(*args, **kwargs):
            return await function(*args, **filled(kwargs))

    else:

        @wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **filled(kwargs))

    wrapper.__signature__ = given.replace(parameters=kept)
    return wrapper
