"""Writes the document that FastAPI publishes: `python truth.py FOLDER [MODULE]`, once with each row of `../releases.rs`."""
import importlib
import json
import sys
from pathlib import Path

import fastapi
import pydantic

folder = Path(__file__).parent / sys.argv[1]
sys.path.insert(0, str(folder))
module = importlib.import_module(sys.argv[2] if len(sys.argv) > 2 else "main")

name = f"fastapi-{fastapi.__version__}-pydantic-{pydantic.VERSION}.json"
text = json.dumps(module.app.openapi(), sort_keys=True, separators=(",", ":"))
(folder / name).write_text(text + "\n")
