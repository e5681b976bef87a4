"""What a journey does to the works: an order that waits for a bicycle being built, and the day that moves.

Through the rooms' own actions, in a process of its own; the running worker hears of it as ever.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from kontor.back.production.actions import NewProduction, plan_production, shift_production
from kontor.back.production.models import ProductionOrder
from kontor.bridge.catalogue.models import Offering, Price
from kontor.bridge.orders.actions import place_orders
from kontor.bridge.orders.models import Order, ShippingMethod
from kontor.bridge.orders.placing import NewLine, NewOrder, PostalAddress
from kontor.bridge.parties.models import Party
from kontor.bridge.promises.actions import Wanted, promise
from kontor.bridge.promises.reasons import MoveReason
from kontor.kernel.actor.identity import the_house
from kontor.kernel.ids import uuid7
from kontor.kernel.transactions import transaction

BY = the_house()
PRICE = Decimal(90)


def plan() -> dict[str, Any]:
    """Five bicycles are planned in a new article, and Anna orders one."""
    at = timezone.now()
    bike = Offering.objects.create(
        number=f"PROBE-{uuid7().hex[-6:]}", name_de="Probe", name_en="Trial", is_published=True, valid_from=at
    )
    Price.objects.create(offering=bike, amount=PRICE, currency="EUR", valid=(at, None))
    made = NewProduction(
        key=uuid7(),
        offering_id=bike.id,
        quantity=Decimal(5),
        start_at=at + timedelta(days=3),
        finish_at=at + timedelta(days=12),
    )
    plan_production(orders=[made], by=BY, at=at)
    anna = Party.objects.get(email="anna.behrens@example.org")
    number = _order(bike, anna)
    return {"order": number, "customer": anna.number, "production": str(made.id)}


def move() -> dict[str, Any]:
    """The machine breaks down."""
    at, latest = timezone.now(), ProductionOrder.objects.latest("id")
    shift_production(
        ids=[latest.id],
        finish_at=at + timedelta(days=30),
        reason=MoveReason.MACHINE_DOWN,
        by=BY,
        at=at,
    )
    return {"moved_at": timezone.now().timestamp()}


@transaction
def _place(order: NewOrder) -> None:
    promise(
        [
            Wanted(line.demand_id, line.offering_id, line.quantity, line.name, order.party_id)
            for line in order.lines
            if line.demand_id
        ],
        is_firm=False,
    )
    place_orders([order], by=BY, at=timezone.now())


def _line(offering: Offering, price: Decimal, *, kind: str) -> NewLine:
    return NewLine(
        id=uuid7(),
        offering_id=offering.id,
        number=offering.number,
        name=offering.name_de,
        quantity=Decimal(1),
        unit_price=price,
        tax_code="standard",
        tax_rate=Decimal("19.00"),
        demand_id=uuid7() if kind == "item" else None,
        kind=kind,
    )


def _order(bike: Offering, party: Party) -> str:
    home = PostalAddress(name=party.name, street="Am Deich 12", postal_code="28199", city="Bremen")
    way = ShippingMethod.objects.select_related("offering").order_by("position")[0]
    is_free = way.free_from is not None and way.free_from <= PRICE
    order = NewOrder(
        id=uuid7(),
        key=uuid7(),
        party_id=party.id,
        channel="phone",
        currency="EUR",
        email=party.email,
        billing=home,
        shipping=home,
        payment_method="invoice",
        shipping_method=way.code,
        lines=[
            _line(bike, PRICE, kind="item"),
            _line(way.offering, Decimal(0) if is_free else way.price, kind="shipping"),
        ],
    )
    _place(order)
    return str(Order.objects.get(key=order.key).number)
