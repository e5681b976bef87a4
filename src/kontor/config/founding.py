"""Founding a house: the organisation itself, its number ranges, its accounts: what it needs before it can sell.

Account numbers follow DATEV's SKR03; the names are Kontor's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kontor.back.ledger.models import Account, AccountRule
from kontor.back.warehouse.models import Location
from kontor.bridge.parties.models import House
from kontor.bridge.parties.queries import forget_house_terms
from kontor.kernel.actor.departments import DEPARTMENTS
from kontor.kernel.actor.models import Department
from kontor.kernel.numbers.models import NumberRange
from kontor.kernel.transactions import transaction

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
    ("revenue", "none", None, "8200"),
    ("tax", "standard", _STANDARD, "1776"),
    ("tax", "standard", Decimal("16.00"), "1775"),
    ("tax", "reduced", _REDUCED, "1771"),
)
RANGES = (("invoice", "RE-", 6), ("credit_note", "GS-", 6), ("journal", "", 8))


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """What the organisation is; every key is a field of ``House``."""

    house: Mapping[str, Any]
    locations: tuple[tuple[str, str, str], ...] = (("MAIN", "Hauptlager", "Main store"),)


@transaction
def found_house(*, founding: Founding) -> House:
    """Write the organisation, departments, number ranges, accounts and locations. Safe to repeat: what stands stays."""
    forget_house_terms()
    house = House.objects.order_by("-id").first() or House.objects.create(**founding.house)
    for position, department in enumerate(DEPARTMENTS):
        Department.objects.update_or_create(
            code=department.code,
            defaults={
                "name_de": department.name_de,
                "name_en": department.name_en,
                "side": department.side,
                "rights": list(department.rights),
                "position": position,
            },
        )
    for code, prefix, width in RANGES:
        NumberRange.objects.get_or_create(code=code, defaults={"prefix": prefix, "width": width})
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
    Location.objects.bulk_create(
        [
            Location(code=code, name_de=de, name_en=en, position=position)
            for position, (code, de, en) in enumerate(founding.locations)
        ],
        ignore_conflicts=True,
    )
    return house
