"""https://alembic.sqlalchemy.org/en/latest/ops.html"""
from __arch__ import clause_text, conditions, is_unknown, unknown

# What the upgrade under way has done: action, table, detail, conditions.
changes = []


def _named(value):
    name = getattr(value, "name", value)
    return name if isinstance(name, str) else None


def _full(name, schema):
    return schema + "." + name if isinstance(schema, str) and isinstance(name, str) else name


def _note(action, table=None, detail=None):
    changes.append((action, _named(table), detail if isinstance(detail, str) else None, conditions()))


def create_table(table_name, *columns, schema=None, **options):
    _note("create table", _full(table_name, schema))
    return unknown("alembic.op.create_table")


def drop_table(table_name, schema=None, **options):
    _note("drop table", _full(table_name, schema))


def rename_table(old_table_name, new_table_name, schema=None, **options):
    _note("rename table", _full(old_table_name, schema), "to " + new_table_name if isinstance(new_table_name, str) else None)


def execute(sqltext, **options):
    _note("execute", None, _text(sqltext))


def _text(value):
    value = clause_text(value) if is_unknown(value) else value
    return " ".join(value.split()) if isinstance(value, str) else None


def bulk_insert(table, rows=(), **options):
    _note("insert rows", table)


def create_table_comment(table_name, comment=None, schema=None, **options):
    _note("comment table", _full(table_name, schema))


def drop_table_comment(table_name, schema=None, **options):
    _note("drop comment", _full(table_name, schema))


def f(name):
    return name


def inline_literal(value, type_=None):
    return value


def add_column(table_name, column=None, schema=None, **options):
    _note("add column", _full(table_name, schema), _named(column))


def drop_column(table_name, column_name=None, schema=None, **options):
    _note("drop column", _full(table_name, schema), column_name)


def alter_column(table_name, column_name=None, schema=None, **options):
    new = options.get("new_column_name")
    if isinstance(new, str) and isinstance(column_name, str):
        _note("rename column", _full(table_name, schema), column_name + " to " + new)
    else:
        _note("alter column", _full(table_name, schema), column_name)


def create_index(index_name, table_name=None, columns=(), schema=None, unique=False, **options):
    _note("create unique index" if unique is True else "create index", _full(table_name, schema), _columns(columns))


def drop_index(index_name, table_name=None, schema=None, **options):
    _note("drop index", _full(table_name, schema), _named(index_name))


def _columns(columns):
    if isinstance(columns, (list, tuple)):
        names = [_named(column) for column in columns]
        if all(name is not None for name in names):
            return ", ".join(names)
    return None


def create_primary_key(constraint_name, table_name=None, columns=(), schema=None, **options):
    _note("create primary key", _full(table_name, schema), _columns(columns))


def create_unique_constraint(constraint_name, table_name=None, columns=(), schema=None, **options):
    _note("create unique constraint", _full(table_name, schema), _columns(columns))


def create_check_constraint(constraint_name, table_name=None, condition=None, schema=None, **options):
    _note("create check constraint", _full(table_name, schema), _text(condition))


def create_exclude_constraint(constraint_name, table_name=None, *elements, **options):
    _note("create exclude constraint", table_name, _named(constraint_name))


def create_foreign_key(constraint_name, source_table=None, referent_table=None, local_cols=(), remote_cols=(), source_schema=None, **options):
    columns = _columns(local_cols)
    target = _named(referent_table)
    _note("create foreign key", _full(source_table, source_schema), columns + " to " + target if columns and target else columns or target)


def drop_constraint(constraint_name, table_name=None, type_=None, schema=None, **options):
    kind = {"foreignkey": "foreign key", "primary": "primary key", "unique": "unique constraint", "check": "check constraint"}
    words = kind.get(type_, "constraint") if isinstance(type_, str) else "constraint"
    _note("drop " + words, _full(table_name, schema), _named(constraint_name))


class BatchOperations:
    """`with op.batch_alter_table("users") as batch_op`"""

    def __init__(self, table_name, schema=None):
        self._table, self.table_name = _full(table_name, schema), table_name

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return None

    def add_column(self, column=None, **options):
        add_column(self._table, column)

    def drop_column(self, column_name=None, **options):
        drop_column(self._table, column_name)

    def alter_column(self, column_name=None, **options):
        alter_column(self._table, column_name, **options)

    def create_index(self, index_name, columns=(), **options):
        create_index(index_name, self._table, columns, **options)

    def drop_index(self, index_name, **options):
        drop_index(index_name, self._table)

    def create_primary_key(self, constraint_name, columns=(), **options):
        create_primary_key(constraint_name, self._table, columns)

    def create_unique_constraint(self, constraint_name, columns=(), **options):
        create_unique_constraint(constraint_name, self._table, columns)

    def create_check_constraint(self, constraint_name, condition=None, **options):
        create_check_constraint(constraint_name, self._table, condition)

    def create_foreign_key(self, constraint_name, referent_table=None, local_cols=(), remote_cols=(), **options):
        create_foreign_key(constraint_name, self._table, referent_table, local_cols, remote_cols)

    def drop_constraint(self, constraint_name, type_=None, **options):
        drop_constraint(constraint_name, self._table, type_)

    def execute(self, sqltext, **options):
        execute(sqltext)

    def f(self, name):
        return name

    def __getattr__(self, name):
        return unknown("alembic.op.BatchOperations." + name)


def batch_alter_table(table_name, schema=None, **options):
    return BatchOperations(table_name, schema)
