"""Writes what FastAPI publishes for `shop`: `python truth.py` with FastAPI 0.165.0 and pydantic 2.14.3."""
import json
from pathlib import Path

from shop import app

Path(__file__).with_name("shop.json").write_text(json.dumps(app.openapi(), indent=1) + "\n")
