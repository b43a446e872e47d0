"""https://www.starlette.dev"""
__version__ = "1.0.0"
