"""A worker that really dies (SIGKILL) while it tells an answer: nobody is told twice, nobody is forgotten."""

import email
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.policy import default
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo

from kontor.back.improvement.answering import answer_problem
from kontor.config.house import PROJECT, ROLES
from kontor.front.care.answers.telling import CHUNK
from kontor.kernel.events.dispatching import deliver_all
from tests.clone import Clone, clone
from tests.improvement.walk import DONE, complain, improve, make_owner, problem_of_all
from tests.trade import NOW

__all__ = ["clone"]

PEOPLE = CHUNK + 40  # two transactions
WORDS = "Die Bremse quietscht bei jedem Bremsen laut"
SECONDS = 60
_TOLD = "SELECT count(told_at) FROM voice_telling"
_SENT = "SELECT count(sent_at) FROM tasks_mail WHERE key LIKE 'voice.answer:%%'"
_LAST = """
SELECT t.id FROM voice_telling t JOIN voice_signalorigin o USING (signal_id) JOIN cases_case c ON c.id = o.case_id
ORDER BY c.email DESC LIMIT 1
"""


@pytest.mark.slow
def test_a_worker_killed_between_answer_and_mails_tells_everybody_once(clone: Clone, tmp_path: Path) -> None:
    emails = {f"rider{number:03d}@example.org" for number in range(PEOPLE)}
    for address in sorted(emails):
        complain(WORDS, email=address)
    deliver_all()
    owner = make_owner()
    number = problem_of_all(by=owner)
    improve(number, owner)
    answer_problem(number=number, answer=DONE, by=owner, at=NOW + timedelta(days=31))

    def counted(query: str) -> int:
        return int(clone.ask(query)[0][0])

    # The last person's row is held, so that the worker dies with one part told and the other begun.
    with clone.login("owner", autocommit=False) as holder:
        holder.execute(f"SELECT FROM voice_telling WHERE id = ({_LAST}) FOR UPDATE".encode())
        with _worker(clone, tmp_path) as worker:
            _until(lambda: counted(_TOLD) == CHUNK)
            os.kill(worker.pid, signal.SIGKILL)
    assert counted(_TOLD) == CHUNK

    # Told to the last, killed again as the first mails are out.
    with _worker(clone, tmp_path) as worker:
        _until(lambda: counted(_TOLD) == PEOPLE and counted(_SENT) > 0)
        os.kill(worker.pid, signal.SIGKILL)

    with _worker(clone, tmp_path):
        _until(lambda: counted(_SENT) == PEOPLE)

    assert counted("SELECT count(*) FROM voice_telling WHERE notice_id IS NULL") == 0
    assert counted("SELECT count(DISTINCT person) FROM voice_notice") == PEOPLE
    assert counted("SELECT count(*) FROM voice_notice") == PEOPLE
    told = [letter for letter in _letters(tmp_path) if DONE.text_de in letter.get_content()]
    assert sorted(letter["To"] for letter in told) == sorted(emails)


@contextmanager
def _worker(clone: Clone, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The real process, on the test's database, with an outbox of its own."""
    where = clone.folder.connection("owner", database=clone.name)
    environment = os.environ | {
        "DATABASE_URL": make_conninfo("", **{name: where[name] for name in ("host", "port", "dbname")}),
        "DJANGO_SETTINGS_MODULE": "kontor.config.settings",
        "KONTOR_HOUSE": str(folder),
        "KONTOR_PLANE": "worker",
        "PYTHONPATH": str(PROJECT / "src"),
    }
    for role in ROLES:
        environment[f"KONTOR_PASSWORD_FILE_{role.upper()}"] = str(clone.folder.secrets / f"database-{role}")
    process = subprocess.Popen([sys.executable, "-P", "-m", "kontor.config.worker"], env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(SECONDS)


def _until(is_so: Callable[[], bool]) -> None:
    patience = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < patience, "the worker does not go on"
        time.sleep(0.01)


def _letters(folder: Path) -> list[email.message.EmailMessage]:
    return [
        email.message_from_bytes(file.read_bytes(), policy=default)
        for file in (folder / "outbox").glob("*.eml")
    ]
