"""https://docs.sqlalchemy.org/en/20/orm/mapping_styles.html"""
from __arch__ import location, stand_in_for, unknown
from sqlalchemy.schema import Column, MetaData, SchemaItem

# Bases of declared classes that do not inherit from a class of this module, classes mapped by a decorator,
# and classes mapped to tables by a call.
bases, decorated, imperative = [], [], []


class MappedColumn(Column):
    pass


def mapped_column(*args, **options):
    column = MappedColumn(*args, **options)
    if column.default is None:
        column.default = options.get("insert_default") or options.get("default_factory")
    return column


class Relationship(SchemaItem):
    def __init__(self, argument=None, secondary=None, **options):
        self.argument, self.secondary = argument, secondary
        self._options, self._location = options, location()
        self._attribute, self._annotated = None, ...

    def __set_name__(self, owner, name):
        self._attribute = name

    def __get__(self, instance, owner):
        return self if instance is None else stand_in_for(owner, self._attribute) or unknown("sqlalchemy.orm.relationship")

    def __eq__(self, other):
        return unknown("sqlalchemy.ColumnElement")

    __ne__ = __eq__

    def __getattr__(self, name):
        return unknown("sqlalchemy.orm.relationship." + name)


def relationship(argument=None, secondary=None, **options):
    return Relationship(argument, secondary, **options)


relation = relationship


def backref(name, **options):
    return (name, options)


def dynamic_loader(argument=None, **options):
    return Relationship(argument, lazy="dynamic", **options)


def deferred(column, *additional, **options):
    return column


def column_property(column, *additional, **options):
    return column if isinstance(column, Column) else unknown("sqlalchemy.orm.column_property")


class Synonym:
    """Another name of a mapped attribute."""

    def __init__(self, name):
        self._name = name

    def __get__(self, instance, owner):
        return getattr(owner if instance is None else instance, self._name)


def synonym(name, **options):
    return Synonym(name)


class declared_attr:
    def __init__(self, fget=None, cascading=False, **options):
        self.fget = getattr(fget, "__func__", fget)

    def __get__(self, instance, owner):
        made = self.fget(owner)
        return made.__get__(instance, owner) if isinstance(made, Synonym) else made


class _DirectiveAttr(declared_attr):
    pass


declared_attr.directive = _DirectiveAttr
declared_attr.cascading = _DirectiveAttr
declarative_mixin = lambda cls: cls


class _Table:
    """`__table__` of a declared class."""

    def __get__(self, instance, owner):
        from __arch_tables__ import table_of

        return table_of(owner) or unknown("sqlalchemy.Table")


class DeclarativeBaseNoMeta:
    metadata = None
    __table__ = _Table()

    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, value)

    def __init_subclass__(cls, **options):
        if cls.metadata is None:
            given = cls.__dict__.get("registry")
            cls.metadata = given.metadata if isinstance(given, registry) else MetaData()


class DeclarativeBase(DeclarativeBaseNoMeta):
    pass


class MappedAsDataclass:
    pass


class DeclarativeMeta(type):
    def __init__(cls, name, parents, namespace, **options):
        if not any(parent in bases for parent in cls.__mro__):
            _adopt(cls)


class DeclarativeAttributeIntercept(type):
    pass


DCTransformDeclarative = DeclarativeAttributeIntercept


def _adopt(cls, metadata=None):
    """Makes a class the base of declared ones."""
    own = cls.__dict__
    given = own.get("registry")
    if "metadata" not in own:
        cls.metadata = metadata or (given.metadata if isinstance(given, registry) else MetaData())
    cls.__table__ = _Table()
    bases.append(cls)
    return cls


def _constructor(self, **values):
    for name, value in values.items():
        setattr(self, name, value)


def declarative_base(*, bind=None, metadata=None, mapper=None, cls=object, name="Base", constructor=None, class_registry=None, type_annotation_map=None, metaclass=None):
    parents = cls if isinstance(cls, tuple) else (cls,)
    namespace = {"__init__": constructor or _constructor, "__abstract__": True}
    if type_annotation_map:
        namespace["type_annotation_map"] = type_annotation_map
    return _adopt(type(name, parents, namespace), metadata)


def as_declarative(**options):
    return lambda cls: _adopt(cls, options.get("metadata"))


class registry:
    def __init__(self, *, metadata=None, class_registry=None, type_annotation_map=None, constructor=None):
        self.metadata = metadata or MetaData()
        self.type_annotation_map = type_annotation_map or {}
        self._mapped = []

    @property
    def mappers(self):
        return list(self._mapped)

    def generate_base(self, mapper=None, cls=object, name="Base", metaclass=None):
        parents = cls if isinstance(cls, tuple) else (cls,)
        namespace = {"__init__": _constructor, "__abstract__": True, "registry": self}
        return _adopt(type(name, parents, namespace), self.metadata)

    def as_declarative_base(self, **options):
        return lambda cls: _adopt(cls, self.metadata)

    def mapped(self, cls):
        cls.metadata = self.metadata
        cls.registry = self
        decorated.append(cls)
        return cls

    def mapped_as_dataclass(self, cls=None, **options):
        return self.mapped if cls is None else self.mapped(cls)

    def map_declaratively(self, cls):
        return self.mapped(cls)

    def map_imperatively(self, cls, table=None, properties=None, **options):
        self._mapped.append(cls)
        imperative.append((cls, table, properties or {}, options))
        return cls

    def configure(self, cascade=False):
        pass

    def dispose(self, cascade=False):
        pass


def mapper(cls, table=None, properties=None, **options):
    imperative.append((cls, table, properties or {}, options))
    return cls


class MappedClassError(Exception):
    pass
