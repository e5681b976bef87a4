"""``./kontor check``: everything that can be said about the source without running it as a house."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from kontor.config.django_ready import setup_django
from kontor.config.embedded import open_database
from kontor.config.house import PROJECT, House
from kontor.config.words import gettext_now as _

_PYTHON = sys.executable
_PLANES = ("public", "desk", "back", "worker")


def _tool(name: str) -> str:
    return str(Path(_PYTHON).with_name(name))


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it is called, what it runs, and what mends it where a machine can."""

    name: str
    command: tuple[str, ...]
    mend: tuple[str, ...] = ()
    plane: str = "owner"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a check went."""

    name: str
    is_well: bool
    seconds: float
    output: str


CHECKS = (
    Check("types", (_tool("mypy"),)),
    Check("format", (_tool("ruff"), "format", "--check", "."), mend=(_tool("ruff"), "format", ".")),
    Check("lint", (_tool("ruff"), "check", "."), mend=(_tool("ruff"), "check", "--fix", ".")),
    Check("imports", (_tool("lint-imports"), "--no-logo")),
    Check("house rules", (_PYTHON, "-m", "tools.house_rules")),
    Check("words", (_PYTHON, "tools/messages.py", "--check")),
    Check("look", (_PYTHON, "tools/bundle_ui.py", "--check"), mend=(_PYTHON, "tools/bundle_ui.py")),
    Check("map", (_PYTHON, "tools/map.py", "--check"), mend=(_PYTHON, "tools/map.py")),
    Check("migrations", (_PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run")),
    Check("migration SQL", (_PYTHON, "tools/migration_sql.py")),
    *(Check(f"plane {plane}", (_PYTHON, "-m", "django", "check"), plane=plane) for plane in _PLANES),
    Check("dependencies", (_tool("deptry"), "src")),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which checks, and whether to mend."""
    parser.add_argument("--fix", action="store_true", help=_("mend what a machine can mend, then check"))
    parser.add_argument(
        "--books", action="store_true", help=_("check the books of a house instead of the source")
    )
    parser.add_argument("--only", nargs="+", metavar="NAME", help=_("only these checks"))


def run(args: argparse.Namespace) -> int:
    """Run the checks, two at a time; 0 when all is well, 1 when something is to be mended, 2 for an unknown name."""
    if args.books:
        return _check_books(House.from_environment())
    chosen = [check for check in CHECKS if not args.only or check.name in args.only]
    if unknown := sorted(set(args.only or ()) - {check.name for check in CHECKS}):
        known = ", ".join(check.name for check in CHECKS)
        sys.stderr.write(
            _("There is no check %(name)s. There are: %(known)s.") % {"name": unknown[0], "known": known}
        )
        sys.stderr.write("\n")
        return 2
    # A house of its own, so that a check neither needs nor touches a running one.
    with tempfile.TemporaryDirectory(prefix="kontor-check-") as house, ThreadPoolExecutor(2) as two:
        if args.fix:
            for check in chosen:
                if check.mend:
                    _run(check.mend, house=house, plane=check.plane)
        verdicts = []
        for verdict in two.map(lambda check: _verdict(check, house), chosen):
            verdicts.append(verdict)
            sys.stdout.write(_line(verdict) + "\n")
            sys.stdout.flush()
    sys.stdout.write(_report(verdicts))
    return 0 if all(verdict.is_well for verdict in verdicts) else 1


def _verdict(check: Check, house: str) -> Verdict:
    began = time.monotonic()
    finished = _run(check.command, house=house, plane=check.plane)
    return Verdict(check.name, finished.returncode == 0, time.monotonic() - began, finished.stdout.strip())


def _run(command: Sequence[str], *, house: str, plane: str) -> subprocess.CompletedProcess[str]:
    own = {
        "PYTHONPATH": os.pathsep.join((str(PROJECT / "src"), str(PROJECT))),
        "DJANGO_SETTINGS_MODULE": "kontor.config.settings",
        "KONTOR_PLANE": plane,
        "KONTOR_HOUSE": house,
        # Without a database Django cannot compare its history and says so: here that is meant.
        "PYTHONWARNINGS": "ignore:Got an error checking a consistent migration history:RuntimeWarning",
    }
    inherited = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return subprocess.run(
        command,
        cwd=PROJECT,
        env=inherited | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _line(verdict: Verdict) -> str:
    word = _("well") if verdict.is_well else _("TO BE MENDED")
    return f"  {verdict.name:<16} {verdict.seconds:>6.1f} s  {word}"


def _report(verdicts: Sequence[Verdict]) -> str:
    ill = [verdict for verdict in verdicts if not verdict.is_well]
    parts = [f"\n--- {verdict.name} ---\n{verdict.output}\n" for verdict in ill]
    if ill:
        names = ", ".join(verdict.name for verdict in ill)
        parts.append("\n" + _("To be mended: %(names)s.") % {"names": names} + "\n")
    else:
        parts.append(_("All %(count)d checks are well.") % {"count": len(verdicts)} + "\n")
    return "".join(parts)


def _check_books(house: House) -> int:
    """0 when entries, open items and stock agree with each other; else what does not, line by line."""
    house.must_exist()
    with open_database(house):
        setup_django("owner", house=house)
        found = import_module("kontor.config.books").disagreements()
    sys.stdout.write(
        "\n".join([*found, _("The books agree.") if not found else _("The books do not agree.")]) + "\n"
    )
    return 1 if found else 0
