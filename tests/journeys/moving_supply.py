"""``python -m tests.journeys.moving_supply plan|move``, in the environment of a house that runs: see ``supply``."""

import json
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    deed = getattr(import_module("tests.journeys.supply"), sys.argv[1])
    sys.stdout.write(json.dumps(deed()))
