"""Writes the document that FastAPI publishes: `python truth.py FOLDER`, once with each row of `../releases.rs`."""
import json
import sys
from pathlib import Path

import fastapi
import pydantic

folder = Path(__file__).parent / sys.argv[1]
sys.path.insert(0, str(folder))
import main

name = f"fastapi-{fastapi.__version__}-pydantic-{pydantic.VERSION}.json"
text = json.dumps(main.app.openapi(), sort_keys=True, separators=(",", ":"))
(folder / name).write_text(text + "\n")
