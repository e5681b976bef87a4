"""The files of the demo house, as rows. What they hold is told in ``data/README.md``."""

import csv
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """All rows of ``data/<name>.csv``; every value is text, an absent one is empty."""
    text = resources.files(__package__).joinpath("data", f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def house() -> dict[str, Any]:
    """The house's own data: ``house`` (its fields), ``shipping`` (its methods), ``synonyms``."""
    return tomllib.loads(resources.files(__package__).joinpath("house.toml").read_text("utf-8"))


@contextmanager
def pictures() -> Iterator[list[Path]]:
    """The product pictures, as files that exist while the context is open."""
    with resources.as_file(resources.files(__package__).joinpath("pictures")) as folder:
        yield sorted(folder.glob("*.webp"))
