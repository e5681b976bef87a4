"""What tests of production plan and look at."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from conftest import make_account

from kontor.back.production.actions import NewProduction, plan_production, start_production
from kontor.back.production.models import ProductionOrder
from kontor.bridge.promises.models import Bucket
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.ids import uuid7
from tests.trade import NOW, Trade


class Works:
    """Short words for the shop floor. ``by``: somebody of production."""

    def __init__(self, trade: Trade) -> None:
        self.trade = trade
        self.by = actor_for(make_account("production"))

    def plan(
        self, offering: Any, quantity: object = 5, *, days: int = 10, steps: Any = ()
    ) -> ProductionOrder:
        wanted = NewProduction(
            key=uuid7(),
            offering_id=offering.id,
            quantity=Decimal(str(quantity)),
            start_at=NOW + timedelta(days=days - 3),
            finish_at=NOW + timedelta(days=days),
            steps=steps,
        )
        # What is late was planned while its day was still to come.
        [number] = plan_production(orders=[wanted], by=self.by, at=NOW + timedelta(days=min(0, days)))
        return ProductionOrder.objects.get(number=number)

    def start(self, order: ProductionOrder) -> ProductionOrder:
        start_production(ids=[order.id], by=self.by, at=NOW)
        order.refresh_from_db()
        return order

    def bucket(self, order: ProductionOrder) -> Bucket:
        return Bucket.objects.get(pk=order.bucket_id)


@pytest.fixture
def works(trade: Trade) -> Works:
    return Works(trade)
