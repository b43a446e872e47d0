"""Writes what pydantic says of the models in this folder: `python truth.py` with pydantic 2.14.3."""
import importlib
import json
from pathlib import Path

from pydantic.json_schema import models_json_schema

for name in ("scalars", "containers", "behaviour", "names", "uses"):
    module = importlib.import_module(name)
    pairs = [(model, mode) for mode in ("validation", "serialization") for model in module.MODELS]
    _, document = models_json_schema(pairs, ref_template="#/components/schemas/{model}")
    text = json.dumps(document["$defs"], indent=1, sort_keys=True) + "\n"
    Path(__file__).with_name(f"{name}.json").write_text(text)
