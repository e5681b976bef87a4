"""Two presses of the order button at the same instant, and two buyers for the last piece: with real commits."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from kontor.bridge.catalogue.actions import publish
from kontor.bridge.parties.actions import Contact
from kontor.bridge.promises.errors import SoldOut
from kontor.front.shop import actions
from kontor.front.shop.facts import forget_facts
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.session import acting_with
from tests.clone import clone

__all__ = ["clone"]
AT = datetime.now(UTC)
CONTACT = Contact(
    name="Kim Müller", street="Am Deich 5", postal_code="28199", city="Bremen", email="kim@example.org"
)


class Buyer:
    """A visitor with a token, at the review page."""

    def __init__(self, clone, number: str, total: str) -> None:
        party = uuid7()
        self.token = clone.token_for(party, "visit")
        self.by = Actor(ActorKind.VISITOR, party_id=party)
        self.shown = actions.Shown(total=Decimal(total), shipping="parcel", payment="invoice")
        with acting_with(self.token):
            self.basket = actions.put_in_basket(number=number, quantity=1, by=self.by, at=AT)

    def fill_in(self) -> None:
        with acting_with(self.token):
            actions.note_address(basket_id=self.basket, contact=CONTACT, by=self.by, at=AT)

    def press(self, together: Barrier) -> object:
        try:
            together.wait(timeout=20)
            with acting_with(self.token):
                return actions.order_basket(
                    basket_id=self.basket, shown=self.shown, language="de", by=self.by, at=AT
                )
        except SoldOut as refusal:
            return refusal
        finally:
            connection.close()


@pytest.fixture
def bike(clone):
    forget_facts()
    offering = clone.trade.offering(price="600.00", stock=1)
    publish(by=the_house(), at=AT)
    yield offering
    forget_facts()


def test_the_button_pressed_eight_times_at_once_is_one_order(clone, bike):
    buyer = Buyer(clone, bike.number, "600.00")
    buyer.fill_in()
    together = Barrier(8)
    with ThreadPoolExecutor(8) as pool:
        placed = list(pool.map(lambda _: buyer.press(together), range(8)))
    assert len({order.number for order in placed}) == 1 and sum(order.is_new for order in placed) == 1
    assert clone.ask("SELECT count(*) FROM orders_orderline WHERE offering_id = %s", [bike.id]) == [(1,)]
    assert clone.ask("SELECT sum(quantity) FROM promises_promise WHERE state = 'hold'") == [(1,)]


def test_of_six_buyers_of_the_last_piece_one_gets_it_and_the_others_read_why(clone, bike):
    buyers = [Buyer(clone, bike.number, "600.00") for _ in range(6)]
    for buyer in buyers:  # each held it once, and each hold has run out
        buyer.fill_in()
        clone.ask("UPDATE promises_promise SET expires_at = now() - interval '1 second' WHERE state = 'hold'")
    together = Barrier(6)
    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(lambda buyer: buyer.press(together), buyers))
    assert sum(isinstance(result, SoldOut) for result in results) == 5
    assert clone.ask("SELECT count(*) FROM orders_orderline WHERE offering_id = %s", [bike.id]) == [(1,)]
