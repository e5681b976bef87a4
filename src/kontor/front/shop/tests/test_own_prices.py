"""What a customer with prices of their own sees, pays and is billed; and who else sees it."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from conftest import stranger
from django.db import connection

from kontor.bridge.catalogue.drafting import NewPrice
from kontor.bridge.catalogue.prices import set_prices
from kontor.bridge.catalogue.shelving import keep_customer_group, put_in_groups
from kontor.bridge.orders.models import Order, OrderLine
from kontor.bridge.parties.middleware import VISIT_COOKIE
from kontor.front.shop.tests.shopping import Shopper
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.membrane.session import new_token, token_hash

HOUSE = the_house()


def cheaper(offering, amount, *, group="list", pieces=0):
    now = datetime.now(UTC)
    new = NewPrice(
        offering_id=offering.id,
        amount=Decimal(amount),
        valid_from=now,
        customer_group=group,
        min_quantity=Decimal(pieces),
    )
    set_prices(prices=[new], by=HOUSE, at=now)


@pytest.fixture
def trader(shop):
    """A business customer who is logged in."""
    keep_customer_group(
        code="traders", names=("Händler", "Traders"), includes_tax=False, by=HOUSE, at=datetime.now(UTC)
    )
    party, token = shop.trade.party(), new_token()
    put_in_groups(members={party.id: "traders"}, by=HOUSE, at=datetime.now(UTC))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO parties_token (hash, party_id, kind, expires_at)"
            " VALUES (%s, %s, 'session', now() + interval '1 day')",
            [token_hash(token), party.id],
        )
    client = stranger()
    client.cookies[VISIT_COOKIE] = token
    return Shopper(client)


def test_more_pieces_cost_less_from_the_page_to_the_confirmed_order(shop, visitor):
    bell = shop.bike(price="10.00", stock=50)
    cheaper(bell, "9.00", pieces=10)
    text = visitor.get(f"/product/{bell.group.slug}/")
    assert "from 10 €9.00 −10%" in text and "€10.00" in text and "Why this price?" in text
    visitor.put(bell, 6)
    assert "€60.00" in visitor.get("/basket/")
    visitor.put(bell, 6)
    basket = visitor.get("/basket/")
    assert "€108.00" in basket and "New price" not in basket
    visitor.go_to_review()
    visitor.press_order()
    deliver_all()
    order = Order.objects.get()
    assert (order.state, order.gross_amount) == ("confirmed", Decimal("113.95"))


def test_a_trader_sees_and_pays_the_net_price_of_the_group_and_nobody_else_does(shop, trader, visitor):
    bell = shop.bike(price="10.00", stock=500)
    cheaper(bell, "1.23", group="traders")
    text = trader.get(f"/product/{bell.group.slug}/")
    assert "List price €10.00" in text and "€1.23 without tax" in text and "“Traders”" in text
    assert "1.23" not in visitor.get(f"/product/{bell.group.slug}/")
    number = trader.buy(bell, 100)
    order = Order.objects.get(number=number)
    line = OrderLine.objects.get(order=order, kind="item")
    assert (order.state, line.unit_price, line.gross_amount) == (
        "confirmed",
        Decimal("1.463700"),
        Decimal("146.37"),
    )
    number = visitor.buy(bell, 1)
    assert OrderLine.objects.get(order__number=number, kind="item").unit_price == Decimal("10.00")


def test_a_group_price_that_a_stranger_makes_up_is_held_for_a_person(shop, visitor):
    bell = shop.bike(price="10.00", stock=50)
    keep_customer_group(
        code="traders", names=("Händler", "Traders"), includes_tax=True, by=HOUSE, at=datetime.now(UTC)
    )
    order = shop.trade.new_order((bell, 1))
    cheaper(bell, "1.00", group="traders")
    line = replace(order.lines[0], unit_price=Decimal("1.00"))
    placed = shop.trade.place(replace(order, lines=[line, *order.lines[1:]]), at=datetime.now(UTC))
    deliver_all()
    placed.refresh_from_db()
    assert placed.state == "held"


def test_a_trader_sees_the_groups_prices_on_the_shelf_too_and_a_visitor_does_not(shop, trader, visitor):
    bell = shop.bike(price="10.00", stock=50)
    cheaper(bell, "7.00", group="traders")
    assert "€8.33" in trader.get("/shop/rennraeder/") and "€10.00" not in trader.text
    assert "€10.00" in visitor.get("/shop/rennraeder/") and "€8.33" not in visitor.text
