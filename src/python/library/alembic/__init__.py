"""https://alembic.sqlalchemy.org/"""
