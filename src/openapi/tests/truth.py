"""Writes what FastAPI publishes.

python truth.py shop      with FastAPI 0.165.0 and pydantic 2.14.3
python truth.py legacy    with FastAPI 0.95.2 and pydantic 1.10.21
"""
import importlib
import json
import sys
from pathlib import Path

app = importlib.import_module(sys.argv[1]).app
Path(__file__).with_name(sys.argv[1] + ".json").write_text(json.dumps(app.openapi(), indent=1) + "\n")
