"""How SQLAlchemy maps classes to tables: https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html

Nothing is mapped while the program is read; `tables` maps all that was declared."""
import datetime
import decimal
import enum
import uuid
from typing import Annotated, Literal, Union

from __arch__ import annotation_rows, has_unknown_bases, is_unknown, report, resolve_annotation, return_annotation, type_args, type_origin, unknown_name
from sqlalchemy import schema, types
from sqlalchemy import orm

_NONE = type(None)
_TYPES = [
    (bool, types.Boolean), (int, types.Integer), (str, types.String), (float, types.Float), (bytes, types.LargeBinary),
    (datetime.datetime, types.DateTime), (datetime.date, types.Date), (datetime.time, types.Time),
    (datetime.timedelta, types.Interval), (decimal.Decimal, types.Numeric), (uuid.UUID, types.Uuid),
]
_MAPPED = ("Mapped", "DynamicMapped", "WriteOnlyMapped")

# By class: the table it is mapped to.
_mapped = {}


def tables():
    """All tables, with the models that are mapped to them and their relations."""
    for cls in _declared():
        table_of(cls)
    for cls, table, properties, options in orm.imperative:
        _map_imperatively(cls, table, properties, options)
    from __arch_sqlmodel__ import map_models

    map_models(_mapped)
    found = [table for metadata in schema.collections for table in metadata.tables.values()]
    for index in schema.loose:
        for column in index._args:
            table = _home(column)
            if table is not None and index not in table._items:
                table._items.append(index)
    for table in found:
        _resolve(table)
    by_key = {table.key: table for table in found}
    for table in found:
        for column in table._columns:
            _inherit_type(column, by_key, 4)
    _relate(found)
    return found


def _declared():
    """Classes below a declarative base, a base before what inherits from it."""
    found = []
    for base in [orm.DeclarativeBaseNoMeta, *orm.bases]:
        _below(base, found)
    return found + [cls for cls in orm.decorated if cls not in found]


def _below(base, found):
    for cls in base.__subclasses__():
        if cls not in found and cls is not orm.DeclarativeBase:
            found.append(cls)
        _below(cls, found)


def _is_declared(cls):
    return cls in orm.decorated or any(
        base is orm.DeclarativeBaseNoMeta or base in orm.bases for base in cls.__mro__[1:]
    )


def _is_base(cls):
    """A declarative base itself, which is not mapped."""
    return cls in orm.bases or orm.DeclarativeBaseNoMeta in cls.__bases__ or orm.DeclarativeBase in cls.__bases__


def table_of(cls):
    """The table that a declared class is mapped to; nothing for a base, a mixin or an abstract class."""
    if cls in _mapped:
        return _mapped[cls]
    if not _is_declared(cls) or _is_base(cls) or cls.__dict__.get("__abstract__"):
        return None
    _mapped[cls] = None
    parent = _parent(cls)
    table = _given_table(cls)
    own = _declarations(cls)
    columns = [item for item in own if isinstance(item, schema.Column)]
    if table is None:
        name = _directive(cls, "__tablename__", parent)
        if isinstance(name, str) or (name is not None and is_unknown(name)):
            arguments, options = _table_arguments(cls, parent)
            if isinstance(getattr(cls, "metadata", None), schema.MetaData):
                table = schema.Table(name, cls.metadata, **options)
                table._location = None
                for column in columns:
                    table.append_column(column)
                for item in arguments:
                    table.append(item)
                if parent is not None:
                    table._parent = _mapped[parent]
        elif parent is not None:
            table = _mapped[parent]
            for column in columns:
                if not any(known.name == column.name for known in table._columns):
                    table.append_column(column)
    _mapped[cls] = table
    if table is None and has_unknown_bases(cls):
        report("`" + cls.__name__ + "` is mapped to a table that a base without source names: the table is left out")
    if table is not None:
        if has_unknown_bases(cls) and not table.primary_key:
            report("`" + cls.__name__ + "` extends a class without source: columns of its table are missing")
        table._models.append(cls)
        table._relations += [(cls, item) for item in own if isinstance(item, orm.Relationship)]
    return table


def _parent(cls):
    for base in cls.__mro__[1:]:
        if _is_declared(base) and table_of(base) is not None:
            return base
    return None


def _given_table(cls):
    for base in cls.__mro__:
        table = base.__dict__.get("__table__")
        if isinstance(table, schema.Table):
            return table
        if isinstance(table, orm.declared_attr):
            return table.fget(cls)
    return None


def _directive(cls, name, parent):
    """`__tablename__` and `__table_args__`: a class that is mapped to a table does not hand its own down."""
    for base in cls.__mro__:
        if base is not cls and base in _mapped and _mapped[base] is not None:
            continue
        value = base.__dict__.get(name)
        if isinstance(value, orm.declared_attr):
            return value.fget(cls)
        if isinstance(value, property):
            continue
        if value is not None:
            return getattr(cls, name)
    return None


def _table_arguments(cls, parent):
    given = _directive(cls, "__table_args__", parent)
    if isinstance(given, dict):
        return [], given
    if isinstance(given, (tuple, list)):
        items = list(given)
        options = items.pop() if items and isinstance(items[-1], dict) else {}
        return items, options
    return [], {}


def _declarations(cls):
    """Columns and relations of a class and its mixins, in SQLAlchemy's order."""
    found, names = [], []
    for base in cls.__mro__:
        if base is orm.DeclarativeBaseNoMeta or (base is not cls and _mapped.get(base) is not None):
            continue
        for name, value, annotation, place in _members(base):
            if name in names:
                continue
            names.append(name)
            item = _declaration(cls, base, name, value, annotation, place)
            if item is not None:
                item._owner = base
                found.append(item)
    return found


def _members(base):
    """Attributes and annotated names in the order in which both were written."""
    rows = annotation_rows(base)
    annotations = {row[0]: row for row in rows}
    attributes = base.__dict__
    order = []
    for name in attributes:
        order.append(name)
    at = 0
    for row in rows:
        if row[0] in order:
            at = order.index(row[0]) + 1
        else:
            order.insert(at, row[0])
            at += 1
    for name in order:
        row = annotations.get(name)
        yield name, attributes.get(name), row[1] if row else None, row[3] if row else None


def _declaration(cls, base, name, value, annotation, place):
    if name.startswith("__"):
        return None
    if isinstance(value, orm.declared_attr):
        annotation = return_annotation(value.fget)
        value = value.fget(cls)
        annotation = None if annotation is ... else annotation
    inner, is_mapped = mapped_type(annotation)
    if isinstance(value, schema.Column):
        if base is not cls or value.table is not None:
            value = value._copy()
    elif isinstance(value, orm.Relationship):
        if inner is not None and value.argument is None:
            value._annotated = inner
    elif is_mapped and (value is None or not _is_construct(value)):
        default = value
        value = orm.MappedColumn()
        value._location, value.default = place, default
    else:
        return None
    value._attribute = name
    if isinstance(value, schema.Column):
        value.name = value.name or name
        _complete(cls, value, inner if is_mapped else None)
    elif is_mapped:
        value._annotated = inner
    return value


def _is_construct(value):
    """Properties that are no columns: synonyms, proxies, hybrids, composites."""
    return is_unknown(value) or isinstance(value, property) or callable(value)


def mapped_type(annotation):
    """What `Mapped[…]` holds, and whether it was that."""
    if annotation is None:
        return None, False
    annotation = resolve_annotation(annotation)
    name = unknown_name(type_origin(annotation))
    if name is None or name.rpartition(".")[2] not in _MAPPED:
        return annotation, False
    args = type_args(annotation)
    return (args[0] if args else None), True


def without_none(annotation):
    """The members of a union but `None`, and whether that is one."""
    if type_origin(annotation) is Annotated:
        annotation = annotation.__origin__
    args = type_args(annotation) if type_origin(annotation) is Union else ()
    if any(_is_none(arg) for arg in args):
        return [arg for arg in args if not _is_none(arg)], True
    return [annotation], False


def _is_none(annotation):
    return not is_unknown(annotation) and (annotation is None or annotation is _NONE)


def _complete(cls, column, annotation):
    """Takes type and nullability of a column from its annotation."""
    if annotation is not None:
        members, optional = without_none(annotation)
        inner = members[0] if len(members) == 1 else None
        _merge(column, annotation)
        if inner is not None:
            _merge(column, inner)
        if column.nullable is None and not column.primary_key:
            column.nullable = optional
        if _lacks_type(column):
            column.type = _lookup(cls, annotation, inner)
            # The type of what a foreign key points at is taken before that of the annotation.
            if column.foreign_keys and not _is_in_map(cls, annotation, inner):
                column._annotated_type, column.type = column.type, None
    if column.nullable is None:
        column.nullable = not column.primary_key
    if column.primary_key and column._given.get("nullable") is None:
        column.nullable = False


def _lacks_type(column):
    return not is_unknown(column.type) and column.type is None


def _merge(column, annotation):
    """Takes over what `Annotated[int, mapped_column(…)]` says."""
    for item in _metadata(annotation):
        if not isinstance(item, schema.Column):
            continue
        for name in ("type", "nullable", "unique", "index", "default", "server_default", "onupdate", "comment"):
            own = getattr(column, name)
            if not is_unknown(own) and own is None:
                setattr(column, name, getattr(item, name))
        column.primary_key = column.primary_key or item.primary_key
        column._items = column._items + [schema._copied(inner) for inner in item._items]


def _metadata(annotation):
    return annotation.__metadata__ if type_origin(annotation) is Annotated else ()


def _plain(annotation):
    return annotation.__origin__ if type_origin(annotation) is Annotated else annotation


def _maps(cls):
    for base in cls.__mro__:
        own = base.__dict__
        if isinstance(own.get("type_annotation_map"), dict):
            yield own["type_annotation_map"]
        if isinstance(own.get("registry"), orm.registry):
            yield own["registry"].type_annotation_map


def _in_map(cls, *annotations):
    for known in _maps(cls):
        for annotation in annotations:
            if annotation is None:
                continue
            for key, value in known.items():
                if key is annotation or key == annotation:
                    return value
    return None


def _is_in_map(cls, annotation, inner):
    return _in_map(cls, annotation, inner) is not None


def _lookup(cls, annotation, inner):
    plain = _plain(inner) if inner is not None else None
    supertype = getattr(plain, "__supertype__", None)
    given = _in_map(cls, annotation, inner, plain)
    if given is not None:
        return given
    if supertype is not None:
        plain = supertype
    if type_origin(plain) is Literal:
        return types.Enum(*type_args(plain))
    if isinstance(plain, type):
        for base in plain.__mro__:
            if base is enum.Enum:
                return types.Enum(plain)
        for base in plain.__mro__:
            for python, sql in _TYPES:
                if base is python:
                    return sql()
    return None


def _map_imperatively(cls, table, properties, options):
    if table is None or is_unknown(table):
        return
    _mapped[cls] = table
    table._models.append(cls)
    for name, value in properties.items():
        if isinstance(value, schema.Column):
            value._attribute = name
        elif isinstance(value, orm.Relationship):
            value._attribute = name
            table._relations.append((cls, value))


def _home(column):
    """The table of a column, also of one that was asked of a class."""
    if isinstance(column, schema.UnaryExpression):
        column = column._element
    if not isinstance(column, schema.Column):
        return None
    if isinstance(column.table, schema.Table):
        return column.table
    return _mapped.get(column._class)


def _resolve(table):
    """Foreign keys as pairs of table and column."""
    for column in table._columns:
        for key in column.foreign_keys:
            key._target = target_of(key._column, table)
    for item in table._items:
        if isinstance(item, schema.ForeignKeyConstraint):
            item._targets = [target_of(ref, table) for ref in item._refs]


def _inherit_type(column, by_key, depth):
    """A column without a type takes that of the column that it points at."""
    if not _lacks_type(column):
        return
    for key in column.foreign_keys:
        table = by_key.get(key._target[0])
        if table is None or depth == 0:
            continue
        for known in table._columns:
            if known.name == key._target[1] or known._attribute == key._target[1]:
                _inherit_type(known, by_key, depth - 1)
                if _lacks_type(column):
                    column.type = known.type
    if _lacks_type(column):
        column.type = column.__dict__.get("_annotated_type")


def target_of(column, table):
    """Key of the table and name of the column that a foreign key points at."""
    if isinstance(column, schema.Column):
        home = _home(column)
        return (home.key if home is not None else None, column.name)
    if not isinstance(column, str):
        return (None, None)
    name, _, last = column.rpartition(".")
    if "." not in name and isinstance(table.metadata.schema, str):
        name = table.metadata.schema + "." + name
    return (name, last)


def _relate(found):
    """What relations lead to, which side of them is many, and the other side of a `backref`."""
    by_name = {}
    for cls in _mapped:
        by_name[cls.__name__] = cls
    further = []
    for table in found:
        for cls, item in table._relations:
            target = _target_class(cls, item, by_name)
            item._target = target
            item._target_table = _mapped.get(target) if target is not None else None
            item._secondary = _secondary(item.secondary, table, found)
            many = item._options.get("uselist")
            if many is None:
                many = _is_many(table, item)
            item._many = many
            item._back = item._options.get("back_populates")
            backref = item._options.get("backref")
            if isinstance(backref, tuple):
                backref = backref[0]
            if isinstance(backref, str):
                item._back = backref
                if item._target_table is not None:
                    further.append((item._target_table, target, cls, table, backref, item))
    for table, owner, target, other, name, item in further:
        reverse = orm.Relationship(target, None)
        reverse._attribute, reverse._location = name, item._location
        reverse._target, reverse._target_table, reverse._secondary = target, other, item._secondary
        reverse._many = True if item._secondary is not None else not item._many
        reverse._back = item._attribute
        table._relations.append((owner, reverse))


def _target_class(cls, item, by_name):
    argument = item.argument
    if not is_unknown(argument) and argument is None:
        argument = item._annotated
        for _ in range(3):
            members, _optional = without_none(argument)
            argument = members[0]
            args = type_args(argument)
            if is_unknown(argument) or type_origin(argument) is None or not args:
                break
            argument = args[-1]
    if not is_unknown(argument):
        if callable(argument) and not isinstance(argument, type):
            argument = argument()
        if not is_unknown(argument) and isinstance(argument, type):
            return argument
    name = unknown_name(argument) if is_unknown(argument) or not isinstance(argument, str) else argument
    if not name:
        return None
    return by_name.get(name.strip("'\"").rpartition(".")[2])


def _secondary(secondary, table, found):
    if secondary is None or is_unknown(secondary):
        return None
    if callable(secondary) and not isinstance(secondary, (type, schema.Table)):
        secondary = secondary()
    if isinstance(secondary, schema.Table):
        return secondary
    if isinstance(secondary, type):
        return _mapped.get(secondary)
    if isinstance(secondary, str):
        for known in found:
            if known.key == secondary or any(model.__name__ == secondary for model in known._models):
                return known
    return None


def _is_many(table, item):
    if item._secondary is not None or item._options.get("lazy") == "dynamic":
        return True
    if is_unknown(item._annotated) or item._annotated is not ...:
        members, _optional = without_none(item._annotated)
        return type_origin(members[0]) is not None
    target = item._target_table
    if target is None:
        return None
    if table is target:
        return item._options.get("remote_side") is None
    if _points(table, target) and not _points(target, table):
        return False
    if _points(target, table):
        return not _points(table, target) or None
    return None


def _points(table, target):
    keys = [key for column in table._columns for key in column.foreign_keys]
    if any(key._target[0] == target.key for key in keys):
        return True
    for item in table._items:
        if isinstance(item, schema.ForeignKeyConstraint):
            if any(name == target.key for name, _ in item._targets):
                return True
    return False
