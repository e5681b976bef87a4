"""Loaded before everything else (pytest's ``-p``): tests have a house of their own and see what the owner sees."""

import os
from pathlib import Path

os.environ["KONTOR_PLANE"] = "owner"
os.environ["KONTOR_HOUSE"] = str(Path(__file__).resolve().parents[1] / ".kontor" / "test-house")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontor.config.settings")
