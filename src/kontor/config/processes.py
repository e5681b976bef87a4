"""The processes of a house: one table, in the order of their start."""

import importlib.util
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from kontor.config.house import House

DEFAULT_PORT = 8400


@dataclass(frozen=True, slots=True)
class Process:
    """One process of the house.

    ``module`` must exist or the process is left out; ``offset`` is added to the base port of the house, None
    listens nowhere; ``interface`` says how granian serves ``module:application``, None runs the module itself.
    """

    name: str
    plane: str
    module: str
    offset: int | None = None
    interface: str | None = None
    threads: int = 1

    def exists(self) -> bool:
        """Whether the program of this process is part of this version."""
        try:
            return importlib.util.find_spec(self.module) is not None
        except ModuleNotFoundError:
            return False

    def port(self, base: int) -> int | None:
        """The loopback port it listens on."""
        return None if self.offset is None else base + self.offset

    def command(self, base: int) -> list[str]:
        """The command line that starts it."""
        port = self.port(base)
        if self.interface is None:
            return [sys.executable, "-P", "-m", self.module, *([] if port is None else ["--port", str(port)])]
        serve = [sys.executable, "-P", "-m", "granian", "--interface", self.interface]
        serve += ["--host", "127.0.0.1", "--port", str(port), "--http", "1", "--no-ws", "--workers", "1"]
        serve += ["--runtime-mode", "st", "--log-level", "warning", "--workers-kill-timeout", "5"]
        if self.interface == "wsgi":
            serve += ["--blocking-threads", str(self.threads), "--backpressure", "128"]
        return [*serve, f"{self.module}:application"]

    def environment(self, house: House, base: int) -> dict[str, str]:
        """The variables that tell the process who it is. MALLOC_*: fewer arenas, a third less memory."""
        return (
            addresses(base)
            | dict(os.environ)
            | {
                "KONTOR_HOUSE": str(house.path),
                "KONTOR_PLANE": self.plane,
                "KONTOR_PROCESS": self.name,
                "KONTOR_PORT": str(base),
                "DJANGO_SETTINGS_MODULE": "kontor.config.settings",
                "MALLOC_ARENA_MAX": "2",
                "MALLOC_TRIM_THRESHOLD_": "131072",
                "PYTHONUNBUFFERED": "1",
            }
        )


PROCESSES: Sequence[Process] = (
    Process("public", "public", "kontor.config.wsgi", offset=0, interface="wsgi", threads=4),
    Process("desk", "desk", "kontor.config.wsgi", offset=1, interface="wsgi", threads=4),
    Process("back", "back", "kontor.config.wsgi", offset=2, interface="wsgi", threads=4),
    Process("live", "live", "kontor.config.live", offset=3, interface="asgi"),
    Process("worker", "worker", "kontor.config.worker"),
    Process("provider", "provider", "kontor.config.testprovider", offset=4),
)


def addresses(base: int) -> dict[str, str]:
    """Where the processes of this house find each other, unless the operator names other addresses."""
    variables = {
        name: f"KONTOR_{name.upper()}_URL" for name in ("public", "desk", "back", "live", "provider")
    }
    return {
        variables[process.name]: f"http://127.0.0.1:{process.port(base)}"
        for process in PROCESSES
        if process.name in variables
    }


def processes_here() -> list[Process]:
    """The processes this version has, in the order of their start."""
    return [process for process in PROCESSES if process.exists()]
