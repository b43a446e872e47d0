"""https://fastapi-crudrouter.awtkns.com"""
from typing import List, Optional, get_args

from __arch__ import model_field_rows
from fastapi import APIRouter, Depends, HTTPException
from pydantic import create_model

NOT_FOUND = HTTPException(404, "Item not found")


def _without_none(annotation):
    inner = [member for member in get_args(annotation) if member is not None and member is not type(None)]
    return inner[0] if len(inner) == 1 and len(get_args(annotation)) == 2 else annotation


def _schema_without_key(schema, key, name):
    fields = {row[0]: (_without_none(row[1]), ...) for row in model_field_rows(schema) if row[0] != key}
    return create_model(schema.__name__ + name, **fields)


def _pagination(max_limit):
    def pagination(skip: int = 0, limit: Optional[int] = max_limit):
        return {"skip": skip, "limit": limit}

    return Depends(pagination)


class CRUDGenerator(APIRouter):
    """Six routes for a schema, each left out or given dependencies of its own by an option."""

    _base_path = "/"
    _pk = "id"
    _pk_type = int
    _session = None

    def __init__(
        self, schema, create_schema=None, update_schema=None, prefix=None, tags=None, paginate=None, get_all_route=True,
        get_one_route=True, create_route=True, update_route=True, delete_one_route=True, delete_all_route=True, **kwargs,
    ):
        self.schema = schema
        self.pagination = _pagination(paginate)
        self.create_schema = create_schema or _schema_without_key(schema, self._pk, "Create")
        self.update_schema = update_schema or _schema_without_key(schema, self._pk, "Update")
        path = self._base_path + str(prefix or schema.__name__).lower().strip("/")
        super().__init__(prefix=path, tags=tags or [path.strip("/").capitalize()], **kwargs)
        many = Optional[List[schema]]
        missing = {404: {"detail": NOT_FOUND.detail}}
        rows = [
            ("", self._get_all, "GET", many, "Get All", get_all_route, None),
            ("", self._create, "POST", schema, "Create One", create_route, None),
            ("", self._delete_all, "DELETE", many, "Delete All", delete_all_route, None),
            ("/{item_id}", self._get_one, "GET", schema, "Get One", get_one_route, missing),
            ("/{item_id}", self._update, "PUT", schema, "Update One", update_route, missing),
            ("/{item_id}", self._delete_one, "DELETE", schema, "Delete One", delete_one_route, missing),
        ]
        for end, make, method, model, summary, option, responses in rows:
            if option:
                self.add_api_route(
                    end,
                    make(),
                    methods=[method],
                    response_model=model,
                    summary=summary,
                    responses=responses,
                    dependencies=[] if isinstance(option, bool) else option,
                )

    def api_route(self, path, *args, **kwargs):
        self.remove_api_route(path, kwargs.get("methods", ["GET"]))
        return super().api_route(path, *args, **kwargs)

    def remove_api_route(self, path, methods):
        wanted = {method.upper() for method in methods}
        self.routes = [
            route for route in self.routes if not (route.path == self.prefix + path and route.methods == wanted)
        ]

    def _get_all(self, *args, **kwargs):
        if self._session is None:

            def route(pagination=self.pagination):
                return []

        else:

            def route(db=Depends(self._session), pagination=self.pagination):
                return db.query(self.schema).all()

        return route

    def _get_one(self, *args, **kwargs):
        key = self._pk_type
        if self._session is None:

            def route(item_id: key):
                raise NOT_FOUND

        else:

            def route(item_id: key, db=Depends(self._session)):
                return db.query(self.schema).get(item_id)

        return route

    def _create(self, *args, **kwargs):
        body = self.create_schema
        if self._session is None:

            def route(model: body):
                return model

        else:

            def route(model: body, db=Depends(self._session)):
                db.add(model)
                db.commit()

        return route

    def _update(self, *args, **kwargs):
        key, body = self._pk_type, self.update_schema
        if self._session is None:

            def route(item_id: key, model: body):
                raise NOT_FOUND

        else:

            def route(item_id: key, model: body, db=Depends(self._session)):
                db.commit()

        return route

    def _delete_all(self, *args, **kwargs):
        if self._session is None:

            def route():
                return []

        else:

            def route(db=Depends(self._session)):
                db.query(self.schema).delete()
                db.commit()

        return route

    def _delete_one(self, *args, **kwargs):
        key = self._pk_type
        if self._session is None:

            def route(item_id: key):
                raise NOT_FOUND

        else:

            def route(item_id: key, db=Depends(self._session)):
                db.delete(item_id)
                db.commit()

        return route

    @staticmethod
    def get_routes():
        return ["get_all", "create", "delete_all", "get_one", "update", "delete_one"]


class MemoryCRUDRouter(CRUDGenerator):
    pass


def _key_type(schema, key):
    found = [row[1] for row in model_field_rows(schema) if row[0] == key]
    return _without_none(found[0]) if found else int


class SQLAlchemyCRUDRouter(CRUDGenerator):
    def __init__(self, schema, db_model, db, *args, prefix=None, **kwargs):
        self.db_model, self._session = db_model, db
        self._pk_type = _key_type(schema, self._pk)
        super().__init__(schema, *args, prefix=prefix or db_model.__tablename__, **kwargs)


class DatabasesCRUDRouter(CRUDGenerator):
    def __init__(self, schema, table, database, *args, prefix=None, **kwargs):
        self.table, self.db = table, database
        self._pk_type = _key_type(schema, self._pk)
        super().__init__(schema, *args, prefix=prefix or table.name, **kwargs)


class GinoCRUDRouter(CRUDGenerator):
    def __init__(self, schema, db_model, db, *args, prefix=None, **kwargs):
        self.db_model, self.db = db_model, db
        self._pk_type = _key_type(schema, self._pk)
        super().__init__(schema, *args, prefix=prefix or db_model.__tablename__, **kwargs)


class OrmarCRUDRouter(CRUDGenerator):
    def __init__(self, schema, *args, **kwargs):
        super().__init__(schema, *args, **kwargs)


class TortoiseCRUDRouter(CRUDGenerator):
    def __init__(self, schema, db_model, *args, **kwargs):
        self.db_model = db_model
        super().__init__(schema, *args, **kwargs)
