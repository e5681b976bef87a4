"""The run: every client in a thread of its own, the ledger asked every few seconds and at the end."""

import random
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from queue import SimpleQueue
from threading import Event
from typing import Any

from django.db import connection

from kontor.config.bench.ground import bench_database
from kontor.config.house import House
from kontor.config.progress import Progress, Tell, hidden
from kontor.config.stress.clerks import Clerk, Planner, Sweeper, Time
from kontor.config.stress.clients import Client, enter_as
from kontor.config.stress.guests import Guest
from kontor.config.stress.scene import Claim, Scene, set_scene
from kontor.config.words import gettext_now as _
from kontor.kernel.sql import Statements

_sql = Statements(__package__, "checks.sql")
FEWEST = 8
_CHECK_EVERY = 5.0
_SWEEP_EVERY = 0.25
_EXPIRE_EVERY = 0.05
_SHOWN = 20  # violations told in full


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long, with how many connections, from which seed."""

    seconds: float = 30.0
    connections: int = 32
    seed: int = 7


@dataclass(slots=True)
class Findings:
    """What the database was asked, and what was wrong with its answers."""

    checks: int = 0
    violations: list[dict[str, str]] = field(default_factory=list)

    def ask(self) -> None:
        """All rules at once, on one snapshot."""
        self.checks += 1
        self.violations += _sql.dicts("violations")


def run(house: House, plan: Plan, progress: Progress = hidden) -> dict[str, Any]:
    """Put the promise ledger of a scratch database under load; the result says what was done and what is wrong."""
    with bench_database(house):
        crowd = _crowd(set_scene(visitors=max(plan.connections, FEWEST)), plan)
        findings = Findings()
        seconds = _let_loose(house, crowd, plan, findings, progress)
        findings.ask()
        findings.violations += _disagreements([client for _role, client, _pause in crowd])
        size = _sql.dicts("counted")[0]
    return _result([client for _role, client, _pause in crowd], findings, size, plan, seconds)


def _crowd(scene: Scene, plan: Plan) -> list[tuple[str, Client, float]]:
    """Who connects as which role, and how long each rests between turns: seven in ten are guests."""
    places = max(plan.connections, FEWEST) - 2
    planners = max(1, places // 10)
    clerks = max(2, places // 5)
    placed: SimpleQueue[list[Claim]] = SimpleQueue()

    def said(place: int) -> dict[str, Any]:
        return {"scene": scene, "chance": random.Random(f"{plan.seed}/{place}"), "placed": placed}  # noqa: S311

    crowd: list[tuple[str, Client, float]] = [
        ("back", Sweeper(**said(0)), _SWEEP_EVERY),
        ("owner", Time(**said(1)), _EXPIRE_EVERY),
    ]
    for place in range(2, 2 + places):
        if place < 2 + planners:
            crowd.append(("back", Planner(**said(place)), 0.0))
        elif place < 2 + planners + clerks:
            crowd.append(("back", Clerk(**said(place)), 0.0))
        else:
            party, token = scene.parties[place], scene.tokens[place]
            crowd.append(("public", Guest(**said(place), party=party, token=token), 0.0))
    return crowd


def _let_loose(
    house: House,
    crowd: Sequence[tuple[str, Client, float]],
    plan: Plan,
    findings: Findings,
    progress: Progress,
) -> float:
    """Run until the time is over or somebody crashed; returns the seconds it took. A crash is raised."""
    stop = Event()
    began = time.monotonic()
    with ThreadPoolExecutor(max_workers=len(crowd)) as threads:
        working = [threads.submit(_work, house, *one, stop) for one in crowd]
        try:
            with progress(_("Seconds under load, no rule broken"), plan.seconds) as tell:
                _watch(working, crowd, plan, findings, tell)
        finally:
            stop.set()
    for future in working:
        future.result()
    return time.monotonic() - began


def _watch(
    working: Sequence[Future[None]],
    crowd: Sequence[tuple[str, Client, float]],
    plan: Plan,
    findings: Findings,
    tell: Tell,
) -> None:
    """Ask the database every few seconds, until the time is over, a rule is broken or somebody crashed."""
    began = checked = time.monotonic()
    while (now := time.monotonic()) - began < plan.seconds:
        if any(future.done() for future in working) or findings.violations:
            return
        if now - checked >= _CHECK_EVERY:
            findings.ask()
            checked = now
        tell(now - began, worked=sum(client.tally.done.total() for _role, client, _pause in crowd))
        time.sleep(min(0.2, plan.seconds))


def _work(house: House, role: str, client: Client, pause: float, stop: Event) -> None:
    enter_as(house, role)
    try:
        while not stop.is_set():
            client.turn()
            if pause:
                stop.wait(pause)
    finally:
        connection.close()


def _disagreements(clients: Sequence[Client]) -> list[dict[str, str]]:
    """What the clients were answered against what the database has: nothing acknowledged may be lost or doubled."""
    claims = [claim for client in clients for claim in (*client.claims, *client.gone)]
    while not clients[0].placed.empty():
        claims += clients[0].placed.get_nowait()
    rows = _sql.rows("live_units", demands=[claim.id for claim in claims])
    really: dict[Any, Decimal] = {row.demand_id: row.quantity for row in rows}
    wrong = []
    for claim in claims:
        has = really.get(claim.id, Decimal(0))
        if has == claim.live or (claim.may_lapse and has < claim.live):
            continue
        rule = "a client has what it was answered"
        wrong.append(
            {"rule": rule, "subject": str(claim.id), "detail": f"{claim.live} answered, {has} there"}
        )
    return wrong


def _result(
    clients: Sequence[Client], findings: Findings, size: dict[str, Any], plan: Plan, seconds: float
) -> dict[str, Any]:
    totals = {
        name: sum((getattr(client.tally, name) for client in clients), Counter[str]())
        for name in ("done", "refused", "deadlocks", "lock_timeouts")
    }
    names = sorted(set().union(*totals.values()))
    operations = {
        name: {
            "done": totals["done"][name],
            "per_s": round(totals["done"][name] / seconds, 1),
            "refused": totals["refused"][name],
        }
        for name in names
    }
    return {
        "seconds": round(seconds, 1),
        "connections": len(clients),
        "seed": plan.seed,
        "operations_per_s": round(totals["done"].total() / seconds, 1),
        "operations": operations,
        "refused": totals["refused"].total(),
        "lock_timeouts": dict(totals["lock_timeouts"]),
        "deadlocks": dict(totals["deadlocks"]),
        "ledger": size,
        "checks": findings.checks,
        "violations": len(findings.violations),
        "violations_found": findings.violations[:_SHOWN],
    }
