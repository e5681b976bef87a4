"""``bench pages``: what pages cost against a bare Django view, each on its own plane, role and middleware."""

import argparse
import json
import subprocess
from typing import Any

from kontor.config.bench.ground import bench_database
from kontor.config.bench.past import Past, live_through
from kontor.config.bench.planes import plane_environment, python
from kontor.config.demo.logins import DEMO_PASSWORD
from kontor.config.house import PROJECT, House
from kontor.config.progress import Progress, Tell, hidden
from kontor.config.words import gettext_now as _

# The house's managing director is in every department of the back, Linda Mitchell at the counter.
_STAFF = {"back": "ken.sanchez@weserrad.example", "desk": "linda.mitchell@weserrad.example"}
GOALS = {"public": (4.0, 6), "desk": (8.0, 12), "back": (8.0, 12)}
_COOKIE = "kontor_visit"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How busy the house was, how often each page is drawn."""
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=200)


def measure(args: argparse.Namespace, house: House, progress: Progress = hidden) -> dict[str, Any]:
    """CPU of the drawing process: median of the rounds, page and floor in turn. ``misses`` names what is too dear."""
    with bench_database(house) as name:
        past = live_through(house, name, orders=args.orders, customers=args.customers, progress=progress)
        pages: list[dict[str, Any]] = []
        wanted = _pages(past)
        with progress(_("Pages drawn"), args.rounds * sum(map(len, wanted.values()))) as tell:
            for plane, some in wanted.items():
                before = args.rounds * len(pages)
                asked = _asked(plane, some, token=past.token, rounds=args.rounds)
                pages += _probe(house, name, asked, tell, before=before)
    return {"orders": past.orders, "customers": args.customers, "pages": pages, "misses": _misses(pages)}


def _pages(past: Past) -> dict[str, list[dict[str, Any]]]:
    """The address of each page."""
    return {
        "public": [
            {"page": "list of 24", "path": f"/shop/{past.shelf}/"},
            {"page": "product", "path": f"/product/{past.product}/"},
            {"page": "own order", "path": f"/orders/{past.order}/"},
        ],
        "desk": [
            {"page": "customer", "path": f"/customers/{past.party}/"},
            {"page": "inbox", "path": "/inbox/?view=unclaimed"},
            {"page": "matter", "path": f"/inbox/{past.matter}/?view=unclaimed"},
        ],
        "back": [
            {"page": "order list", "path": "/orders/"},
            {"page": "feed of product conception", "path": "/design/"},
            {"page": "problems", "path": "/improvement/"},
            {"page": "suggestions", "path": "/improvement/suggestions/"},
            {"page": "problem", "path": f"/improvement/{past.problem}/"},
        ],
    }


def _asked(plane: str, pages: list[dict[str, Any]], *, token: str, rounds: int) -> dict[str, Any]:
    email = _STAFF.get(plane)
    return {
        "plane": plane,
        "pages": pages,
        "cookies": {} if email else {_COOKIE: token},
        "staff": {"email": email, "password": DEMO_PASSWORD} if email else None,
        "rounds": rounds,
    }


def _probe(
    house: House, database: str, asked: dict[str, Any], tell: Tell, *, before: int
) -> list[dict[str, Any]]:
    """A line of the probe is a number (so many pages are drawn) until the last one: what it found."""
    command = python("-m", "kontor.config.bench.probe")
    found: list[dict[str, Any]] = []
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=plane_environment(house, asked["plane"], database=database),
        cwd=PROJECT,
        text=True,
    ) as probe:
        if probe.stdin is not None:
            probe.stdin.write(json.dumps(asked))
            probe.stdin.close()
        for line in probe.stdout or ():
            said = json.loads(line)
            if isinstance(said, int):
                tell(before + said)
            else:
                found = said
    if probe.returncode:
        raise subprocess.CalledProcessError(probe.returncode, command)
    return found


def _misses(pages: list[dict[str, Any]]) -> list[str]:
    return [
        f"{one['page']} ({one['plane']}): {one['floor_ratio']} x, {one['statements']} statements"
        for one in pages
        if one["floor_ratio"] > GOALS[one["plane"]][0] or one["statements"] > GOALS[one["plane"]][1]
    ]
