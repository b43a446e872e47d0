from importlib import import_module
from pkgutil import iter_modules
from pathlib import Path
from fastapi import APIRouter

__all__ = ["api_router", "names"]
api_router = APIRouter()
names = []
for info in sorted(iter_modules([str(Path(__file__).parent)]), key=lambda m: m.name):
    if info.name.startswith("_"):
        continue
    module = import_module(f"{__name__}.{info.name}")
    if hasattr(module, "router"):
        names.append(info.name)
        api_router.include_router(module.router, prefix=getattr(module, "PREFIX", ""))
