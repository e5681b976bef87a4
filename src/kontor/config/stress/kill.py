"""``stress kill``: a running house under load, parts of it killed at seeded instants, the books compared afterwards.

Customers order over HTTP and keep what they were told; a clerk ships. After every kill the house comes back by
itself (the supervisor) or by the next ``up``. In the end the customers' acknowledgements are the orders in the
database, one to one, and everything that follows from an order is there once.
"""

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from kontor.config.bench.buyers import Buyer, hidden_fields
from kontor.config.books import disagreements
from kontor.config.children import processes_marked, recorded_marks
from kontor.config.embedded import Cluster
from kontor.config.house import PROJECT, House
from kontor.config.progress import Progress, hidden
from kontor.config.stress.shipping import move_into, ship_what_is_ready
from kontor.config.supervisor import holder
from kontor.config.words import gettext_now as _
from kontor.kernel.sql import Statements

VICTIMS = ("public", "worker", "database", "everything")
CUSTOMERS = 3
_ARTICLE = """
SELECT number FROM catalogue_storefrontitem i JOIN promises_available a USING (offering_id) WHERE free_now >= 20 LIMIT 3
"""
_WAITING = """
SELECT (SELECT count(*) FROM events_delivery WHERE NOT is_dead)
     + (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing'))
     + (SELECT count(*) FROM tasks_mail WHERE sent_at IS NULL)
"""
_PATIENCE = 90.0
_sql = Statements(__package__, "kill.sql")


@dataclass(slots=True)
class Customer:
    """Orders again and again; every order under an e-mail of its own. ``told`` is what the shop acknowledged."""

    port: int
    article: str
    name: str
    stop: threading.Event
    told: dict[str, str] = field(default_factory=dict)
    tried: int = 0

    def run(self) -> None:
        """One order after the other; an answer that was lost is asked for again, with the same basket."""
        while not self.stop.is_set():
            self.tried += 1
            email = f"{self.name}.{self.tried}@example.org"
            number = self._order(email)
            if number:
                self.told[email] = number

    def _order(self, email: str) -> str:
        buyer = Buyer(port=self.port, article=self.article)
        self._insist(buyer.put_in_basket)
        self._insist(lambda: buyer.post("/checkout/begin/", {}))
        self._insist(lambda: buyer.post("/checkout/", buyer.address | {"email": email}))
        review = self._insist(lambda: buyer.get("/checkout/review/"))
        shown = hidden_fields(review.text if review else "", action="/checkout/order/")
        if not shown:
            return ""
        page = self._insist(lambda: buyer.post("/checkout/order/", shown))
        return page.location.split("/")[2] if page and page.location.startswith("/orders/") else ""

    def _insist(self, act: Callable[[], Any]) -> Any:
        """Until the house answers with anything but a failure of its own."""
        patience = time.monotonic() + _PATIENCE
        while time.monotonic() < patience:
            with suppress(OSError, http.client.HTTPException):
                page = act()
                if page is None or page.status < 500:
                    return page
            time.sleep(0.2)
        raise AssertionError("The house did not come back.")


def run(*, points: int, seed: int, progress: Progress = hidden) -> dict[str, Any]:
    """Kill so many times; returns what was found. ``violations`` is empty when nothing was lost or doubled."""
    chance = random.Random(seed)  # noqa: S311 - the same instants for the same seed
    with _open_house() as (house, port):
        with psycopg.connect(**house.connection("owner"), autocommit=True) as base:
            articles = [row[0] for row in base.execute(_ARTICLE).fetchall()]
        stop = threading.Event()
        customers = [
            Customer(port, articles[number % len(articles)], f"customer{number}", stop)
            for number in range(CUSTOMERS)
        ]
        people = ThreadPoolExecutor(CUSTOMERS + 1)
        busy = [people.submit(customer.run) for customer in customers]
        busy.append(people.submit(ship_what_is_ready, house, stop))
        killed: list[str] = []
        try:
            with progress(_("Killed"), points) as tell:
                while len(killed) < points:
                    time.sleep(chance.uniform(0.5, 2.5))
                    victim = chance.choice(VICTIMS)
                    killed.append(victim)
                    _kill(house, victim)
                    if victim == "everything":
                        _kontor(house, "up", "--detach")
                    tell(len(killed))
            time.sleep(1.0)
        finally:
            stop.set()
            people.shutdown()
        given_up = [f"somebody gave up: {error}" for one in busy if (error := one.exception())]
        told = {email: number for customer in customers for email, number in customer.told.items()}
        _wait_until_quiet(house)
        violations = given_up + _compare(house, told)
        return {"points": killed, "acknowledged": len(told), "violations": violations}


def _compare(house: House, told: dict[str, str]) -> list[str]:
    """Everything that must be true after all the killing; what is not, in words."""
    emails, numbers = list(told), list(told.values())
    with psycopg.connect(**house.connection("owner"), autocommit=True) as base:
        found = []
        for name in _sql.names():
            values = {"emails": emails, "numbers": numbers}
            rows = base.execute(_sql.text(name).encode(), values).fetchall()
            found += [f"{name}: " + " ".join(map(str, row)) for row in rows]
    with ThreadPoolExecutor(1) as accountant:  # a thread of its own has a connection of its own
        return found + accountant.submit(_audit, house).result()


def _audit(house: House) -> list[str]:
    """What the house's own books say about themselves: entries, open items, moves, stock, promises."""
    move_into(house)
    try:
        return disagreements()
    finally:
        connection.close()


def _kill(house: House, victim: str) -> None:
    marks = recorded_marks(house)
    if victim == "database":
        pids = _server_pids(house)
    elif victim == "everything":
        supervisor = holder(house)
        pids = [supervisor] if supervisor else []
        pids += [pid for found in processes_marked(marks.values()).values() for pid in found]
        pids += _server_pids(house)
    else:
        pids = processes_marked([marks[victim]])[marks[victim]] if victim in marks else []
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _server_pids(house: House) -> list[int]:
    """The postmaster first, then its children."""
    parent = Cluster(house).pid()
    if parent is None:
        return []
    children = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(file.read_text().rpartition(")")[2].split()[1]) == parent:
                children.append(int(file.parent.name))
    return [parent, *children]


def _wait_until_quiet(house: House) -> None:
    """Until every event was heard, every job done and every mail sent; gives up when nothing moves any more."""
    patience, fewest = time.monotonic() + _PATIENCE, None
    while time.monotonic() < patience:
        with suppress(psycopg.OperationalError):
            with psycopg.connect(**house.connection("owner"), autocommit=True, connect_timeout=3) as base:
                row = base.execute(_WAITING).fetchone()
            waiting = int(row[0]) if row else 0
            if waiting == 0:
                return
            if fewest is None or waiting < fewest:
                patience, fewest = time.monotonic() + _PATIENCE, waiting
        time.sleep(0.5)


@contextmanager
def _open_house() -> Iterator[tuple[House, int]]:
    with tempfile.TemporaryDirectory(prefix="kontor-k-") as folder:
        Path(folder).chmod(0o755)
        house, port = House(Path(folder) / "house"), _free_ports()
        _kontor(house, "up", "--detach", f"--port={port}")
        try:
            yield house, port
        finally:
            _kontor(house, "down")


def _kontor(house: House, verb: str, *words: str) -> None:
    environment = {
        name: value for name, value in os.environ.items() if name not in ("KONTOR_PLANE", "DATABASE_URL")
    }
    environment |= {"PYTHONPATH": str(PROJECT / "src"), "KONTOR_HOUSE": str(house.path)}
    command = [sys.executable, "-P", "-m", "kontor.config.command", verb, f"--data={house.path}", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=240)
    if done.returncode:
        raise RuntimeError(f"{verb}: {done.stdout}{done.stderr}")


def _free_ports(count: int = 5) -> int:
    """The first of so many free ports in a row."""
    for base in range(33_000 + os.getpid() % 1000 * 10, 60_000, count):
        with ExitStack() as stack:
            try:
                for port in range(base, base + count):
                    stack.enter_context(socket.socket()).bind(("127.0.0.1", port))
            except OSError:
                continue
            return base
    raise RuntimeError("There are no free ports in a row.")
