"""https://docs.sqlalchemy.org/en/20/core/inspection.html"""
from __arch__ import unknown
from sqlalchemy.schema import Table


class Mapper:
    """What `inspect(Model)` gives, as far as it is about columns."""

    def __init__(self, cls, table):
        self.class_ = self.entity = cls
        self.local_table = self.persist_selectable = self.selectable = table
        self.primary_key = tuple(table.primary_key)
        self.c = self.columns = table.c
        self.mapper = self

    def __getattr__(self, name):
        return unknown("sqlalchemy.orm.Mapper." + name)


def inspect(subject, raiseerr=True):
    if isinstance(subject, type):
        table = getattr(subject, "__table__", None)
        if isinstance(table, Table):
            return Mapper(subject, table)
    return unknown("sqlalchemy.inspect()")
