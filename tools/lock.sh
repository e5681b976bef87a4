#!/bin/sh
# Locks what requirements.in and requirements-dev.in ask for, with hashes and without the address of any index.
# Usage: tools/lock.sh [--upgrade]   (needs uv on PATH or in .venv)
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv/bin/uv)
for name in requirements requirements-dev; do
    "$uv" pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-emit-index-url \
        --no-annotate --custom-compile-command tools/lock.sh "$@" --output-file "$name.lock" "$name.in"
done
