"""https://tortoise.github.io/"""
from tortoise import fields as fields
from tortoise.models import Model as Model
