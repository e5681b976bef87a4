"""Houses for these tests: in a folder that the server's user can reach, gone afterwards."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kontor.config.embedded import Cluster, create_roles_and_database
from kontor.config.house import PROJECT, House

type Kontor = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def kontor() -> Kontor:
    """Run one verb of the command line on a house, in English, as a person would."""

    def run(house: Path, *words: str) -> subprocess.CompletedProcess[str]:
        environment = dict(os.environ) | {"PYTHONPATH": str(PROJECT / "src"), "LANG": "C"}
        for variable in ("KONTOR_PLANE", "KONTOR_HOUSE", "LC_ALL", "LC_MESSAGES"):
            environment.pop(variable, None)
        verb, *rest = words
        command = [sys.executable, "-P", "-m", "kontor.config.command", verb, f"--data={house}", *rest]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=240
        )

    return run


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
