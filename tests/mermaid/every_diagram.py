#!/usr/bin/env python3
"""Writes every diagram of an application as Markdown, for check.mjs to parse with the real Mermaid.

    tests/mermaid/every_diagram.py --root DIR --app MODULE:NAME [--env NAME=VALUE …] [--library DIR …]
                                   [--arch BIN] OUTPUT.md

The analysed tree is not written to: a book of one chapter is put into a temporary directory and built by the binary,
with a sequence diagram for every operation.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

DIAGRAMS = [
    "diagram models", "diagram models kind=er", "diagram data-layer", "diagram dependencies", "diagram layers",
    "diagram modules", "diagram auth", "diagram realtime", "diagram frontend", "diagram scene",
]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", required=True)
    parser.add_argument("--app", required=True)
    parser.add_argument("--env", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--library", action="append", default=[], metavar="DIR")
    parser.add_argument("--arch", default="mdbook-arch")
    parser.add_argument("output", type=Path)
    return parser.parse_args()


def operations(arguments: argparse.Namespace) -> list[str]:
    command = [arguments.arch, "export", "openapi", "--root", arguments.root, "--app", arguments.app]
    for variable in arguments.env:
        command += ["--env", variable]
    for library in arguments.library:
        command += ["--library", library]
    document = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return [f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item]


def main() -> None:
    arguments = parse_arguments()
    directives = DIAGRAMS + [
        f"diagram request-lifecycle endpoint={json.dumps(operation)}" for operation in operations(arguments)
    ]
    chapter = "".join(f"<<#arch {directive}>>\n\n" for directive in directives)
    settings = {
        "root": str(Path(arguments.root).resolve()), "app": arguments.app, "on-error": "show",
        "env": dict(variable.split("=", 1) for variable in arguments.env),
        "libraries": [str(Path(library).resolve()) for library in arguments.library],
    }
    with tempfile.TemporaryDirectory() as root:
        section = {
            "Chapter": {
                "name": "Diagrams", "content": chapter, "number": [1], "sub_items": [], "path": "diagrams.md",
                "source_path": "diagrams.md", "parent_names": [],
            }
        }
        context = {
            "root": root, "config": {"book": {"src": "src"}, "preprocessor": {"arch": settings}},
            "renderer": "html", "mdbook_version": "0.5.0",
        }
        given = json.dumps([context, {"items": [section], "sections": [section], "__non_exhaustive": None}])
        done = subprocess.run([arguments.arch], input=given, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(done.returncode)
    book = json.loads(done.stdout)
    content = (book.get("items") or book.get("sections"))[0]["Chapter"]["content"]
    arguments.output.write_text(content)
    print(f"{arguments.output}: {content.count('```mermaid')} diagrams of {len(directives)} directives")


if __name__ == "__main__":
    main()
