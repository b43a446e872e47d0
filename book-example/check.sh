#!/usr/bin/env bash
# Does the example really work? Installs the backend into a throwaway environment, runs its tests, counts the
# operations of its OpenAPI document and builds the frontend. Writes nothing into the repository.
#
#   usage: book-example/check.sh
set -euo pipefail

readonly OPERATIONS=35
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

step() { printf -- '--- example: %s\n' "$1"; }

cp -r "$here/backend" "$here/frontend" "$scratch/"
rm -rf "$scratch/frontend/node_modules" "$scratch/frontend/dist"

step "backend: install"
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install --quiet --disable-pip-version-check -r "$scratch/backend/requirements-dev.txt"

step "backend: import and OpenAPI"
cd "$scratch/backend"
"$scratch/venv/bin/python" - "$OPERATIONS" <<'PYTHON'
import sys

from app.main import app

operations = [
    (method.upper(), path) for path, item in app.openapi()["paths"].items() for method in item
]
expected = int(sys.argv[1])
if len(operations) != expected:
    sys.exit(f"{len(operations)} operations, not {expected}: if that is meant, change check.sh too")
print(f"{len(operations)} operations")
PYTHON

step "backend: tests"
"$scratch/venv/bin/python" -m pytest -q

step "frontend: install and build"
cd "$scratch/frontend"
npm ci --no-audit --no-fund
npm run build

step "done"
