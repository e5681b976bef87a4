"""Founding a house: the organisation itself, its number ranges, its accounts: what it needs before it can sell.

Account numbers follow DATEV's SKR03; the names are Kontor's own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override

from kontor.back.ledger.models import Account, AccountRule
from kontor.back.warehouse.models import Location
from kontor.bridge.parties.doors import DoorWords, write_doors
from kontor.bridge.parties.models import Door, House
from kontor.bridge.parties.queries import forget_house_terms
from kontor.config.planes import PLANES
from kontor.kernel.actor.founding import write_departments
from kontor.kernel.actor.models import StaffAccount
from kontor.kernel.actor.navigation import installed
from kontor.kernel.actor.passwords import make_link
from kontor.kernel.actor.plan import DeclaredPart, write_parts
from kontor.kernel.doors import declared_doors
from kontor.kernel.numbers.models import NumberRange
from kontor.kernel.transactions import in_transaction, transaction

_STANDARD, _REDUCED = Decimal("19.00"), Decimal("7.00")

# number, German name, English name, kind
ACCOUNTS = (
    ("1000", "Kasse", "Cash in hand", "asset"),
    ("1200", "Bankguthaben", "Cash at bank", "asset"),
    ("1360", "Geld unterwegs (Zahlungsdienst)", "Money in transit (payment provider)", "asset"),
    ("1400", "Forderungen an Kunden", "Trade receivables", "asset"),
    ("1571", "Vorsteuer 7 %", "Input tax 7 %", "asset"),
    ("1576", "Vorsteuer 19 %", "Input tax 19 %", "asset"),
    ("1600", "Schulden bei Lieferanten", "Trade payables", "liability"),
    ("1771", "Umsatzsteuer 7 %", "Output tax 7 %", "liability"),
    ("1775", "Umsatzsteuer 16 %", "Output tax 16 %", "liability"),
    ("1776", "Umsatzsteuer 19 %", "Output tax 19 %", "liability"),
    ("2400", "Ausgefallene Forderungen", "Bad debts", "expense"),
    ("3980", "Warenbestand", "Goods in stock", "asset"),
    ("4970", "Kosten des Geldverkehrs", "Bank and payment charges", "expense"),
    ("8120", "Erlöse, steuerfrei", "Revenue, tax-exempt", "revenue"),
    ("8195", "Erlöse als Kleinunternehmer", "Revenue as a small business", "revenue"),
    ("8200", "Erlöse ohne Steuerausweis", "Revenue without tax", "revenue"),
    ("8300", "Erlöse 7 %", "Revenue 7 %", "revenue"),
    ("8340", "Erlöse 16 %", "Revenue 16 %", "revenue"),
    ("8400", "Erlöse 19 %", "Revenue 19 %", "revenue"),
    ("9000", "Vortrag der Bestandskonten", "Opening balances", "equity"),
)
# purpose, tax code, tax rate (None: every rate of the code), account
RULES = (
    ("receivable", "", None, "1400"),
    ("transfer", "", None, "1200"),
    ("provider", "", None, "1360"),
    ("cash", "", None, "1000"),
    ("bad_debt", "", None, "2400"),
    ("revenue", "standard", _STANDARD, "8400"),
    ("revenue", "standard", Decimal("16.00"), "8340"),
    ("revenue", "reduced", _REDUCED, "8300"),
    ("revenue", "exempt", None, "8120"),
    ("revenue", "zero", None, "8120"),
    ("revenue", "small", None, "8195"),
    ("revenue", "none", None, "8200"),
    ("tax", "standard", _STANDARD, "1776"),
    ("tax", "standard", Decimal("16.00"), "1775"),
    ("tax", "reduced", _REDUCED, "1771"),
)
MAIN_STORE = (("MAIN", "Hauptlager", "Main store"),)
RANGES = (("invoice", "RE-", 6), ("credit_note", "GS-", 6), ("journal", "", 8))


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """What the organisation is; every key is a field of ``House``."""

    house: Mapping[str, Any]
    locations: tuple[tuple[str, str, str], ...] = MAIN_STORE


@transaction
def found_house(*, founding: Founding) -> House:
    """Write the organisation, departments, number ranges, accounts and locations. Safe to repeat: what stands stays."""
    house = House.objects.order_by("-id").first() or House.objects.create(**founding.house)
    forget_house_terms()
    _lay_foundations(founding.locations)
    return house


@transaction
def open_the_house() -> str:
    """Found an empty house; returns the token of its first administrator's link, empty once somebody can log in.

    Safe to repeat: what stands stays, earlier links end.
    """
    _lay_foundations(MAIN_STORE)
    if StaffAccount.objects.exists():
        return ""
    # A new house has no payment provider of its own; the one to try things with must not be offered to customers.
    Door.objects.filter(code="online-payment", changed_at=None).update(is_open=False)
    return make_link(account_id=None, at=timezone.now())


@transaction
def adopt_face(face: Mapping[str, Any]) -> None:
    """Take over the name and hues that earlier versions kept in the house's settings file. Safe to repeat.

    A house whose row has a short name of its own keeps what it says.
    """
    latest = House.objects.order_by("-id").first()
    if latest is None or latest.brand or not face.get("name"):
        return
    known = {"hue": face.get("hue", latest.hue), "hue_accent": face.get("hue_accent", latest.hue_accent)}
    House.objects.filter(pk=latest.pk).update(brand=face["name"], **known)
    forget_house_terms()


@transaction
def bring_departments_and_doors() -> None:
    """What the rooms declare and other planes must know: departments and doors. After migrating; safe to repeat.

    Rights that a house deals out otherwise stay, and so do doors that it has shut.
    """
    write_departments()
    if Account.objects.exists():  # a house that was founded by an earlier version gets what is new
        _write_accounts()
    write_parts(_declared_parts())
    write_doors(
        [
            DoorWords(
                code=door.code,
                department=door.department,
                icon=door.icon,
                path=reverse(door.url_name, urlconf=PLANES["public"].urlconf),
                labels=_in_both_languages(door.label),
                words=_in_both_languages(door.words),
            )
            for door in declared_doors()
        ]
    )


def _declared_parts() -> Iterator[DeclaredPart]:
    """Every entry of the navigation on the desk and in the back, with its address there."""
    for plane in (PLANES["desk"], PLANES["back"]):
        for module in installed("navigation"):
            if module.__package__ not in plane.rooms:
                continue
            for entry in module.ENTRIES:
                department = entry.department or getattr(module, "DEPARTMENT", "")
                path = _path_of(entry.url_name, plane.urlconf)
                if department and path and entry.url_name != "staff:house":  # a plan does not stand in itself
                    yield DeclaredPart(
                        plane=plane.name,
                        url_name=entry.url_name,
                        department=department,
                        labels=_in_both_languages(entry.label),
                        path=path,
                        icon=entry.icon,
                        right=entry.right,
                    )


def _path_of(url_name: str, urlconf: str) -> str:
    try:
        return reverse(url_name, urlconf=urlconf)
    except NoReverseMatch:  # a page of the other staffed plane: rooms may stand on both
        return ""


@in_transaction
def _write_accounts() -> None:
    """Accounts and what is posted to them; those that stand stay as they are."""
    Account.objects.bulk_create(
        [Account(number=number, name_de=de, name_en=en, kind=kind) for number, de, en, kind in ACCOUNTS],
        ignore_conflicts=True,
    )
    AccountRule.objects.bulk_create(
        [
            AccountRule(purpose=purpose, tax_code=code, tax_rate=rate, account_id=account)
            for purpose, code, rate, account in RULES
        ],
        ignore_conflicts=True,
    )


def _in_both_languages(text: str | Promise) -> tuple[str, str]:
    found = []
    for language in ("de", "en"):
        with override(language):
            found.append(str(text))
    return found[0], found[1]


@in_transaction
def _lay_foundations(locations: Sequence[tuple[str, str, str]]) -> None:
    write_departments()
    for code, prefix, width in RANGES:
        NumberRange.objects.get_or_create(code=code, defaults={"prefix": prefix, "width": width})
    _write_accounts()
    Location.objects.bulk_create(
        [
            Location(code=code, name_de=de, name_en=en, position=position)
            for position, (code, de, en) in enumerate(locations)
        ],
        ignore_conflicts=True,
    )
