"""What tests of purchasing order and look at."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from conftest import make_account

from kontor.back.purchasing.actions import NewLine, NewPurchase, NewSupplier, add_supplier, order_goods
from kontor.back.purchasing.models import PurchaseLine, PurchaseOrder
from kontor.back.purchasing.receiving import NewDelivery, receive_purchase
from kontor.bridge.promises.models import Bucket
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.ids import uuid7
from tests.trade import NOW, Trade


class Buying:
    """Short words for purchasing. ``by``: somebody of purchasing."""

    def __init__(self, trade: Trade) -> None:
        self.trade = trade
        self.by = actor_for(make_account("purchasing"))
        self.supplier = add_supplier(
            supplier=NewSupplier(key=uuid7(), name="Acme Laufräder"), by=self.by, at=NOW
        )

    def new(self, *wanted: tuple[Any, object], days: int = 10) -> NewPurchase:
        lines = [
            NewLine(
                offering_id=offering.id,
                quantity=Decimal(str(quantity)),
                unit_price=Decimal("12.50"),
                expected_at=NOW + timedelta(days=days),
            )
            for offering, quantity in wanted
        ]
        return NewPurchase(key=uuid7(), supplier_id=self.supplier, lines=lines)

    def order(self, *wanted: tuple[Any, object], days: int = 10) -> PurchaseOrder:
        # What is late was ordered while its day was still to come.
        at = NOW + timedelta(days=min(0, days))
        [number] = order_goods(orders=[self.new(*wanted, days=days)], by=self.by, at=at)
        return PurchaseOrder.objects.get(number=number)

    def receive(
        self,
        order: PurchaseOrder,
        quantities: Mapping[PurchaseLine, object],
        *,
        last: bool = False,
        key: UUID | None = None,
    ) -> bool:
        delivery = NewDelivery(
            key=key or uuid7(),
            order_id=order.id,
            location_id=self.trade.location.id,
            quantities={line.id: Decimal(str(quantity)) for line, quantity in quantities.items()},
            last=frozenset(line.id for line in quantities) if last else frozenset(),
            reference="LS 1",
        )
        return receive_purchase(delivery=delivery, by=self.by, at=NOW)

    def bucket(self, line: PurchaseLine) -> Bucket:
        return Bucket.objects.get(pk=line.bucket_id)


@pytest.fixture
def buying(trade: Trade) -> Buying:
    return Buying(trade)
