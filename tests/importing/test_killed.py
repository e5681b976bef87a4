"""An import that is killed, again and again and with its database, and then finishes as if nothing had happened."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kontor.config.embedded import Cluster
from kontor.config.house import PROJECT, House
from tests.importing.conftest import HEADER, agrees

DAYS, INVOICES, LINES = 30, 8, 6
SALES = DAYS * INVOICES
POINTS = (0.1, 0.4, 0.75)


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An empty house of its own."""
    house = House(tmp_path_factory.mktemp("house"))
    yield house
    Cluster(house).stop()


@pytest.mark.slow
def test_killed_imports_leave_nothing_out_and_nothing_double(house: House, tmp_path: Path) -> None:
    file = tmp_path / "online_retail.csv"
    file.write_bytes(_orders(random.Random(11)))
    chance = random.Random(12)
    for point in POINTS:
        with _import(house, file) as running:
            _wait_for_orders(house, round(SALES * point), running)
            time.sleep(chance.random() / 5)
            os.kill(running.pid, signal.SIGKILL)
            if point == POINTS[-1] and (postmaster := Cluster(house).pid()):
                os.kill(postmaster, signal.SIGKILL)

    with _import(house, file) as running:
        out, _nothing = running.communicate(timeout=120)
    report: dict[str, Any] = json.loads(out)

    assert running.returncode == 0
    assert 0 < report["documents_carried"] < report["documents"]
    assert agrees(report)
    assert (report["invoices"], report["credit_notes"]) == (SALES, DAYS)


def _import(house: House, file: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-P", "-m", "kontor.config.command", "import", "online-retail", str(file)]
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "src")}
    return subprocess.Popen(
        [*command, "--json", "--data", str(house.path)],
        env=environment,
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _wait_for_orders(house: House, count: int, running: "subprocess.Popen[bytes]") -> None:
    patience = time.monotonic() + 90
    while time.monotonic() < patience and running.poll() is None:
        try:
            with psycopg.connect(**house.connection("owner"), autocommit=True) as connection:
                row = connection.execute("SELECT count(*) FROM orders_order").fetchone()
                while row and row[0] < count and running.poll() is None:
                    time.sleep(0.005)
                    row = connection.execute("SELECT count(*) FROM orders_order").fetchone()
                return
        except psycopg.Error:
            time.sleep(0.1)


def _orders(chance: random.Random) -> bytes:
    """Sales on thirty days, and every evening one cancellation of a position of that day, and one loss."""
    rows = [HEADER.decode()]
    number = 500_000
    for day in range(DAYS):
        date = f"2011-03-{day + 1:02d}"
        sold = []
        for place in range(INVOICES):
            number += 1
            for _line in range(LINES):
                code, quantity = 20_000 + chance.randrange(60), chance.randint(1, 9)
                price, customer = f"{chance.randint(1, 999) / 100:.2f}", 10_000 + place
                sold.append((code, quantity, price, customer))
                rows.append(
                    f"{number},{code},THING {code},{quantity},{date} {9 + place:02d}:00,{price},{customer},Spain\n"
                )
        code, quantity, price, customer = chance.choice(sold)
        rows.append(
            f"C{number + 400_000},{code},THING {code},-{quantity},{date} 20:00,{price},{customer},Spain\n"
        )
        rows.append(f"{number + 800_000},{code},lost,-{quantity},{date} 21:00,0.0,,Spain\n")
    return "".join(rows).encode()
