"""https://tortoise.github.io/models.html"""
from __arch__ import queried


class Model:
    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, value)

    async def save(self, **options):
        pass

    async def delete(self, **options):
        pass

    async def refresh_from_db(self, **options):
        pass

    async def fetch_related(self, *names, **options):
        pass

    @classmethod
    def _queried(cls, name, *args):
        return queried("tortoise.models.Model." + name, cls, *args)


def _asked(name):
    def method(cls, *args, **options):
        return queried("tortoise.models.Model." + name, cls, *args)

    return classmethod(method)


for _name in (
    "all", "annotate", "bulk_create", "bulk_update", "create", "exclude", "exists", "filter", "first", "get",
    "get_or_create", "get_or_none", "in_bulk", "raw", "select_for_update", "update_or_create",
):
    setattr(Model, _name, _asked(_name))
