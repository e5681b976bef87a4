#!/bin/sh
# Locks what requirements.in and requirements-dev.in ask for, with hashes and without the address of any index.
# Usage: tools/lock.sh [--upgrade]   (needs uv on PATH)
set -eu
cd "$(dirname "$0")/.."
for name in requirements requirements-dev; do
    uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header \
        "$@" --output-file "$name.lock" "$name.in"
done
