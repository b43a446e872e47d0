from fastapi import Depends, APIRouter
from ...core import crud_router, optional, Page, Envelope, typed_filter, audited, require, Common, ErrorDetail, api_key
from ...models import *

router = crud_router(HeroRead, HeroCreate, optional(HeroUpdate), name="heroes")
PREFIX = "/h"


@router.get("/search/{kind}", dependencies=[Depends(api_key)])
@audited("search")
async def search(kind: str, name: str = Depends(typed_filter(Optional[str], "name")), ids=Depends(typed_filter(List[int], "ids")), common: Common = Depends(), user=require("items:read")):
    """Search heroes."""
