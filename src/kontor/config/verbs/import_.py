"""``./kontor import online-retail PATH``: real orders, into a house of their own."""

import argparse
import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from kontor.config.django_ready import setup_django
from kontor.config.embedded import open_database
from kontor.config.house import PROJECT, House
from kontor.config.importing.reading import find_file
from kontor.config.prepared import is_prepared
from kontor.config.progress import add_progress_argument, progress_for
from kontor.config.words import HouseRefusal
from kontor.config.words import gettext_now as _

FURNISHED = "online-retail"
_LOGIN = "office@online-retail.example"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What kind of file, and where it is; the house is --data."""
    parser.add_argument("kind", choices=["online-retail"], help=_("what the file holds"))
    parser.add_argument(
        "path", type=Path, metavar="PATH", help=_("a .csv or .csv.gz file, or the folder it is in")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))
    add_progress_argument(parser)
    parser.add_argument(
        "--rejected", type=Path, metavar="FILE", help=_("where to write the lines that are refused")
    )


def run(args: argparse.Namespace) -> int:
    """Import, compare, report. Exit code 0 when the house agrees with the file, 1 when it does not."""
    file = find_file(args.path.expanduser())  # before a house is made for nothing
    house = House.from_environment()
    if house.settings().get("furnished", FURNISHED) not in (FURNISHED, "empty"):
        raise HouseRefusal(
            _("The house in %(path)s is furnished already. Import into a house of its own with --data DIR.")
            % {"path": house.path}
        )
    with open_database(house), _alone(house):
        if not is_prepared(house):
            _migrate(house)
        setup_django("owner", house=house)
        house.remember(furnished=FURNISHED)
        report = import_module("kontor.config.importing.online_retail").import_online_retail(
            file,
            refused_to=args.rejected or house.path / "imports" / "online-retail-rejected.csv",
            at=datetime.now(UTC),
            progress=progress_for(args),
        )
        password = house.secret("import-login")
        import_module("kontor.config.importing.master").open_account(email=_LOGIN, password=password)
        house.remember(logins=[(_("All departments"), f"{_LOGIN} / {password}")])
    sys.stdout.write(
        (json.dumps(report, indent=2, ensure_ascii=False) if args.json else "\n".join(_told(report))) + "\n"
    )
    return 0 if _agrees(report) else 1


def _agrees(report: Mapping[str, Any]) -> bool:
    return (
        not report["differences"]
        and report["revenue_in_ledger"] == report["net_revenue"]
        and report["sum_of_all_accounts"] == "0.00"
        and report["chain_is_whole"]
        and not any(
            report[name]
            for name in ("open_items", "waiting_deliveries", "orders_not_through", "stock_disagrees")
        )
    )


@contextmanager
def _alone(house: House) -> Iterator[None]:
    """One import at a time."""
    house.create_folders()
    with (house.run / "import.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise HouseRefusal(_("Another import runs in this house. Wait until it has ended.")) from problem
        yield


def _migrate(house: House) -> None:
    """In a process of its own: its memory goes when it ends."""
    command = [sys.executable, "-P", "-m", "kontor.config.command", "migrate"]
    environment = os.environ | {"KONTOR_HOUSE": str(house.path)}
    if subprocess.run(command, env=environment, cwd=PROJECT, check=False, stdout=sys.stderr).returncode:
        raise HouseRefusal(_("The database cannot be prepared; the reason stands above."))


def _told(report: Mapping[str, Any]) -> list[str]:
    """The report for people."""
    lines = [
        _("%(lines)s lines in %(documents)s documents, %(seconds)s s (%(lines_per_s)s lines/s).") % report,
        _(
            "Invoices: %(invoices)s. Credit notes: %(credit_notes)s, of these unlinked: %(unlinked_credit_notes)s."
        )
        % report,
        _("Stock corrections: %(stock_corrections)s. Bad debts: %(bad_debts)s.") % report,
        _(
            "Net revenue: %(net_revenue)s GBP; of the file: %(net_revenue_of_file)s GBP;"
            " in the ledger: %(revenue_in_ledger)s GBP."
        )
        % report,
    ]
    lines += [f"  {month}  {amount:>14}" for month, amount in report["net_revenue_by_month"].items()]
    lines.append(_("By country:"))
    lines += [f"  {country:<22} {amount:>14}" for country, amount in report["net_revenue_by_country"].items()]
    lines.append(_("Accounts:"))
    lines += [
        f"  {number}  {account['name']:<28} {account['balance']:>16}"
        for number, account in report["accounts"].items()
    ]
    lines.append(
        _("Entries in the journal: %(entries)s; the sum of all accounts is %(sum_of_all_accounts)s.") % report
    )
    if report["rejected"]:
        lines.append(
            _("Lines refused: %(rejected)s. They stand with their reasons in %(rejected_in)s.") % report
        )
    if _agrees(report):
        lines.append(_("The house agrees with the file to the penny."))
    else:
        lines.append(_("The house does not agree with the file:"))
        lines += [
            f"  {found['what']}: {found['file']} / {found['house']}" for found in report["differences"][:50]
        ]
        names = ("open_items", "waiting_deliveries", "orders_not_through", "stock_disagrees")
        lines += [f"  {name}: {report[name]}" for name in names if report[name]]
    return lines
