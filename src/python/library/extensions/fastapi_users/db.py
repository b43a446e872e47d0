"""https://fastapi-users.github.io/fastapi-users/latest/configuration/databases/sqlalchemy/"""
from fastapi_users.manager import *
from fastapi_users_db_sqlalchemy import *
