"""How Tortoise makes tables of models: https://tortoise.github.io/models.html"""
from __arch__ import has_unknown_bases, report
from sqlalchemy import schema
from tortoise import fields
from tortoise.models import Model


def tables():
    found, made = [], {}
    _below(Model, found)
    for cls in found:
        made[cls] = _table(cls)
    for cls, table in made.items():
        _relate(cls, table, made)
    return list(made.values())


def _below(base, found):
    for cls in base.__subclasses__():
        meta = cls.__dict__.get("Meta")
        if cls not in found and getattr(meta, "abstract", False) is not True:
            found.append(cls)
        _below(cls, found)


def _table(cls):
    meta = cls.__dict__.get("Meta")
    name = getattr(meta, "table", None)
    table = schema.Table(name if isinstance(name, str) else cls.__name__.lower(), schema.MetaData())
    table._location, table._library = None, "Tortoise"
    comment = getattr(meta, "table_description", None)
    table.comment = comment if isinstance(comment, str) else None
    table._models.append(cls)
    if has_unknown_bases(cls):
        report("`" + cls.__name__ + "` extends a class without source: columns of its table are missing")
    table._fields = []
    for base in reversed(cls.__mro__):
        for attribute, field in base.__dict__.items():
            if isinstance(field, fields.Field):
                table._fields = [known for known in table._fields if known[0] != attribute] + [(attribute, field, base)]
    columns = [_column(*row) for row in table._fields if not isinstance(row[1], fields.RelationalField)]
    if not any(column.primary_key for column in columns):
        key = schema.Column("id", fields.IntField(), primary_key=True, nullable=False)
        key._location = None
        table.append_column(key)
    for column in columns:
        table.append_column(column)
    for name in ("unique_together", "indexes"):
        groups = getattr(meta, name, None) or ()
        if isinstance(groups, (list, tuple)) and groups and isinstance(groups[0], str):
            groups = (groups,)
        for group in groups:
            if isinstance(group, (list, tuple)):
                table.append(schema.UniqueConstraint(*group) if name == "unique_together" else schema.Index(None, *group))
    return table


def _column(attribute, field, base):
    given = field._given
    key = given.get("primary_key", given.get("pk", False)) is True
    field._options = {"length": given["max_length"]} if given.get("max_length") else {}
    field._args = []
    column = schema.Column(
        given.get("source_field") or attribute,
        field,
        primary_key=key,
        nullable=given.get("null", False) is True and not key,
        unique=given.get("unique", False) is True,
        index=given.get("db_index", given.get("index", False)) is True,
        default=given.get("default"),
        comment=given.get("description"),
    )
    column._attribute, column._owner, column._location = attribute, base, field._location
    return column


def _named(model_name, made):
    if isinstance(model_name, str):
        for cls, table in made.items():
            if cls.__name__ == model_name.rpartition(".")[2]:
                return cls, table
    for cls, table in made.items():
        if cls is model_name:
            return cls, table
    return None, None


def _relate(cls, table, made):
    for attribute, field, base in table._fields:
        if not isinstance(field, fields.RelationalField):
            continue
        target, other = _named(field.model_name, made)
        if not isinstance(field, fields.ManyToManyField):
            key = other.primary_key[0] if other is not None else None
            reference = schema.ForeignKey(None, ondelete=field.on_delete)
            reference._target = (other.key if other is not None else None, key.name if key is not None else None)
            column = schema.Column(
                field._given.get("source_field") or attribute + "_id",
                key.type if key is not None else None,
                reference,
                primary_key=field._given.get("primary_key", field._given.get("pk", False)) is True,
                nullable=field._given.get("null", False) is True,
                unique=isinstance(field, fields.OneToOneField),
            )
            column._owner, column._location = base, field._location
            table.append_column(column)
        table._relations.append((cls, _Relation(attribute, field, target, other)))


class _Relation:
    def __init__(self, attribute, field, target, other):
        self._attribute, self._location = attribute, field._location
        self._target, self._target_table = target, other
        self._many = isinstance(field, fields.ManyToManyField)
        self._secondary = None
        self._back = field.related_name or None
