"""Houses for these tests: in a folder that the server's user can reach, gone afterwards."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kontor.config.embedded import Cluster, create_roles_and_database
from kontor.config.house import House


@pytest.fixture(autouse=True)
def _no_server_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DATABASE_URL", "KONTOR_PG_BIN", "KONTOR_HOUSE"):
        monkeypatch.delenv(variable, raising=False)


def _remove(folder: Path) -> None:
    for placement in folder.rglob("placement.json"):
        shutil.rmtree(House(placement.parent).server_root, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder with a short name; servers in it are stopped and it is removed afterwards."""
    made = Path(tempfile.mkdtemp(prefix="kontor-t-"))
    made.chmod(0o755)
    yield made
    for version in [*made.rglob("PG_VERSION")]:
        if version.parent.name == "cluster":
            Cluster(House(version.parent.parent)).stop()
    _remove(made)


@pytest.fixture(scope="module")
def running_house() -> Iterator[House]:
    """A house whose database runs, with all roles and nothing else in it."""
    for variable in ("DATABASE_URL", "KONTOR_PG_BIN"):
        os.environ.pop(variable, None)
    made = Path(tempfile.mkdtemp(prefix="kontor-t-"))
    made.chmod(0o755)
    house = House(made / "house")
    Cluster(house).start()
    create_roles_and_database(house)
    yield house
    Cluster(house).stop()
    _remove(made)
