"""``check --books``, as whoever closes the month sees it."""

from decimal import Decimal

from django.db import connection

from kontor.config.books import disagreements
from tests.trade import Trade


def test_the_books_agree_after_a_sale(trade: Trade) -> None:
    order = trade.order((trade.offering(), 2))
    trade.ship(order)
    trade.pay(order, Decimal("205.75"))

    assert disagreements() == []


def test_stock_that_somebody_changed_past_the_moves_is_named(trade: Trade) -> None:
    bell = trade.offering()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE warehouse_onhand SET quantity = quantity + 1 WHERE offering_id = %s", [bell.id]
        )

    (finding,) = disagreements()
    assert bell.number in finding
