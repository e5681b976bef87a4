"""Starts the processes of a house, the shop first, and keeps them running until it is told to stop."""

import fcntl
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import IO

from kontor.config.children import Child, end, end_left_overs, log_file, spawn
from kontor.config.embedded import Cluster
from kontor.config.house import House
from kontor.config.processes import Process, processes_here
from kontor.config.words import HouseRefusal
from kontor.config.words import gettext_now as _

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
READY_SECONDS = 60.0
LONGEST_PAUSE = 30.0
HEALTHY_SECONDS = 60.0
MOST_EARLY_DEATHS = 3
MOST_FAILED_STARTS = 10


class Stopped(Exception):
    """Somebody asked the house to stop: Ctrl-C, ``./kontor down`` or the system."""


@contextmanager
def the_only_one(house: House) -> Iterator[None]:
    """Hold the house: one supervisor, backup-restorer or the like at a time.

    Raises:
        HouseRefusal: another process holds it.
    """
    house.create_folders()
    with (house.run / "house.lock").open("a+") as file:
        if not _locked(file, seconds=0.5):  # longer than a look by ``holder`` takes
            raise HouseRefusal(
                _("The house in %(path)s is already up. See ./kontor status, or stop it with ./kontor down.")
                % {"path": house.path}
            )
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _locked(file: IO[str], *, seconds: float) -> bool:
    patience = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > patience:
                return False
            time.sleep(0.05)
        else:
            return True


def holder(house: House) -> int | None:
    """The process that holds the house now, None where nobody does."""
    try:
        with (house.run / "house.lock").open("r") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        recorded = (house.run / "house.lock").read_text("ascii")
        return int(recorded) if recorded.isdigit() else None
    return None


@dataclass(slots=True)
class Post:
    """One place in the table: who stands there now, and when a fallen one is replaced."""

    process: Process
    child: Child | None = None
    deaths: int = 0
    due: float = 0.0


@dataclass(slots=True)
class Supervisor:
    """Runs in the process of ``./kontor up``, which holds the house."""

    house: House
    base: int
    table: Sequence[Process] = field(default_factory=processes_here)
    posts: list[Post] = field(default_factory=list)
    failed_starts: int = 0

    def check_ports(self) -> None:
        """Refuse, before anything starts, when one of the ports is taken.

        Raises:
            HouseRefusal: another program listens there.
        """
        for process in self.table:
            port = process.port(self.base)
            if port is not None and not _is_free(port):
                raise HouseRefusal(
                    _("Port %(port)s is taken by another program. Choose other ports with --port.")
                    % {"port": port}
                )

    def run(self, on_ready: Callable[[], None]) -> None:
        """Start everything, call ``on_ready``, and watch until a signal comes; then stop everything in order."""
        try:
            self._start_all()
            on_ready()
            while True:
                self._watch()
                time.sleep(0.25)
        except Stopped:
            pass
        finally:
            self._stop_all()

    def _start_all(self) -> None:
        """The shop answers before anything else starts; the others start together."""
        self.posts = [Post(process) for process in self.table]
        first, *others = self.posts
        self._start(first)
        self._wait_for([first])
        for post in others:
            self._start(post)
        self._wait_for(others)

    def _start(self, post: Post) -> None:
        post.child = spawn(post.process, self.house, self.base)

    def _wait_for(self, posts: list[Post]) -> None:
        patience = time.monotonic() + READY_SECONDS
        waiting = list(posts)
        while waiting:
            self._watch()
            waiting = [post for post in waiting if not self._is_ready(post)]
            for post in waiting:
                if post.deaths >= MOST_EARLY_DEATHS or time.monotonic() > patience:
                    raise HouseRefusal(self._last_words(post))
            time.sleep(0.05)

    def _is_ready(self, post: Post) -> bool:
        if post.child is None or not post.child.is_alive():
            return False
        port = post.process.port(self.base)
        if port is None:
            return time.monotonic() - post.child.started > 1
        return answers(port)

    def _last_words(self, post: Post) -> str:
        log = log_file(self.house, post.process.name)
        words = log.read_text("utf-8", "replace")[-1500:] if log.exists() else ""
        return _("The process %(name)s does not start. The end of its log %(log)s:\n%(words)s") % {
            "name": post.process.name,
            "log": log,
            "words": words,
        }

    def _watch(self) -> None:
        """Replace what has died: the database at once, a process after a pause that doubles with each death."""
        if not self.house.is_external:
            self._keep_database()
        now = time.monotonic()
        for post in self.posts:
            if post.child is None:
                if post.deaths and now >= post.due:
                    self._start(post)
            elif not post.child.is_alive():
                lived = now - post.child.started
                end(post.child, seconds=1)  # its workers may have outlived it
                post.deaths = 1 if lived > HEALTHY_SECONDS else post.deaths + 1
                post.due = now + min(0.5 * 2 ** (post.deaths - 1), LONGEST_PAUSE)
                post.child = None

    def _keep_database(self) -> None:
        """Start the database again when it is gone. A server killed while it starts is started again, up to a limit."""
        cluster = Cluster(self.house)
        if cluster.is_running():
            return
        try:
            cluster.start()
            self.failed_starts = 0
        except HouseRefusal as refusal:
            self.failed_starts += 1
            if self.failed_starts >= MOST_FAILED_STARTS:
                raise
            sys.stderr.write(f"{refusal}\n")
            time.sleep(0.5)

    def _stop_all(self) -> None:
        """First the doors close, then the worker finishes what it has in hand, last the database."""
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        children = [post.child for post in self.posts if post.child is not None]
        for child in children:
            if child.is_alive() and child.process.offset is not None:
                child.popen.terminate()
        for child in children:
            end(child)
        end_left_overs(self.house, seconds=1)
        if not self.house.is_external:
            Cluster(self.house).stop()


def answers(port: int, *, seconds: float = 5) -> bool:
    """Whether somebody answers HTTP on this loopback port, with any status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", "/", headers={"Host": f"127.0.0.1:{port}"})
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def stop_on_signals() -> None:
    """From here on Ctrl-C, SIGTERM and a closed terminal raise ``Stopped`` in the main thread."""
    for number in STOP_SIGNALS:
        signal.signal(number, _stop)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped
