"""Child processes that can be found again: after a killed supervisor, and never taking a stranger for one of ours.

Each child is started with a random mark in its environment, which its own children inherit; the pid file keeps the
mark. A process that does not carry the mark is never signalled, whatever its number. Finding marks needs /proc.
"""

import json
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kontor.config.house import PROJECT, House, replace_file
from kontor.config.processes import Process

MARK = "KONTOR_CHILD"
_BIGGEST_LOG = 10_000_000


@dataclass(slots=True)
class Child:
    """One started process of the table."""

    process: Process
    popen: subprocess.Popen[bytes]
    mark: str
    started: float = field(default_factory=time.monotonic)

    def is_alive(self) -> bool:
        """Whether its main process runs."""
        return self.popen.poll() is None


def log_file(house: House, name: str) -> Path:
    """Where the process of this name writes what it says."""
    return house.logs / f"{name}.log"


def spawn(process: Process, house: House, base: int) -> Child:
    """Start one process, marked, in a session of its own so that Ctrl-C reaches the supervisor only."""
    mark = secrets.token_hex(16)
    _record(house, process.name, mark, None)  # first the mark: a kill between these lines leaves no orphan
    log = log_file(house, process.name)
    if log.exists() and log.stat().st_size > _BIGGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
    with log.open("ab") as output:
        popen = subprocess.Popen(
            process.command(base),
            env=process.environment(house, base) | {MARK: mark},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=PROJECT,
            start_new_session=True,
        )
    _record(house, process.name, mark, popen.pid)
    return Child(process, popen, mark)


def run_marked(name: str, command: list[str], house: House, *, environment: dict[str, str]) -> int:
    """Run a step of the preparation to its end, marked like a child; its words go where ours go."""
    mark = secrets.token_hex(16)
    _record(house, name, mark, None)
    done = subprocess.run(
        command, env=environment | {MARK: mark}, stdin=subprocess.DEVNULL, cwd=PROJECT, check=False
    )
    (house.run / f"{name}.pid").unlink(missing_ok=True)
    return done.returncode


def _record(house: House, name: str, mark: str, pid: int | None) -> None:
    replace_file(house.run / f"{name}.pid", json.dumps({"pid": pid, "mark": mark}))


def recorded_marks(house: House) -> dict[str, str]:
    """The last mark of each process of this house, by name."""
    marks = {}
    for file in house.run.glob("*.pid"):
        with suppress(ValueError, KeyError, FileNotFoundError):
            marks[file.stem] = str(json.loads(file.read_text("utf-8"))["mark"])
    return marks


def processes_marked(marks: Iterable[str]) -> dict[str, list[int]]:
    """The running processes that carry one of these marks in their environment, by mark."""
    found: dict[str, list[int]] = {mark: [] for mark in marks}
    if not found:
        return found
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile, or belongs to somebody else
            for entry in (folder / "environ").read_bytes().split(b"\0"):
                name, _, value = entry.partition(b"=")
                if name == MARK.encode() and value.decode("ascii", "replace") in found:
                    found[value.decode("ascii")].append(int(folder.name))
    return found


def end_left_overs(house: House, *, seconds: float = 8) -> int:
    """End what an earlier supervisor left running. Returns how many processes that were."""
    marks = set(recorded_marks(house).values())
    ended = _end_marked(marks, seconds=seconds)
    for file in house.run.glob("*.pid"):
        file.unlink(missing_ok=True)
    return ended


def end(child: Child, *, seconds: float = 8) -> None:
    """Ask one child to finish, wait, then end it and everything it started."""
    if child.is_alive():
        with suppress(ProcessLookupError):
            child.popen.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            child.popen.wait(seconds)
    _end_marked({child.mark}, seconds=1)
    with suppress(subprocess.TimeoutExpired):
        child.popen.wait(5)


def _end_marked(marks: set[str], *, seconds: float) -> int:
    ours = _pids(marks)
    _signal(ours, signal.SIGTERM)
    patience = time.monotonic() + seconds
    while _pids(marks) and time.monotonic() < patience:
        time.sleep(0.05)
    _signal(_pids(marks), signal.SIGKILL)
    return len(ours)


def _pids(marks: set[str]) -> list[int]:
    return [pid for pids in processes_marked(marks).values() for pid in pids]


def _signal(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def memory_of(pids: Iterable[int]) -> int:
    """The proportional set size of these processes together, in bytes; what has ended counts nothing."""
    total = 0
    for pid in pids:
        with suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total
