"""https://smarie.github.io/python-makefun/"""
import inspect


def with_signature(func_signature, func_name=None, **options):
    def decorator(function):
        if not isinstance(func_signature, str):
            function.__signature__ = func_signature
        if func_name is not None:
            function.__name__ = func_name
        return function

    return decorator


def create_function(func_signature, func_impl, func_name=None, **options):
    return with_signature(func_signature, func_name)(func_impl)


def wraps(wrapped_fun, new_sig=None, **options):
    def decorator(function):
        function.__signature__ = inspect.signature(wrapped_fun) if new_sig is None else new_sig
        function.__name__ = wrapped_fun.__name__
        function.__doc__ = wrapped_fun.__doc__
        return function

    return decorator
