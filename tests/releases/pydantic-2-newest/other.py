from __future__ import annotations
from typing import TYPE_CHECKING, Optional
from pydantic import BaseModel
if TYPE_CHECKING:
    from main import Late
class Early(BaseModel):
    late: Optional[Late] = None
    items: list[Late] = []
