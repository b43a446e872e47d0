from ...core import crud_router
from ...models import TeamRead, TeamCreate
router = crud_router(TeamRead, TeamCreate, name="teams", get_one=False)
