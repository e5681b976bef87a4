"""A charge is money somebody owes: its figures are the order line's, and no more is billed than was charged."""

from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic

from kontor.bridge.charges.models import Charge


def test_each_line_of_a_confirmed_order_is_charged_once_as_it_was_ordered(trade):
    order = trade.order((trade.offering(price="19.90"), 3))
    charges = Charge.objects.filter(order=order).order_by("order_line__position")
    assert [(c.quantity, c.gross_amount, c.tax_code, c.currency, c.party_id) for c in charges] == [
        (Decimal(3), Decimal("59.70"), "standard", "EUR", order.party_id),
        (Decimal(1), Decimal("5.95"), "standard", "EUR", order.party_id),
    ]
    assert sum(charge.gross_amount for charge in charges) == order.gross_amount
    with pytest.raises(IntegrityError, match="order_line"), atomic():
        Charge.objects.create(
            order=order, order_line=order.lines.first(), party_id=order.party_id, quantity=1, tax_code="standard",
            tax_rate=19, gross_amount=1, currency="EUR", arose_on=order.placed_at.date(),
        )  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [{"invoiced_quantity": 4}, {"invoiced_quantity": 2, "cancelled_quantity": 2}, {"invoiced_quantity": -1}],
)
def test_no_more_is_invoiced_than_charged(trade, changes):
    order = trade.order((trade.offering(), 3))
    with pytest.raises(IntegrityError, match="no_more_is_invoiced_than_charged"), atomic():
        Charge.objects.filter(order=order, order_line__kind="item").update(**changes)
