"""How goods travel and how they are paid, as the review offers it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kontor.bridge.orders.paying import paying_said
from kontor.front.shop.facts import Facts
from kontor.front.shop.ordering import Draft, payments_offered
from kontor.kernel.ui.formats import money


@dataclass(frozen=True, slots=True)
class Option:
    """One radio button: what it is called, and what it costs or means."""

    code: str
    title: str
    note: str
    is_chosen: bool


def shipping_options(wanted: Draft, facts: Facts) -> list[Option]:
    """Every way to ship, with what it costs for these goods."""
    return [
        Option(
            way.code,
            way.name,
            money(price, wanted.order.currency) if (price := way.price_for(wanted.goods)) else _("free"),
            way.code == wanted.way.code,
        )
        for way in facts.ways
    ]


def payment_options(wanted: Draft, facts: Facts, at: datetime) -> list[Option]:
    """Every way to pay, with what it means, and by when."""

    def by_when(code: str) -> str:
        return paying_said(code, at=at, zone=facts.zone, terms=facts.house)

    ahead = _("By bank transfer, with a code for your banking app. We ship when your money is here.")
    online = _("Pay right away on the page of our payment service.")
    words = {
        "invoice": (
            _("Invoice"),
            _("Pay within %(days)s days of delivery.") % {"days": facts.house.payment_days},
        ),
        "prepayment": (
            _("Prepayment"),
            " ".join((ahead, by_when("prepayment"))).strip(),
        ),
        "provider": (
            _("Online payment"),
            " ".join((online, by_when("provider"))).strip(),
        ),
    }
    return [Option(code, *words[code], code == wanted.order.payment_method) for code in payments_offered()]
