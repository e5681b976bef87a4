"""A house that really runs: started with the verb ``up``, furnished with the demo company, spoken to by browsers."""

import email
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from kontor.config.house import PROJECT

PASSWORD = "moin-weserrad"
PORTS = 5
LETTER_SECONDS = 40
_LINK = re.compile(r"https?://[^\s<>]+")


@dataclass(frozen=True, slots=True)
class OpenHouse:
    """The addresses of its doors, and what it sends by mail."""

    folder: Path
    port: int

    @property
    def shop(self) -> str:
        """Where customers enter."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def desk(self) -> str:
        """Where those sit who speak with customers."""
        return f"http://127.0.0.1:{self.port + 1}"

    @property
    def back(self) -> str:
        """Where the office is."""
        return f"http://127.0.0.1:{self.port + 2}"

    def letters(self, to: str, about: str = "") -> list[EmailMessage]:
        """The mails to this address whose subject contains ``about``, in the order in which they were written."""
        found = []
        for file in sorted((self.folder / "outbox").glob("*.eml")):
            with file.open("rb") as handle:
                letter = email.message_from_binary_file(handle, policy=default)
            if letter["To"] == to and about in letter["Subject"]:
                found.append(letter)
        return found

    def letter(self, to: str, about: str = "") -> EmailMessage:
        """The one mail to this address about this; the worker may need a moment to write it."""
        patience = time.monotonic() + LETTER_SECONDS
        while not (found := self.letters(to, about)):
            assert time.monotonic() < patience, f"no letter to {to} about {about!r}"
            time.sleep(0.2)
        (letter,) = found
        return letter


def words_of(letter: EmailMessage) -> str:
    """What the mail says."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def links_of(letter: EmailMessage) -> list[str]:
    """The addresses in it."""
    return _LINK.findall(words_of(letter))


def files_of(letter: EmailMessage) -> dict[str, bytes]:
    """What hangs on it, by name."""
    return {str(part.get_filename()): part.get_content() for part in letter.iter_attachments()}


@contextmanager
def open_house(*words: str) -> Iterator[OpenHouse]:
    """Start a furnished house (``--empty``: an empty one) in a folder and on ports of its own; remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="kontor-j-"))
    folder.chmod(0o755)
    house = OpenHouse(folder / "house", _free_ports())
    try:
        _kontor(house, "up", "--detach", f"--port={house.port}", *words)
        yield house
    finally:
        _kontor(house, "down")
        shutil.rmtree(folder, ignore_errors=True)


def _kontor(house: OpenHouse, verb: str, *words: str) -> None:
    environment = dict(os.environ) | {"PYTHONPATH": str(PROJECT / "src"), "LANG": "C"}
    for variable in ("KONTOR_PLANE", "KONTOR_HOUSE", "DATABASE_URL", "LC_ALL", "LC_MESSAGES"):
        environment.pop(variable, None)
    command = [sys.executable, "-P", "-m", "kontor.config.command", verb, f"--data={house.folder}", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, f"{verb}: {done.stdout}{done.stderr}"


def _free_ports() -> int:
    """The first of five ports in a row that nobody listens on."""
    for base in range(20_000 + os.getpid() % 1000 * 10, 32_000, PORTS):
        with ExitStack() as stack:
            try:
                for port in range(base, base + PORTS):
                    stack.enter_context(socket.socket()).bind(("127.0.0.1", port))
            except OSError:
                continue
            return base
    raise AssertionError("there are no five free ports in a row")
