"""Clicks at once, on connections of their own: one order, one promise."""

import threading
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from kontor.bridge.orders.models import Order
from kontor.bridge.orders.placing import Placed
from kontor.bridge.parties.models import Address
from kontor.bridge.promises.models import Promise
from kontor.front.sales.actions import Shown, take_order
from kontor.front.sales.sheet import Sheet
from kontor.kernel.actor.identity import the_house
from kontor.kernel.ids import uuid7
from tests.trade import Trade, found_test_house


def test_four_clicks_at_once_are_one_order(own_database: None) -> None:
    found_test_house()
    trade = Trade()
    party = trade.party()
    Address.objects.create(party=party, name="Anna", street="Weg 1", postal_code="28199", city="Bremen")
    party.refresh_from_db()
    bike = trade.offering(price="99.90", stock=5)
    sheet = Sheet(key=uuid7(), customer=party.number, lines={bike.number: "2"})
    begin, placed = threading.Barrier(4), list[Placed]()

    def click() -> None:
        begin.wait()
        try:
            taken = take_order(
                sheet=sheet, shown=Shown(total=Decimal("205.75")), by=the_house(), at=timezone.now()
            )
            placed.append(taken)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert Order.objects.count() == 1 and len({order.number for order in placed}) == 1
    assert [order.is_new for order in placed].count(True) == 1 and len(placed) == 4
    assert list(Promise.objects.values_list("quantity", flat=True)) == [Decimal(2)]
