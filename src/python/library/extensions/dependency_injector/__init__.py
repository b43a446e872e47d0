"""https://python-dependency-injector.ets-labs.org"""
