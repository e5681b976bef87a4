"""The press: prints papers in a process of its own, so that the worker stays small.

Typst and Saxon take some 250 MB once they have worked. The process starts with the first paper (about a second),
stays while papers come, and ends by itself when idle, or when this process ends.
"""

import json
import os
import select
import subprocess
import sys
from base64 import b64decode
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import IO, Any

from django.conf import settings

from kontor.bridge.documents.rendering.freezing import to_dict
from kontor.bridge.documents.rendering.papers import Paper
from kontor.bridge.documents.rendering.violation import Violation

_PROGRAM = "kontor.bridge.documents.rendering.printing"
_LONGEST_SECONDS = 60.0


class PressFailedError(RuntimeError):
    """The printing process ended twice, or took a minute, over one paper; what it said stands in the log."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed paper. ``xml`` is empty and ``violations`` none where the paper is no invoice.

    An invoice with violations must not be sent.
    """

    pdf: bytes
    xml: bytes
    violations: tuple[Violation, ...]


@dataclass(slots=True)
class Press:
    """Prints one paper at a time; may be shared between threads. ``idle_seconds`` of rest end its process."""

    idle_seconds: float = 20.0
    _process: subprocess.Popen[bytes] | None = None
    _one_at_a_time: Lock = field(default_factory=Lock)

    def printed(self, paper: Paper) -> Printed:
        """Return the paper as file, an invoice with its XML and the rules it breaks. Safe to repeat.

        Raises:
            PressFailedError: the paper could not be printed.
        """
        request = json.dumps(to_dict(paper)).encode() + b"\n"
        with self._one_at_a_time:
            # The process may have gone to rest just now, or been killed: once more, with a new one.
            answer = self._answer(request) or self._answer(request)
        if not answer:
            raise PressFailedError(type(paper).__name__)
        said: dict[str, Any] = json.loads(answer)
        violations = tuple(Violation(*violation) for violation in said["violations"])
        return Printed(b64decode(said["pdf"]), b64decode(said["xml"]), violations)

    def close(self) -> None:
        """End the printing process, if one runs. Safe to repeat; the next paper starts another."""
        with self._one_at_a_time:
            self._end()

    def _answer(self, request: bytes) -> bytes:
        """Return the answer, or nothing where the process ended or took too long; then it is gone."""
        asked, said = self._streams()
        try:
            asked.write(request)
            asked.flush()
        except BrokenPipeError:
            self._end()
            return b""
        if select.select([said], [], [], _LONGEST_SECONDS)[0] and (answer := said.readline()):
            return answer
        self._end()
        return b""

    def _streams(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            folders = [str(folder) for folder in settings.LOCALE_PATHS]
            command = [sys.executable, "-P", "-m", _PROGRAM, str(self.idle_seconds), *folders]
            surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings
            )
        asked, said = self._process.stdin, self._process.stdout
        if asked is None or said is None:
            raise PressFailedError("the printing process has no streams")
        return asked, said

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        # Leaving the process closes its streams and waits; what it did not read any more may break the pipe.
        with suppress(BrokenPipeError), process:
            pass
