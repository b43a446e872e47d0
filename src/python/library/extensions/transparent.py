"""Wrappers that leave what they wrap as it is: its signature, its name, whether it is awaited."""
from functools import wraps

from __arch__ import is_coroutine, is_generator


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
