"""https://uriyyo-fastapi-pagination.netlify.app/integrations/sqlalchemy/overview/"""
from __arch__ import unknown


def paginate(connection, query=None, params=None, **options):
    return _run(connection, query)


async def apaginate(connection, query=None, params=None, **options):
    return await _run(connection, query)


def _run(connection, query):
    execute = getattr(connection, "execute", None)
    return unknown("fastapi_pagination.ext.paginate") if execute is None else execute(query)
