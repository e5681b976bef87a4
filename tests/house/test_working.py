"""The worker's sweeps: one that fails stops neither the others nor the worker."""

import pytest
from django.db import OperationalError

from kontor.config import working
from kontor.config.working import Worker


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error",
    [ValueError("broken"), RuntimeError("worse"), OperationalError("statement timeout")],
    ids=["value", "runtime", "database"],
)
def test_a_sweep_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    worker = Worker()
    swept: list[str] = []

    def fails() -> None:
        swept.append("fails")
        raise error

    def works() -> None:
        swept.append("works")
        if len(swept) >= 4:
            worker.stopping.set()

    monkeypatch.setattr(working, "close_old_connections", lambda: None)  # the test's own would be one
    monkeypatch.setattr(working, "SWEEPS", (fails, works))
    monkeypatch.setattr(working, "SWEEP_SECONDS", 0)
    worker._sweep()
    assert swept == ["fails", "works", "fails", "works"]


@pytest.mark.django_db
def test_a_lost_database_ends_the_round_to_wait_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def loses() -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(working, "close_old_connections", lambda: None)
    monkeypatch.setattr(working, "SWEEPS", (loses,))
    monkeypatch.setattr(working, "SWEEP_SECONDS", 0)
    monkeypatch.setattr(working, "_is_database_there", lambda: False)
    with pytest.raises(OperationalError):
        Worker()._sweep()
