"""``./kontor check`` and ``./kontor test``, seen by whoever reads their exit code."""

import argparse
import sys

import pytest

from kontor.config.verbs import check
from kontor.config.verbs import test as testing


def checks(*codes):
    return tuple(
        check.Check(f"number {place}", (sys.executable, "-c", f"print('words'); raise SystemExit({code})"))
        for place, code in enumerate(codes)
    )


def asked(*words):
    parser = argparse.ArgumentParser()
    check.add_arguments(parser)
    return parser.parse_args(words)


@pytest.fixture
def english(monkeypatch):
    for module in (check, testing):
        monkeypatch.setattr(module, "_", lambda text: text)


@pytest.mark.usefixtures("english")
def test_all_checks_well_is_zero(monkeypatch, capsys):
    monkeypatch.setattr(check, "CHECKS", checks(0, 0))
    assert check.run(asked()) == 0
    assert "All 2 checks are well." in capsys.readouterr().out


@pytest.mark.usefixtures("english")
def test_one_failing_check_is_shown_with_its_words_and_fails(monkeypatch, capsys):
    monkeypatch.setattr(check, "CHECKS", checks(0, 3))
    assert check.run(asked()) == 1
    shown = capsys.readouterr().out
    assert "--- number 1 ---\nwords" in shown
    assert "To be mended: number 1." in shown
    assert "--- number 0" not in shown


@pytest.mark.usefixtures("english")
def test_checks_can_be_chosen_and_a_wrong_name_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(check, "CHECKS", checks(0, 3))
    assert check.run(asked("--only", "number 0")) == 0
    assert check.run(asked("--only", "nothing")) == 2
    assert "There is no check nothing." in capsys.readouterr().err


@pytest.mark.usefixtures("english")
def test_mending_runs_before_checking(monkeypatch, tmp_path):
    mark = tmp_path / "mended"
    mend = (sys.executable, "-c", f"open({str(mark)!r}, 'w').close()")
    look = (sys.executable, "-c", f"import os; raise SystemExit(not os.path.exists({str(mark)!r}))")
    monkeypatch.setattr(check, "CHECKS", (check.Check("one", look, mend=mend),))
    assert check.run(asked()) == 1
    assert check.run(asked("--fix")) == 0


@pytest.mark.parametrize(
    ("codes", "expected"),
    [([0, 0], 0), ([0, 5], 0), ([5, 0], 0), ([5, 5], 5), ([1, 0], 1), ([0, 1], 1), ([1, 5], 1)],
)
@pytest.mark.usefixtures("english")
def test_both_halves_of_the_tests_count(monkeypatch, codes, expected):
    waiting, calls = list(codes), []

    def pretend(*words):
        calls.append(words)
        return waiting.pop(0)

    monkeypatch.setattr(testing, "_pytest", pretend)
    args = argparse.Namespace(browser=False, no_browser=False, rest=["-k", "order"])
    assert testing.run(args) == expected
    assert calls == [
        ("-m", "not browser", "-n", "2", "--dist", "worksteal", "-k", "order"),
        ("-m", "browser", "-k", "order"),
    ]
