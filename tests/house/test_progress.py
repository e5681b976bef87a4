"""Who waits for a long command sees how far it is; who reads its output in a program is not disturbed."""

import sys
from argparse import ArgumentParser

import pytest

from kontor.config import progress
from kontor.config.verbs import backup, bench, import_, restore, stress


def asked(*words: str):
    parser = ArgumentParser()
    parser.add_argument("--json", action="store_true")
    progress.add_progress_argument(parser)
    return parser.parse_args(words)


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is moved."""
    now = [1000.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])

    def pass_seconds(seconds: float) -> None:
        now[0] += seconds

    return pass_seconds


@pytest.mark.parametrize(
    ("on_terminal", "words", "shown"),
    [
        (True, (), progress.bar),
        (True, ("--json",), progress.hidden),
        (True, ("--json", "--progress"), progress.lines),
        (False, (), progress.lines),
        (False, ("--json",), progress.hidden),
        (False, ("--progress",), progress.lines),
    ],
)
def test_it_is_shown_where_somebody_looks(monkeypatch, on_terminal, words, shown):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: on_terminal, raising=False)
    assert progress.progress_for(asked(*words)) is shown


def test_a_line_every_ten_seconds_says_rate_and_remaining_time_and_one_at_the_end(clock, capsys):
    with progress.lines("Orders", 1000) as tell:
        for done in range(100, 1001, 100):
            clock(4)
            tell(done)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "Orders: 300 of 1000, 25/s, 0:28 min remaining",
        "Orders: 600 of 1000, 25/s, 0:16 min remaining",
        "Orders: 900 of 1000, 25/s, 0:04 min remaining",
        "Orders: 1000 of 1000, 25/s, 0:00 min remaining",
    ]


def test_a_rate_may_count_something_else_than_the_steps(clock, capsys):
    with progress.lines("Seconds under load", 30) as tell:
        clock(10)
        tell(10, worked=2500)
    assert capsys.readouterr().err == "Seconds under load: 10 of 30, 250/s, 0:20 min remaining\n"


def test_the_bar_shows_rate_and_remaining_time_on_standard_error_alone(clock, capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    with progress.bar("Orders", 120) as tell:
        clock(30)
        tell(30)
        clock(0.01)
        tell(31)  # too soon to look again
    said = capsys.readouterr()
    assert said.out == ""
    assert "1.00/s" in said.err and "1:30 min remaining" in said.err and "31/120" not in said.err


def test_nothing_is_said_where_nobody_looks(capsys):
    with progress.hidden("Orders", 10) as tell:
        tell(5)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("verb", [bench, stress, import_, backup, restore])
def test_every_long_verb_can_be_asked(verb):
    parser = ArgumentParser()
    verb.add_arguments(parser)
    assert "--progress" in parser.format_help()


def test_the_lines_of_a_backup_follow_what_is_saved():
    told: list[float] = []
    scale = backup._Scale({"public.orders_order": 30.0, "public.catalogue_price": 10.0}, told.append)
    for table in ("catalogue_price", "unknown", "orders_order"):
        scale.hear(f'pg_dump: dumping contents of table "public.{table}"\n')
        scale.hear("pg_dump: something else\n")
    assert told == [0.0, 10.0, 10.0]
