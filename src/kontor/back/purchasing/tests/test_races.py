"""Purchasing and the worker at once, on connections of their own: nobody waits for the other, nothing is stale."""

import threading
import time
from decimal import Decimal
from typing import Any

import pytest
from conftest import make_account
from django.db import connection

from kontor.back.production.tests.test_races import at_once
from kontor.back.purchasing.models import PurchaseLine, PurchaseOrder, Receipt
from kontor.back.purchasing.tests.conftest import Buying
from kontor.back.warehouse.actions import stock_that_disagrees
from kontor.back.warehouse.receiving import NewReceipt, receive_delivery
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from tests.clone import clone
from tests.trade import NOW

__all__ = ["clone"]
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
WAITING = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.fixture(scope="module")
def buying(clone: Any) -> Buying:
    return Buying(clone.trade)


@pytest.fixture(scope="module")
def storekeeper(clone: Any) -> Actor:
    return actor_for(make_account("warehouse"))


def came(buying: Buying, line: PurchaseLine, quantity: int, storekeeper: Actor) -> bool:
    """The warehouse puts it on the shelf; the worker tells purchasing later."""
    receipt = NewReceipt(
        key=uuid7(),
        offering_id=line.offering_id,
        number=line.offering.number,
        location_id=buying.trade.location.id,
        quantity=Decimal(quantity),
        bucket_id=line.bucket_id,
        is_last=False,
    )
    return receive_delivery(receipt=receipt, by=storekeeper, at=NOW)


def test_whoever_notes_what_came_waits_for_the_order_first_and_settles_it_by_what_stands_then(
    clone, buying, storekeeper
):
    lamp, bell = (buying.trade.offering(stock=0) for _ in range(2))
    bought = buying.order((lamp, 2), (bell, 2))
    first, second = bought.lines.get(offering=lamp), bought.lines.get(offering=bell)
    came(buying, first, 2, storekeeper)

    def deliver() -> None:
        try:
            deliver_all()
        finally:
            connection.close()

    worker = threading.Thread(target=deliver)
    with clone.login("back", autocommit=False) as clerk:
        clerk.execute("SELECT FROM purchasing_purchaseorder WHERE id = %s FOR NO KEY UPDATE", [bought.id])
        worker.start()
        until = time.monotonic() + 30
        while not clone.ask(WAITING) and time.monotonic() < until:
            time.sleep(0.02)
        assert clone.ask(WAITING)
        # The lines are free for whoever holds the order.
        clerk.execute(
            "SELECT FROM purchasing_purchaseline WHERE order_id = %s FOR NO KEY UPDATE NOWAIT", [bought.id]
        )
        clerk.execute(
            "UPDATE purchasing_purchaseline SET received_quantity = 2, state = 'received' WHERE id = %s",
            [second.id],
        )
    worker.join(timeout=60)
    bought.refresh_from_db()
    assert bought.state == "received"


def test_purchasing_and_the_warehouse_receive_one_order_at_once(clone, buying, storekeeper):
    for _round in range(4):
        lamp, bell = (buying.trade.offering(stock=0) for _ in range(2))
        bought = buying.order((lamp, 2), (bell, 2))
        first, second = bought.lines.get(offering=lamp), bought.lines.get(offering=bell)
        came(buying, first, 2, storekeeper)
        outcomes = at_once(
            lambda order=bought, line=second: buying.receive(order, {line: 2}),
            deliver_all,
            deliver_all,
        )
        deliver_all()
        assert outcomes[0] is True, outcomes
        assert PurchaseOrder.objects.get(id=bought.id).state == "received"
        assert Receipt.objects.filter(line__order=bought).count() == 2
    assert stock_that_disagrees() == []
    assert clone.ask(DEADLOCKS) == [(0,)]
