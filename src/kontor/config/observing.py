"""Looks at a house from outside: its processes, its memory, its database. Changes nothing."""

import re
from dataclasses import dataclass

import psycopg

from kontor.config.children import memory_of, processes_marked, recorded_marks
from kontor.config.embedded import Cluster
from kontor.config.house import House
from kontor.config.prepared import SOURCE
from kontor.config.processes import DEFAULT_PORT, processes_here
from kontor.config.supervisor import answers, holder


@dataclass(frozen=True, slots=True)
class ProcessState:
    """One process of the table: its numbers (children included), port, memory; ``answers`` None without a port."""

    name: str
    pids: list[int]
    port: int | None
    answers: bool | None
    pss_bytes: int


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """The database; figures are None while it does not run."""

    is_running: bool
    version: str | None = None
    size_bytes: int | None = None
    migrations_pending: int | None = None
    dead_letters: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Everything ``status`` tells. ``pss_bytes`` counts all Python processes, the supervisor included."""

    house: str
    is_up: bool
    is_whole: bool
    supervisor_pid: int | None
    processes: list[ProcessState]
    pss_bytes: int
    database: DatabaseState


def observe(house: House) -> State:
    """The state of the house at this moment."""
    supervisor = holder(house)
    base = house.settings().get("port", DEFAULT_PORT)
    marks = recorded_marks(house)
    running = processes_marked(marks.values())
    processes = []
    for process in processes_here():
        pids = running.get(marks.get(process.name, ""), [])
        port = process.port(base)
        heard = answers(port) if port and pids else (False if port else None)
        processes.append(ProcessState(process.name, pids, port, heard, memory_of(pids)))
    database = _database(house)
    is_whole = supervisor is not None and database.is_running
    is_whole = is_whole and all(state.pids and state.answers is not False for state in processes)
    memory = sum(state.pss_bytes for state in processes) + memory_of([supervisor] if supervisor else [])
    return State(str(house.path), supervisor is not None, is_whole, supervisor, processes, memory, database)


def _database(house: House) -> DatabaseState:
    if not house.is_external and not Cluster(house).is_running():
        return DatabaseState(is_running=False)
    try:
        with psycopg.connect(**house.connection("owner"), autocommit=True, connect_timeout=5) as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
            version = re.split(r"[ (]", connection.info.parameter_status("server_version") or "")[0]
            return DatabaseState(
                is_running=True,
                version=version,
                size_bytes=row[0] if row else None,
                migrations_pending=_pending(connection),
                dead_letters=_count(
                    connection, "events_delivery", "SELECT count(*) FROM events_delivery WHERE is_dead"
                ),
            )
    except psycopg.OperationalError:
        return DatabaseState(is_running=False)


def _pending(connection: psycopg.Connection) -> int:
    """Kontor's own migrations that the database has not seen; Django itself would take a second to say so."""
    written = {(file.parent.parent.name, file.stem) for file in SOURCE.glob("*/*/migrations/[0-9]*.py")}
    done: set[tuple[str, str]] = set()
    if _exists(connection, "django_migrations"):
        rows = connection.execute("SELECT app, name FROM django_migrations").fetchall()
        done = {(str(app), str(name)) for app, name in rows}
    return len(written - done)


def _count(connection: psycopg.Connection, table: str, query: str) -> int | None:
    if not _exists(connection, table):
        return None
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else None


def _exists(connection: psycopg.Connection, table: str) -> bool:
    row = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [table]).fetchone()
    return bool(row and row[0])
