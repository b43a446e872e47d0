"""How SQLModel makes tables of models: https://sqlmodel.tiangolo.com/tutorial/create-db-and-table/"""
import enum

from __arch__ import annotation_rows, class_keywords, is_unknown, model_field_rows, type_origin
from __arch_tables__ import _TYPES, _directive, _metadata, _plain, _table_arguments, without_none
from sqlalchemy import orm, schema, types
from sqlmodel import FieldInfo, RelationshipInfo, SQLModel


def map_models(mapped):
    """Maps the classes with `table=True`, a base before what inherits from it."""
    found = []
    _below(SQLModel, found)
    for cls in found:
        if class_keywords(cls).get("table") is True and cls not in mapped:
            mapped[cls] = None
            mapped[cls] = _map(cls, mapped)


def _below(base, found):
    for cls in base.__subclasses__():
        if cls not in found:
            found.append(cls)
        _below(cls, found)


def _map(cls, mapped):
    parents = [base for base in cls.__mro__[1:] if mapped.get(base) is not None]
    name = _directive(cls, "__tablename__", None)
    metadata = getattr(cls, "metadata", None)
    if not isinstance(metadata, schema.MetaData):
        metadata = SQLModel.metadata
    given = cls.__dict__.get("__table__")
    if isinstance(given, schema.Table):
        table = given
    elif parents and name is None:
        table = mapped[parents[0]]
    else:
        arguments, options = _table_arguments(cls, None)
        table = schema.Table(name if name is not None else cls.__name__.lower(), metadata, **options)
        table._location = None
        places = {row[0]: (base, row[3]) for base in reversed(cls.__mro__) for row in annotation_rows(base)}
        for row in model_field_rows(cls):
            owner, place = places.get(row[0], (cls, None))
            if _is_relationship(cls, row[0]):
                continue
            column = _column(row, cls)
            column._attribute, column.name = row[0], column.name or row[0]
            column._owner = owner
            column._location = place or column._location
            table.append_column(column)
        for item in arguments:
            table.append(item)
    table._models.append(cls)
    seen = []
    for base in cls.__mro__:
        # Only what is annotated is a relation.
        rows = {row[0]: row[1] for row in annotation_rows(base)}
        for name, value in base.__dict__.items():
            if isinstance(value, RelationshipInfo) and name in rows and name not in seen:
                seen.append(name)
                table._relations.append((cls, _relation(name, value, rows[name])))
    return table


def _is_relationship(cls, name):
    return any(isinstance(base.__dict__.get(name), RelationshipInfo) for base in cls.__mro__)


def _relation(name, info, annotation):
    options = dict(info.options.get("sa_relationship_kwargs") or {})
    given = info.options.get("sa_relationship")
    item = given if isinstance(given, orm.Relationship) else orm.Relationship(None, **options)
    if info.options.get("back_populates"):
        item._options["back_populates"] = info.options["back_populates"]
    item._attribute, item._location = name, info._location
    item.secondary = info.options.get("link_model") or item.secondary
    item._annotated = annotation
    return item


def _options_of(info, annotation):
    """The keywords about the column, of the default and of `Annotated`."""
    options, given = {}, {}
    found = list(_metadata(annotation)) + [info]
    for item in found:
        if isinstance(item, FieldInfo):
            options.update(item._column)
            given.update(item._given)
    return options, given


def _column(row, cls):
    name, annotation, default, has_default, factory, _alias = row
    own = None
    for base in cls.__mro__:
        own = base.__dict__.get(name)
        if own is not None:
            break
    options, given = _options_of(own, annotation)
    column = options.get("sa_column")
    if isinstance(column, schema.Column):
        column = column._copy()
        column.name = column.name or name
        if column.nullable is None:
            column.nullable = not column.primary_key
        return column
    primary_key = options.get("primary_key") is True
    members, optional = without_none(annotation)
    nullable = options.get("nullable", optional and not primary_key)
    kind = options.get("sa_type")
    inner = members[0]
    if _metadata(inner):
        more, given_inner = _options_of(None, inner)
        options = {**more, **options}
        given = {**given_inner, **given}
        inner = _plain(inner)
    if kind is None:
        kind = _type(inner, given)
    keywords = options.get("sa_column_kwargs") or {}
    arguments = list(options.get("sa_column_args") or ())
    if isinstance(options.get("foreign_key"), str):
        arguments.append(schema.ForeignKey(options["foreign_key"], ondelete=options.get("ondelete")))
    column = schema.Column(name, kind, *arguments, **{
        "primary_key": primary_key,
        "nullable": nullable,
        "unique": options.get("unique"),
        "index": options.get("index"),
        **keywords,
    })
    if column.default is None:
        column.default = factory if factory is not None else (default if has_default else None)
    return column


def _type(annotation, given):
    if type_origin(annotation) is not None:
        return None
    if not isinstance(annotation, type):
        return None
    bases = annotation.__mro__
    if enum.Enum in bases:
        return types.Enum(annotation)
    for base in bases:
        for python, sql in _TYPES:
            if base is python:
                length = given.get("max_length")
                if sql is types.String and length:
                    return sql(length)
                if sql is types.Numeric and given.get("max_digits"):
                    return sql(given.get("max_digits"), given.get("decimal_places"))
                return sql()
    module = annotation.__module__
    return types.String() if module in ("ipaddress", "pathlib") or module.startswith("pydantic") else None
