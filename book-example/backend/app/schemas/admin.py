"""Numbers for operators."""

from pydantic import BaseModel


class Statistics(BaseModel):
    users: int
    scenes: int
    assets: int
    stored_bytes: int
