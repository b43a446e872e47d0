"""Beanie's documents as what is kept: https://beanie-odm.dev/tutorial/defining-a-document/"""
from typing import List, Set

from __arch__ import annotation_rows, has_unknown_bases, model_field_rows, report, type_args, type_origin
from __arch_tables__ import _metadata, _plain, without_none
from beanie import BackLink, Document, IndexedAnnotation, Link
from sqlalchemy import schema


def tables():
    found, made = [], {}
    _below(Document, found)
    for cls in found:
        made[cls] = _table(cls)
    for cls, table in made.items():
        _relate(cls, table, made)
    return list(made.values())


def _below(base, found):
    for cls in base.__subclasses__():
        if cls not in found:
            found.append(cls)
        _below(cls, found)


def _table(cls):
    name = None
    settings = cls.__dict__.get("Settings")
    if settings is not None:
        name = getattr(settings, "name", None)
    table = schema.Table(name if isinstance(name, str) else cls.__name__, schema.MetaData())
    table._location, table._library = None, "Beanie"
    table._models.append(cls)
    if has_unknown_bases(cls):
        report("`" + cls.__name__ + "` extends a class without source: fields of its documents are missing")
    places = {row[0]: (base, row[3]) for base in reversed(cls.__mro__) for row in annotation_rows(base)}
    table._links = []
    for name, annotation, default, has_default, factory, alias in model_field_rows(cls):
        members, optional = without_none(annotation)
        index = [item for item in _metadata(annotation) if isinstance(item, IndexedAnnotation)]
        unique = bool(index) and index[0].options.get("unique") is True
        column = schema.Column(
            alias or name,
            str(_plain(members[0] if len(members) == 1 else annotation)),
            primary_key=name == "id",
            nullable=optional and name != "id",
            index=bool(index),
            unique=unique,
            default=factory if factory is not None else (default if has_default else None),
        )
        owner, place = places.get(name, (cls, None))
        column._attribute, column._owner, column._location = name, owner, place
        table.append_column(column)
        table._links.append((name, members[0], place))
    return table


def _relate(cls, table, made):
    for name, annotation, place in table._links:
        many = False
        if type_origin(annotation) in (list, set, List, Set) and type_args(annotation):
            many, annotation = True, type_args(annotation)[0]
        if type_origin(annotation) not in (Link, BackLink):
            continue
        target = type_args(annotation)[0]
        table._relations.append((cls, _Relation(name, place, target, made, many)))


class _Relation:
    def __init__(self, name, place, target, made, many):
        self._attribute, self._location = name, place
        self._target = target if target in made else None
        self._target_table = made.get(self._target) if self._target is not None else None
        self._many, self._secondary, self._back = many, None, None
