"""The thread, as the house sees it: order, promise, shipment, invoice, books, payment."""

from decimal import Decimal

from django.db import connection

from kontor.back.invoicing.models import Invoice
from kontor.back.ledger.models import EntryLine, OpenItem
from kontor.back.warehouse.actions import stock_that_disagrees
from kontor.bridge.progress.models import Milestone
from kontor.bridge.promises.models import Bucket
from tests.trade import Trade


def test_an_order_is_promised_shipped_billed_booked_and_paid(trade: Trade) -> None:
    bicycle, bell = trade.offering(price="1099.00", stock=3), trade.offering(price="9.95", stock=10)

    order = trade.order((bicycle, 1), (bell, 2))
    assert (order.state, order.gross_amount, order.tax_amount) == (
        "confirmed",
        Decimal("1118.90"),
        Decimal("178.65"),
    )
    assert order.released_at is not None
    assert Bucket.objects.get(pool__offering=bell).promised == 2

    trade.ship(order)
    invoice = Invoice.objects.get(order=order)
    assert (invoice.number, invoice.gross_amount, invoice.tax_amount) == (
        "RE-000001",
        Decimal("1118.90"),
        Decimal("178.65"),
    )
    bucket = Bucket.objects.get(pool__offering=bell)
    assert (bucket.capacity, bucket.promised) == (8, 0)
    assert _balances() == {"1400": Decimal("1118.90"), "8400": Decimal("-940.25"), "1776": Decimal("-178.65")}

    trade.pay(order, Decimal("1118.90"))
    order.refresh_from_db()
    assert order.paid_at is not None
    assert not OpenItem.objects.exclude(open_amount=0).exists()
    assert _balances() == {
        "1200": Decimal("1118.90"),
        "1400": Decimal("0.00"),
        "8400": Decimal("-940.25"),
        "1776": Decimal("-178.65"),
    }
    steps = Milestone.objects.filter(order=order).order_by("id").values_list("step", flat=True)
    assert list(dict.fromkeys(steps)) == ["confirmed", "shipped", "invoiced", "paid"]
    assert stock_that_disagrees() == []
    assert _broken_at() is None


def _balances() -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for account, amount in EntryLine.objects.values_list("account_id", "amount"):
        sums[account] = sums.get(account, Decimal(0)) + amount
    return sums


def _broken_at() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT broken_at FROM ledger_verify()")
        row = cursor.fetchone()
    return row[0] if row else 0
