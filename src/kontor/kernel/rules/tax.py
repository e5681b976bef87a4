"""Which tax rate holds on a day, and why.

The whole table is small and changes a few times in ten years, so each process keeps it and looks again after a
minute: hot paths ask without a statement.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext

from kontor.kernel.errors import Refusal
from kontor.kernel.house import standing
from kontor.kernel.ids import uuid7s
from kontor.kernel.rules.models import TaxRate
from kontor.kernel.rules.table import EVERYWHERE, TAX_RATES
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

KEPT_SECONDS = 60

_sql = Statements(__package__)

# UNTDID 5305 as EN 16931 uses it (BT-118, BT-151).
_CATEGORIES = {
    "standard": "S",
    "reduced": "S",
    "special": "S",
    "zero": "Z",
    "exempt": "E",
    "small": "E",
    "none": "O",
}
# Classes that a small business (§ 19 UStG) charges no tax on; what is exempt or outside of the tax stays what it is.
TAXED = ("standard", "reduced", "special", "zero")
SMALL = "small"


class NoTaxRule(Refusal):
    """No dated rate covers what was asked."""

    message = gettext_lazy(
        "No tax rule “%(code)s” holds in %(jurisdiction)s on %(on)s. Check the date or add the rate."
    )


@dataclass(frozen=True, slots=True)
class TaxRule:
    """The rate (percent of net) of a tax class in a jurisdiction, from ``valid_from`` to before ``valid_until``."""

    id: UUID
    jurisdiction: str
    code: str
    rate: Decimal
    valid_from: date
    valid_until: date | None
    source_de: str
    source_en: str

    @property
    def category(self) -> str:
        """The category letter of an EN 16931 invoice (UNTDID 5305)."""
        return _CATEGORIES[self.code]

    def holds_on(self, day: date) -> bool:
        """Whether this rate holds on ``day``."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def why(self, language: str) -> list[str]:
        """Explain the rate in ``language`` ("de" or "en"), one sentence a step: class, rate, dates, statute."""
        with override(language):
            return [self._class(), self._dates(), self._source(language)]

    def _class(self) -> str:
        values = {"rate": _percent(self.rate), "country": _country(self.jurisdiction)}
        if self.code == "standard":
            return _("The standard rate of value added tax in %(country)s is %(rate)s %%.") % values
        if self.code == "reduced":
            return _("The reduced rate of value added tax in %(country)s is %(rate)s %%.") % values
        if self.code == "special":
            return _("The special rate of value added tax in %(country)s is %(rate)s %%.") % values
        if self.code == "zero":
            return _("In %(country)s this is taxed at the rate of zero.") % values
        if self.code == SMALL:
            return _("The house is a small business in %(country)s: no value added tax is charged.") % values
        if self.code == "exempt":
            return _("In %(country)s this is exempt from value added tax.") % values
        return _("No value added tax is charged.")

    def _dates(self) -> str:
        first = date_format(self.valid_from)
        if self.valid_until is None:
            return _("This rule has held since %(first)s.") % {"first": first}
        last = date_format(date.fromordinal(self.valid_until.toordinal() - 1))
        return _("This rule held from %(first)s to %(last)s.") % {"first": first, "last": last}

    def _source(self, language: str) -> str:
        source = self.source_de if language.startswith("de") else self.source_en
        return _("Source: %(source)s.") % {"source": source}


class _Table:
    """This process's copy of the rates."""

    def __init__(self) -> None:
        self._rules: dict[tuple[str, str], tuple[TaxRule, ...]] = {}
        self._read_at: float | None = None

    def rules_of(self, jurisdiction: str, code: str) -> Iterable[TaxRule]:
        if self._read_at is None or time.monotonic() - self._read_at > KEPT_SECONDS:
            self._read()
        return self._rules.get((jurisdiction, code)) or self._rules.get((EVERYWHERE, code), ())

    def _read(self) -> None:
        found: dict[tuple[str, str], tuple[TaxRule, ...]] = {}
        for values in TaxRate.objects.order_by("-valid_from").values_list(*TaxRule.__slots__):
            rule = TaxRule(*values)
            key = rule.jurisdiction, rule.code
            found[key] = (*found.get(key, ()), rule)
        self._rules = found
        self._read_at = time.monotonic() if found else None

    def forget(self) -> None:
        self._read_at = None


_table = _Table()


def tax_on(code: str, jurisdiction: str, on: date) -> TaxRule:
    """Return the rule for tax class ``code`` in ``jurisdiction`` on the day of supply.

    Codes: standard, reduced, special, zero, exempt, and none (holds in every jurisdiction). While the house is a small
    business, the rule for taxed classes is its own (code small): take the code of the answer, not of the question.
    Costs a statement at
    most once a minute per process.

    Raises:
        NoTaxRule: no dated rate covers that day.
    """
    for rule in _table.rules_of(jurisdiction, _held_by_the_house(code, jurisdiction, on)):
        if rule.holds_on(on):
            return rule
    raise NoTaxRule(code=code, jurisdiction=jurisdiction, on=date_format(on, "SHORT_DATE_FORMAT"))


def _held_by_the_house(code: str, jurisdiction: str, on: date) -> str:
    """The class that counts: a small business charges no tax, whatever class an article has."""
    return SMALL if code in TAXED and jurisdiction == "DE" and standing().is_small_business(on) else code


def forget_tax_rules() -> None:
    """Let this process read the rates anew at the next question: call it after changing them."""
    _table.forget()


@transaction
def load_rules() -> int:
    """Bring the rates Kontor ships into the database, as its owner after migrating; returns their number.

    Safe to repeat: rates known already are brought up to date, a house's own dated rates stay, and so does the
    end a house has given to a rate. Moves no money:
    documents keep a snapshot of the rate they were made with.
    """
    lines = sorted(TAX_RATES, key=lambda line: line.valid_from)
    _sql.execute(
        "load_rates",
        ids=uuid7s(len(lines)),
        jurisdictions=[line.jurisdiction for line in lines],
        codes=[line.code for line in lines],
        rates=[line.rate for line in lines],
        begins=[line.valid_from for line in lines],
        ends=[line.valid_until for line in lines],
        sources_de=[line.source_de for line in lines],
        sources_en=[line.source_en for line in lines],
    )
    forget_tax_rules()
    return len(TAX_RATES)


def _percent(rate: Decimal) -> str:
    """The rate without needless zeros, in the reader's notation: 19 or 8,1."""
    return number_format(f"{rate.normalize():f}")


def _country(jurisdiction: str) -> str:
    names = {
        "DE": pgettext("after the word in", "Germany"),
        "AT": pgettext("after the word in", "Austria"),
        "CH": pgettext("after the word in", "Switzerland"),
    }
    return names.get(jurisdiction, jurisdiction)
