"""https://docs.sqlalchemy.org/en/20/core/metadata.html"""
from __arch__ import is_followed, is_unknown, location, stand_in_for, unknown

# Every collection of tables that the program makes.
collections = []


class SchemaItem:
    def __getattr__(self, name):
        return unknown("sqlalchemy." + type(self).__name__ + "." + name)


class MetaData(SchemaItem):
    def __init__(self, bind=None, schema=None, naming_convention=None, info=None, **options):
        self.schema = schema
        self.naming_convention = naming_convention
        self.info = info or {}
        self.tables = {}
        # What a request makes is not part of the program.
        if not is_followed():
            collections.append(self)

    def create_all(self, bind=None, **options):
        pass

    def drop_all(self, bind=None, **options):
        pass

    @property
    def sorted_tables(self):
        return list(self.tables.values())


class ColumnCollection:
    """`table.c`: by attribute and by key."""

    def __init__(self, table):
        self._table = table

    def __getitem__(self, name):
        return self.__getattr__(name)

    def __getattr__(self, name):
        for column in self._table._columns:
            if column._attribute == name or column.name == name:
                return column
        return unknown("sqlalchemy.Column")

    def __iter__(self):
        return iter(self._table._columns)

    def get(self, name, default=None):
        return self.__getattr__(name)

    def keys(self):
        return [column._attribute or column.name for column in self._table._columns]

    def values(self):
        return list(self._table._columns)

    def items(self):
        return [(column._attribute or column.name, column) for column in self._table._columns]


class Table(SchemaItem):
    def __new__(cls, name=None, metadata=None, *args, **options):
        key = _key(name, options.get("schema") or (metadata.schema if isinstance(metadata, MetaData) else None))
        if isinstance(metadata, MetaData) and key in metadata.tables:
            return metadata.tables[key]
        return object.__new__(cls)

    def __init__(self, name=None, metadata=None, *args, **options):
        if not isinstance(metadata, MetaData):
            metadata = MetaData()
        if "_columns" not in self.__dict__:
            self.name, self.metadata = name, metadata
            self.schema = options.get("schema") or metadata.schema
            self.key = self.fullname = _key(name, self.schema)
            self.comment = options.get("comment")
            self.info = options.get("info") or {}
            self._location = location()
            self._columns, self._items, self._models, self._relations = [], [], [], []
            if not is_followed():
                metadata.tables[self.key] = self
        for item in args:
            self.append(item)

    def append(self, item):
        if isinstance(item, Column):
            self.append_column(item)
        elif isinstance(item, (list, tuple)):
            for inner in item:
                self.append(inner)
        else:
            if isinstance(item, SchemaItem):
                item._table = self
            self._items.append(item)

    append_constraint = append

    def append_column(self, column, replace_existing=False):
        column.table = self
        self._columns = [known for known in self._columns if known.name != column.name]
        self._columns.append(column)

    @property
    def c(self):
        return ColumnCollection(self)

    columns = c

    @property
    def primary_key(self):
        return [column for column in self._columns if column.primary_key]

    @property
    def indexes(self):
        return [item for item in self._items if isinstance(item, Index)]

    @property
    def constraints(self):
        return [item for item in self._items if isinstance(item, Constraint)]


def _key(name, schema):
    return schema + "." + name if isinstance(schema, str) and isinstance(name, str) else name


def _is_type(value):
    from sqlalchemy.types import ExternalType, TypeEngine

    if isinstance(value, type):
        return issubclass(value, TypeEngine)
    return isinstance(value, TypeEngine)


class Column(SchemaItem):
    def __init__(self, *args, **options):
        self._location = location()
        self._attribute, self._class, self.table = None, None, None
        self._given = options
        self.name = options.get("name") or options.get("_Column__name_pos")
        self.type = options.get("type_") or options.get("_Column__type_pos")
        self._items = []
        rest = list(args)
        if rest and not is_unknown(rest[0]) and (isinstance(rest[0], str) or rest[0] is None):
            self.name = rest.pop(0)
        self.server_default = options.get("server_default")
        for item in rest:
            if is_unknown(item) or is_unknown(self.type):
                self.type = item if is_unknown(item) else self.type
            elif isinstance(item, FetchedValue):
                self.server_default = item
            elif isinstance(item, SchemaItem):
                self._items.append(item)
            elif self.type is None:
                self.type = item
        self.key = options.get("key") or self.name
        self.primary_key = options.get("primary_key", False)
        self.nullable = options.get("nullable")
        self.unique, self.index = options.get("unique"), options.get("index")
        self.default = options.get("default")
        self.onupdate, self.comment = options.get("onupdate"), options.get("comment") or options.get("doc")
        self.info = options.get("info") or {}

    def __set_name__(self, owner, name):
        self._attribute, self._class = name, owner
        self.name = self.name or name

    def __get__(self, instance, owner):
        if instance is not None:
            return stand_in_for(owner, self._attribute) or unknown("sqlalchemy.Column")
        if self._class is owner:
            return self
        # A column of a mixin is another one in each class.
        duplicate = self._copy()
        duplicate._class = owner
        return duplicate

    def _copy(self):
        duplicate = object.__new__(type(self))
        for name, value in self.__dict__.items():
            setattr(duplicate, name, value)
        duplicate._items = [_copied(item) for item in self._items]
        return duplicate

    copy = _copy

    @property
    def foreign_keys(self):
        return [item for item in self._items if isinstance(item, ForeignKey)]

    def desc(self):
        return UnaryExpression(self, "DESC")

    def asc(self):
        return UnaryExpression(self, "ASC")

    def __eq__(self, other):
        return unknown("sqlalchemy.ColumnElement")

    __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __eq__

    def __getattr__(self, name):
        return unknown("sqlalchemy.Column." + name)


class UnaryExpression:
    """A column in an order."""

    def __init__(self, element, modifier):
        self._element, self._modifier = element, modifier

    def __getattr__(self, name):
        return unknown("sqlalchemy.UnaryExpression." + name)


def _copied(item):
    if not isinstance(item, ForeignKey):
        return item
    return ForeignKey(item._column, **item._options)


class FetchedValue:
    def __init__(self, *args, **options):
        pass


class DefaultClause(FetchedValue):
    def __init__(self, arg=None, **options):
        self.arg = arg


class Computed(FetchedValue):
    def __init__(self, sqltext=None, persisted=None):
        self.arg = sqltext


class Identity(FetchedValue):
    pass


class Sequence(SchemaItem):
    def __init__(self, name=None, *args, **options):
        self.name = name


class ForeignKey(SchemaItem):
    def __init__(self, column=None, **options):
        self._column, self._options, self._target = column, options, (None, None)
        self.ondelete, self.onupdate = options.get("ondelete"), options.get("onupdate")


class Constraint(SchemaItem):
    def __init__(self, *args, **options):
        self.name = options.get("name")
        self._args, self._location = list(args), location()


class PrimaryKeyConstraint(Constraint):
    pass


class UniqueConstraint(Constraint):
    pass


class ExcludeConstraint(Constraint):
    pass


class CheckConstraint(Constraint):
    def __init__(self, sqltext=None, **options):
        self.name, self.sqltext = options.get("name"), sqltext
        self._args, self._location = [], location()


class ForeignKeyConstraint(Constraint):
    def __init__(self, columns=(), refcolumns=(), name=None, **options):
        self.name, self._args, self._refs = name, list(columns), list(refcolumns)
        self.ondelete, self._location = options.get("ondelete"), location()


class Index(SchemaItem):
    def __init__(self, name=None, *expressions, **options):
        self.name, self._args, self.unique = name, list(expressions), options.get("unique", False)
        self._location = location()
        # Outside of a table it belongs to the table of its columns.
        self._table = None
        for expression in expressions:
            if isinstance(expression, (Column, UnaryExpression)):
                loose.append(self)
                break


# Indexes that were made of columns rather than of names.
loose = []
