"""https://python-dependency-injector.ets-labs.org/containers/"""


class WiringConfiguration:
    def __init__(self, modules=None, packages=None, from_package=None, auto_wire=True, **options):
        self.modules, self.packages = modules or [], packages or []


class Container:
    def __init__(self, **overriding):
        for name, provider in overriding.items():
            getattr(self, name).override(provider)

    def wire(self, modules=None, packages=None, from_package=None, **options):
        return None

    def unwire(self):
        return None

    def init_resources(self, *args):
        return None

    def shutdown_resources(self, *args):
        return None

    def check_dependencies(self):
        return None

    def override_providers(self, **overriding):
        for name, provider in overriding.items():
            getattr(self, name).override(provider)

    def reset_singletons(self):
        return None


class DeclarativeContainer(Container):
    pass


class DynamicContainer(Container):
    pass


def copy(base):
    return lambda container: container


def override(container):
    return lambda overriding: overriding
