"""Setting up a house, step by step: what is done, and what comes next. One statement, read from what stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.bridge.parties.queries import current_house
from kontor.kernel.actor.identity import Actor
from kontor.kernel.house import DEFAULT_ACCENT, DEFAULT_HUE
from kontor.kernel.sql import Statements

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True)
class SetUpStep:
    """One thing to do. ``is_done`` None: nobody but a person can say; ``is_optional``: the house runs without."""

    title: str
    text: str
    url: str
    icon: str
    is_done: bool | None
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """The steps in their order."""

    steps: Sequence[SetUpStep]

    @property
    def done(self) -> int:
        """How many of those that count are done."""
        return sum(1 for step in self.steps if step.is_done and not step.is_optional)

    @property
    def of(self) -> int:
        """How many count."""
        return sum(1 for step in self.steps if step.is_done is not None and not step.is_optional)

    @property
    def next(self) -> SetUpStep | None:
        """The first that counts and is not done."""
        return next((step for step in self.steps if step.is_done is False and not step.is_optional), None)

    @property
    def is_finished(self) -> bool:
        """Whether everything that counts is done."""
        return self.next is None


def checklist() -> Checklist:
    """How far the house is set up. Two statements."""
    house, row = current_house(), _sql.one("standing_of_the_set_up")
    return Checklist([*_who_and_where(house, row), *_what(row), *_first_sale(row)])


def unfinished_set_up(actor: Actor) -> Checklist | None:
    """The checklist for who may set up a house that has not posted an invoice yet; None for everybody else.

    One statement for administrators of a house that stands, none for others.
    """
    if not actor.has("administration.write"):
        return None
    row = _sql.one("standing_of_the_set_up")
    if row is None or row.entries:
        return None
    found = checklist()
    return None if found.is_finished else found


def _who_and_where(house: Any, row: Any) -> list[SetUpStep]:
    is_complete = all((house.street, house.city, house.email, house.vat_id or house.tax_number))
    has_look = (house.hue, house.hue_accent) != (DEFAULT_HUE, DEFAULT_ACCENT) or bool(house.logo)
    return [
        SetUpStep(
            _("Organisation"),
            _("Name, address, tax numbers and bank account: they stand on every letter and invoice."),
            reverse("administration:organisation"),
            "building-2",
            is_complete and bool(house.iban),
        ),
        SetUpStep(
            _("Look"),
            _("Your logo and two hues: all three sites wear them within seconds."),
            reverse("administration:look"),
            "image",
            has_look,
            is_optional=True,
        ),
        SetUpStep(
            _("Places and opening hours"),
            _("Where you are to be found, and the hours in which answers are due."),
            reverse("administration:places"),
            "map-pin",
            row.places_with_hours > 0,
        ),
        SetUpStep(
            _("Staff"),
            ngettext("%(count)s login is open.", "%(count)s logins are open.", row.logins)
            % {"count": row.logins},
            reverse("people:list"),
            "users",
            row.logins > 1,
            is_optional=True,
        ),
    ]


def _what(row: Any) -> list[SetUpStep]:
    return [
        SetUpStep(
            _("Taxes, numbers and terms"),
            _("How invoices are numbered, how long customers have to pay, what is released by itself."),
            reverse("administration:money"),
            "percent",
            None,
        ),
        SetUpStep(
            _("Shipping"),
            _("How goods travel and what it costs: without a method nobody can order."),
            reverse("administration:shipping"),
            "truck",
            row.shipping_methods > 0,
        ),
        SetUpStep(
            _("Offerings"),
            ngettext("%(count)s offering is on sale.", "%(count)s offerings are on sale.", row.on_sale)
            % {"count": row.on_sale},
            _first_url("administration:offerings", "administration:offering_list", "offerings:list"),
            "tag",
            row.on_sale > 0,
        ),
        SetUpStep(
            _("Stock"),
            _("Count in what lies on your shelves."),
            reverse("warehouse:stock"),
            "boxes",
            row.stocked > 0,
        ),
        SetUpStep(
            _("Website"),
            _(
                "Home, about, help; imprint, privacy, terms and withdrawal: read the legal texts before you open."
            ),
            f"{settings.DESK_URL}/website/" if settings.DESK_URL else "",
            "globe",
            None,
        ),
        SetUpStep(
            _("Doors"),
            _("What is open to customers: shop, accounts, forms, news."),
            reverse("administration:doors"),
            "door-open",
            None,
        ),
    ]


def _first_sale(row: Any) -> list[SetUpStep]:
    return [
        SetUpStep(
            _("First sale"),
            _("Order in your own shop as a customer would."),
            f"{settings.PUBLIC_URL}/",
            "shopping-bag",
            row.orders > 0,
        ),
        SetUpStep(
            _("First shipment"),
            _("Ship it: the invoice writes and posts itself."),
            reverse("logistics:ready"),
            "package",
            row.shipments > 0,
        ),
        SetUpStep(
            _("First posted invoice"),
            _("Then the house stands."),
            reverse("invoicing:list"),
            "receipt-text",
            row.invoices > 0 and row.entries > 0,
        ),
    ]


def _first_url(*names: str) -> str:
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:  # another room may name its pages otherwise
            continue
    return ""
