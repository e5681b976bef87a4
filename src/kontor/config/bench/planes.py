"""A plane's own process over the bench database: its role, its password, its middleware, its addresses."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from kontor.config.house import PROJECT, SOCKET_PORT, House
from kontor.config.planes import PLANES
from kontor.config.processes import PROCESSES

_READY_SECONDS = 60.0


def plane_environment(house: House, plane: str, *, database: str) -> dict[str, str]:
    """The variables with which a process of this plane finds the bench database instead of the house's own."""
    role = PLANES[plane].role
    roles = (
        (role, "design") if role == "back" else (role,)
    )  # product conception reads through a role of its own
    for one in roles:
        house.secret(f"database-{one}")
    return dict(os.environ) | {
        "KONTOR_HOUSE": str(house.path),
        "KONTOR_PLANE": plane,
        "DJANGO_SETTINGS_MODULE": "kontor.config.settings",
        "DATABASE_URL": f"postgresql:///{database}?host={quote(str(house.sockets), safe='')}&port={SOCKET_PORT}",
        **{f"KONTOR_PASSWORD_FILE_{one.upper()}": str(house.secrets / f"database-{one}") for one in roles},
    }


def python(*words: str) -> list[str]:
    """The command of another Python process of this project."""
    return [sys.executable, "-P", *words]


@contextmanager
def served_plane(house: House, plane: str, *, database: str, log: Path) -> Iterator[int]:
    """Serve a plane as ``./kontor up`` does, on a free port, while the context is open; gives the port.

    Raises:
        RuntimeError: it does not answer; its words are in ``log``.
    """
    port = _free_port()
    process = next(one for one in PROCESSES if one.name == plane)
    command = process.command(port - (process.offset or 0))
    with log.open("ab") as words:
        server = subprocess.Popen(
            command,
            env=plane_environment(house, plane, database=database),
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            cwd=PROJECT,
        )
    try:
        _wait_until_ready(server, port, log)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until_ready(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    patience = time.monotonic() + _READY_SECONDS
    while time.monotonic() < patience and server.poll() is None:
        caller = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            caller.request("GET", "/basket/")
            if caller.getresponse().status < 500:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            caller.close()
    raise RuntimeError(f"The plane does not answer. See {log.name} among the house's logs.")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
