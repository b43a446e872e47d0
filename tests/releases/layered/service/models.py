from datetime import timedelta, datetime, date, time
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any, Dict, List, Optional, Union
from uuid import UUID, uuid4
from pydantic import BaseModel, Field


class Level(IntEnum):
    low = 1
    high = 2


class HeroBase(BaseModel):
    name: str = Field(..., min_length=2, max_length=40, description="Name of the hero", title="Hero name")
    level: Level = Level.low
    powers: List[str] = []
    born: Optional[date] = Field(None, description="When")
    wealth: Decimal = Field(Decimal("1.5"), ge=0)


class HeroCreate(HeroBase):
    secret: str


class HeroRead(HeroBase):
    id: UUID = Field(default_factory=uuid4)
    created: datetime
    friends: List["HeroRead"] = []
    team: "Optional[TeamRead]" = None


class HeroUpdate(BaseModel):
    name: Optional[str] = None


class TeamRead(BaseModel):
    id: int
    heroes: Dict[str, HeroRead] = {}


class TeamCreate(BaseModel):
    id: int = 3
    at: time = time(12, 30)
