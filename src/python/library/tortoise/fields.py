"""https://tortoise.github.io/fields.html"""
from __arch__ import location, stand_in_for, unknown

CASCADE, RESTRICT, SET_NULL, SET_DEFAULT, NO_ACTION = "CASCADE", "RESTRICT", "SET NULL", "SET DEFAULT", "NO ACTION"


class OnDelete:
    CASCADE, RESTRICT, SET_NULL, SET_DEFAULT, NO_ACTION = "CASCADE", "RESTRICT", "SET NULL", "SET DEFAULT", "NO ACTION"


class Field:
    def __init__(self, *args, **options):
        self._args, self._given, self._location = list(args), options, location()
        self._attribute = None

    def __set_name__(self, owner, name):
        self._attribute = name

    def __get__(self, instance, owner):
        return self if instance is None else stand_in_for(owner, self._attribute) or unknown("tortoise.fields." + type(self).__name__)

    def __getattr__(self, name):
        return unknown("tortoise.fields." + type(self).__name__ + "." + name)


class BigIntField(Field): pass
class BinaryField(Field): pass
class BooleanField(Field): pass
class CharField(Field): pass
class CharEnumFieldInstance(Field): pass
class DateField(Field): pass
class DatetimeField(Field): pass
class DecimalField(Field): pass
class FloatField(Field): pass
class IntEnumFieldInstance(Field): pass
class IntField(Field): pass
class JSONField(Field): pass
class SmallIntField(Field): pass
class TextField(Field): pass
class TimeDeltaField(Field): pass
class TimeField(Field): pass
class UUIDField(Field): pass


class RelationalField(Field):
    def __init__(self, model_name=None, related_name=None, on_delete=CASCADE, **options):
        super().__init__(**options)
        self.model_name, self.related_name, self.on_delete = model_name, related_name, on_delete


class ForeignKeyField(RelationalField): pass
class OneToOneField(RelationalField): pass


class ManyToManyField(RelationalField):
    def __init__(self, model_name=None, through=None, forward_key=None, backward_key="", related_name="", **options):
        super().__init__(model_name, related_name, **options)
        self.through = through


CharEnumField, IntEnumField = CharEnumFieldInstance, IntEnumFieldInstance
