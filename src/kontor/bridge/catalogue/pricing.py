"""What a price says about itself: whose it is, from which quantity on, since when. The rule is in wall.sql."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from kontor.kernel.ui.formats import day, money, percent, quantity

LIST = "list"


@dataclass(frozen=True, slots=True)
class PriceStep:
    """What one piece costs from ``quantity`` on: ``unit_price`` gross, ``amount`` as it was agreed (gross or net).

    ``group_name`` is empty for the list's price; ``min_quantity`` is the step that gave the price.
    """

    quantity: Decimal
    unit_price: Decimal
    amount: Decimal
    includes_tax: bool
    customer_group: str
    min_quantity: Decimal
    since: datetime | None
    group_name: str

    @property
    def is_own(self) -> bool:
        """Whether it is the customer's own group's price."""
        return self.customer_group != LIST


def steps_of(text: str | None) -> tuple[PriceStep, ...]:
    """The steps that the database told as JSON; those that bring nothing (no lower price) are left out."""
    steps: list[PriceStep] = []
    for row in json.loads(text or "[]", parse_float=Decimal):
        since = datetime.fromisoformat(row[6]) if row[6] else None
        step = PriceStep(
            quantity=Decimal(row[0]),
            unit_price=Decimal(row[1]),
            amount=Decimal(row[2]),
            includes_tax=bool(row[3]),
            customer_group=str(row[4]),
            min_quantity=Decimal(row[5]),
            since=since,
            group_name=row[7] or "",
        )
        if not steps or step.unit_price < steps[-1].unit_price:
            steps.append(step)
    return tuple(steps)


def step_for(steps: Sequence[PriceStep], pieces: Decimal) -> PriceStep | None:
    """The step that holds for so many pieces."""
    return next((step for step in reversed(steps) if step.quantity <= pieces), None)


@dataclass(frozen=True, slots=True)
class PriceQuestion:
    """What a price is explained with: what everybody pays (gross), the currency, the tax rate in per cent."""

    list_price: Decimal | None
    currency: str
    rate: Decimal


def why_price(step: PriceStep, asked: PriceQuestion) -> list[str]:
    """The steps from the list's price to this one, in sentences of the reader's language."""
    lines = []
    if asked.list_price is not None:
        lines.append(_("List price: %(price)s.") % {"price": money(asked.list_price, asked.currency)})
    if step.is_own:
        lines.append(_("You belong to the customer group “%(group)s”.") % {"group": step.group_name})
    if step.min_quantity > 0:
        lines.append(_("From %(pieces)s on it costs less.") % {"pieces": quantity(step.min_quantity)})
    if not step.includes_tax:
        lines.append(
            _("Agreed without tax: %(net)s; with %(rate)s tax: %(gross)s.")
            % {
                "net": money(step.amount, asked.currency),
                "rate": percent(asked.rate),
                "gross": money(step.unit_price, asked.currency),
            }
        )
    if step.since is not None:
        lines.append(_("Valid since %(day)s.") % {"day": day(step.since)})
    lines.append(_("Of all prices that hold for you and for this quantity, the lowest counts."))
    return lines
