"""Runs as a plane's own process: reads from standard input what to measure, writes to standard output how many pages
are drawn, a number a line, and last the figures.

CPU is that of this process: drawing the page, not PostgreSQL's share, on the plane's role, middleware and pool.
"""

import json
import statistics
import sys
import time
from importlib import import_module
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection, reset_queries
from django.http import HttpRequest
from django.utils import timezone

from kontor.config.bench.floor import Floor
from kontor.config.django_ready import setup_django

_FLOOR = "kontor.config.bench.floor"
_WARM_UP = 15
BYTES_A_ROW = 800  # as on the list of 24: a floor of as many bytes has as many rows for every page
_NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK")


class _FloorRequest(WSGIRequest):
    urlconf = _FLOOR


def main() -> None:
    """Measure each page against a floor of its own size, in turn, as often as asked."""
    asked = json.load(sys.stdin)
    setup_django(asked["plane"])
    application = WSGIHandler()
    with_middleware = settings.MIDDLEWARE
    settings.MIDDLEWARE = []
    floor = WSGIHandler()
    settings.MIDDLEWARE = with_middleware
    floor.request_class = _FloorRequest
    cookies = asked["cookies"] | (_logged_in(**asked["staff"]) if asked["staff"] else {})
    found = []
    for page in asked["pages"]:
        found.append(
            {"plane": asked["plane"], **_measure(application, floor, page, cookies, asked["rounds"])}
        )
        _say(len(found) * asked["rounds"])
    _say(found)


def _say(what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _measure(
    application: WSGIHandler, floor: WSGIHandler, page: dict[str, Any], cookies: dict[str, str], rounds: int
) -> dict[str, Any]:
    asked = _environment(page["path"], cookies)
    below = _environment("/floor/", {})
    size = len(_get(application, asked))
    Floor.fit(rows=max(1, round(size / BYTES_A_ROW)), size=size)
    for _ in range(_WARM_UP):
        _get(application, asked)
        _get(floor, below)
    statements = _statements(application, asked)
    cpu: list[float] = []
    floor_cpu: list[float] = []
    walls: list[float] = []
    for _ in range(rounds):
        began = time.perf_counter()
        cpu.append(_cpu(application, asked))
        walls.append((time.perf_counter() - began) * 1000)
        floor_cpu.append(_cpu(floor, below))
    milliseconds, floor_milliseconds = statistics.median(cpu), statistics.median(floor_cpu)
    return {
        "page": page["page"],
        "cpu_ms": round(milliseconds, 3),
        "floor_cpu_ms": round(floor_milliseconds, 3),
        "floor_ratio": round(milliseconds / floor_milliseconds, 2),
        "statements": statements,
        "p50_ms": round(statistics.median(walls), 2),
        "p95_ms": round(statistics.quantiles(walls, n=20)[-1], 2),
        "bytes": size,
        "floor_bytes": len(_get(floor, below)),
    }


def _cpu(application: WSGIHandler, asked: dict[str, Any]) -> float:
    began = time.process_time_ns()
    _get(application, asked)
    return (time.process_time_ns() - began) / 1e6


def _statements(application: WSGIHandler, asked: dict[str, Any]) -> int:
    connection.force_debug_cursor = True
    reset_queries()
    signals.request_started.disconnect(reset_queries)
    _get(application, asked)
    connection.force_debug_cursor = False
    return sum(entry["sql"] not in _NOT_COUNTED for entry in connection.queries_log)


def _get(application: WSGIHandler, asked: dict[str, Any]) -> bytes:
    """One request through the handler, as the server makes it.

    Raises:
        RuntimeError: the page is not there.
    """
    said: list[str] = []

    def start(status: str, _headers: list[tuple[str, str]], _error: object = None) -> Any:
        said.append(status)

    response: Any = application({**asked, "wsgi.input": BytesIO()}, start)
    try:
        body = b"".join(response)
    finally:
        response.close()
    if not said[0].startswith("200"):
        raise RuntimeError(f"{asked['PATH_INFO']} answers {said[0]}.")
    return body


def _environment(path: str, cookies: dict[str, str]) -> dict[str, Any]:
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_LANGUAGE": "de",
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def _logged_in(email: str, password: str) -> dict[str, str]:
    """The cookie of a member of staff who has logged in."""
    log_in = import_module("kontor.kernel.actor.logging_in").log_in  # loads models: only when Django is ready
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    log_in(request, email=email, password=password, at=timezone.now())
    request.session.save()
    connection.close()
    return {settings.SESSION_COOKIE_NAME: str(request.session.session_key)}


if __name__ == "__main__":
    main()
