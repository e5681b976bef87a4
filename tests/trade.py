"""What tests trade with: a founded house, articles with stock, parties, and the thread from order to payment.

Everything goes through the actions that the screens use; nothing here writes a business row by itself except
master data.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from kontor.back.logistics.actions import Shipped, deliver_shipments, ship_orders
from kontor.back.warehouse.actions import NewMove, receive_goods
from kontor.back.warehouse.models import Location
from kontor.back.warehouse.receiving import NewReturn, receive_return
from kontor.bridge.catalogue.models import Offering, Price
from kontor.bridge.orders.actions import place_orders
from kontor.bridge.orders.models import Order, ShippingMethod
from kontor.bridge.orders.placing import NewLine, NewOrder, PostalAddress
from kontor.bridge.parties.models import House, Party
from kontor.bridge.payments.actions import NewPayment, record_payments
from kontor.bridge.promises.actions import Wanted, promise
from kontor.config.founding import Founding, found_house
from kontor.kernel.actor.identity import Actor, the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from kontor.kernel.transactions import transaction

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ADDRESS = PostalAddress(name="Anna Behrens", street="Am Deich 12", postal_code="28199", city="Bremen")
_HOUSE = {
    "name": "Weserrad GmbH",
    "street": "Speicherhof 1",
    "postal_code": "28217",
    "city": "Bremen",
    "email": "kontor@weserrad.example",
    "phone": "+49 421 0000 0",
    "vat_id": "DE123456788",
    "iban": "DE02120300000000202051",
    "bic": "BYLADEM1001",
    "bank_name": "Testbank",
    "managing_director": "Ken Sander",
}


def found_test_house() -> House:
    """The organisation and all it needs, with shipping at 5.95 and free from 500.00."""
    house = found_house(
        founding=Founding(
            house=_HOUSE, locations=(("A-01", "Regal A", "Shelf A"), ("B-01", "Regal B", "Shelf B"))
        )
    )
    shipping = _offering("VERSAND", kind="service", price=Decimal("5.95"), names=("Versand", "Shipping"))
    ShippingMethod.objects.create(
        code="parcel",
        name_de="Paket",
        name_en="Parcel",
        offering=shipping,
        price=Decimal("5.95"),
        free_from=Decimal(500),
    )
    return house


def _offering(number: str, *, kind: str = "goods", price: Decimal, names: tuple[str, str]) -> Offering:
    since = NOW - timedelta(days=400)
    offering = Offering.objects.create(
        number=number, kind=kind, name_de=names[0], name_en=names[1], is_published=True, valid_from=since
    )
    Price.objects.create(offering=offering, amount=price, currency="EUR", valid=DateTimeTZRange(since, None))
    return offering


class Trade:
    """Short words for long stories. ``by`` is the house itself unless a test says who acts."""

    def __init__(self) -> None:
        self.by: Actor = the_house()
        self.location = Location.objects.get(code="A-01")
        self._articles = 0

    def offering(self, *, price: str = "99.90", stock: int = 20, name: str = "Rad") -> Offering:
        """An article on sale with so many pieces at location A-01."""
        self._articles += 1
        offering = _offering(f"ART-{self._articles:03d}", price=Decimal(price), names=(name, name))
        if stock:
            self.stock(offering, stock)
        return offering

    def stock(self, offering: Offering, quantity: int, *, at: datetime = NOW) -> None:
        """More of it comes in at location A-01."""
        move = NewMove(
            offering_id=offering.id, location_id=self.location.id, quantity=Decimal(quantity), at=at
        )
        receive_goods(moves=[move], by=self.by, at=at)

    def party(self, *, given_name: str = "Anna", family_name: str = "Behrens") -> Party:
        """A customer."""
        email = f"{given_name}.{family_name}@example.org".lower()
        return Party.objects.create(given_name=given_name, family_name=family_name, email=email)

    def new_order(
        self, *wanted: tuple[Offering, int], party: Party | None = None, payment_method: str = "invoice"
    ) -> NewOrder:
        """An order as the checkout makes it, at today's prices, with shipping."""
        lines = [self._line(offering, quantity) for offering, quantity in wanted]
        method = ShippingMethod.objects.select_related("offering").get(code="parcel")
        goods = sum((line.gross_amount for line in lines), Decimal(0))
        shipping = Decimal(0) if method.free_from is not None and goods >= method.free_from else method.price
        lines.append(self._line(method.offering, 1, price=shipping, kind="shipping"))
        return NewOrder(
            id=uuid7(),
            key=uuid7(),
            party_id=(party or self.party()).id,
            channel="phone",
            currency="EUR",
            email="anna.behrens@example.org",
            billing=ADDRESS,
            shipping=ADDRESS,
            payment_method=payment_method,
            shipping_method="parcel",
            lines=lines,
        )

    def place(self, order: NewOrder, *, at: datetime = NOW) -> Order:
        """Place an order; nothing has heard of it yet."""

        @transaction
        def place_it() -> None:
            promise(
                [
                    Wanted(line.demand_id, line.offering_id, line.quantity, line.name, order.party_id)
                    for line in order.lines
                    if line.demand_id
                ],
                is_firm=False,
            )
            place_orders([order], by=self.by, at=at)

        place_it()
        return Order.objects.get(key=order.key)

    def order(
        self, *wanted: tuple[Offering, int], party: Party | None = None, payment_method: str = "invoice"
    ) -> Order:
        """A placed and (when all is right) confirmed order."""
        order = self.place(self.new_order(*wanted, party=party, payment_method=payment_method))
        deliver_all()
        order.refresh_from_db()
        return order

    def ship(
        self, order: Order, *, quantities: Mapping[UUID, Decimal] | None = None, at: datetime = NOW
    ) -> Shipped:
        """Ship what can go of an order; it is billed and posted."""
        shipped = ship_orders(orders={order.id: uuid7()}, quantities=quantities, by=self.by, at=at)
        deliver_all()
        return shipped[0]

    def deliver(self, shipped: Shipped, *, at: datetime = NOW) -> None:
        """The carrier says that a parcel is with its customer."""
        deliver_shipments(ids=[shipped.id], by=self.by, at=at)
        deliver_all()

    def come_back(self, order: Order, quantity: int, *, at: datetime = NOW) -> None:
        """Goods of an order's first article come back; the house is not told yet (``deliver_all`` does that)."""
        line = order.lines.get(kind="item")
        returned = NewReturn(
            key=uuid7(),
            order_id=order.id,
            location_id=Location.objects.get(code="A-01").id,
            quantities={line.id: Decimal(quantity)},
        )
        receive_return(returned=returned, by=the_house(), at=at)

    def pay(self, order: Order, amount: Decimal, *, at: datetime = NOW) -> None:
        """Money for an order arrives at the bank; it is posted and matched."""
        payment = NewPayment(
            key=uuid7(),
            method="transfer",
            amount=amount,
            currency="EUR",
            received_on=at.date(),
            reference=order.number,
            order_id=order.id,
            party_id=order.party_id,
        )
        record_payments(payments=[payment], by=self.by, at=at)
        deliver_all()

    def _line(
        self, offering: Offering, quantity: int, *, price: Decimal | None = None, kind: str = "item"
    ) -> NewLine:
        if price is None:
            price = offering.prices.get().amount
        return NewLine(
            id=uuid7(),
            offering_id=offering.id,
            number=offering.number,
            name=offering.name_de,
            quantity=Decimal(quantity),
            unit_price=price,
            tax_code="standard",
            tax_rate=Decimal("19.00"),
            demand_id=uuid7() if kind == "item" else None,
            kind=kind,
        )
