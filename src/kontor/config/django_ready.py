"""Makes Django ready in this process, for verbs that need it."""

import os

import django

from kontor.config.house import House


def setup_django(plane: str, *, house: House | None = None) -> None:
    """Choose the plane (public, desk, back, live, worker, owner) of this process and load its rooms.

    Once per process: the plane decides which apps are installed and as whom the database is opened.
    """
    os.environ["KONTOR_PLANE"] = plane
    os.environ["KONTOR_HOUSE"] = str((house or House.from_environment()).path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontor.config.settings")
    django.setup()
