"""https://svcs.hynek.me/en/stable/"""
from __arch__ import abstract


class ServiceNotFoundError(Exception):
    pass


class Registry:
    def register_factory(self, svc_type, factory, **options):
        return None

    def register_value(self, svc_type, value, **options):
        return None

    def close(self):
        return None

    async def aclose(self):
        return None


class Container:
    def __init__(self, registry=None):
        self.registry = registry

    def get(self, *svc_types):
        made = [abstract(svc_type) for svc_type in svc_types]
        return made[0] if len(made) == 1 else made

    async def aget(self, *svc_types):
        return self.get(*svc_types)

    get_abstract, aget_abstract = get, aget


from svcs import fastapi as fastapi  # noqa: E402
