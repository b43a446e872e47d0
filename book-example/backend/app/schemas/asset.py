"""Assets, as seen from outside."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class AssetRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    filename: str
    media_type: str
    size: int
    created_at: datetime
