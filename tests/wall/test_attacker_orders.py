"""An attacker with arbitrary SQL in the customers' process gets nothing for nothing: forged orders are refused or held."""

# ruff: noqa: E501 - a hostile statement reads better on one line

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from psycopg import errors as pg

from kontor.back.logistics.models import Shipment
from kontor.back.orderdesk.actions import confirm_orders
from kontor.back.orderdesk.sweeping import sweep_placed
from kontor.bridge.charges.models import Charge
from kontor.bridge.orders.models import Order
from kontor.kernel.actor.identity import the_house
from tests.wall.attack import REFUSED, Forgery, hold, reasons, refused


def test_an_honest_order_of_the_same_making_is_confirmed(forgery):
    order = forgery.place()
    assert (order.state, order.gross_amount) == ("confirmed", Decimal("55.95"))
    assert Charge.objects.filter(order=order).count() == 2


def forge(forgery: Forgery, **changes: Any) -> Order:
    for place, value in changes.items():
        part, _, name = place.partition("__")
        getattr(forgery, part)[name] = value
    return forgery.place()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"item__unit_price": Decimal(0)}, "price"),
        ({"item__unit_price": Decimal("0.01")}, "price"),
        ({"item__gross_amount": Decimal("0.01")}, "line"),
        ({"item__tax_rate": 0, "item__tax_code": "zero"}, "tax"),
        ({"order__gross_amount": Decimal(0), "order__tax_amount": Decimal(0), "order__net_amount": Decimal(0)}, "total"),
        ({"order__tax_amount": Decimal(0), "order__net_amount": Decimal("55.95")}, "total"),
        ({"order__currency": "JPY"}, "currency"),
        ({"order__shipping_method": "nonsense"}, "price"),
        ({"parcel__unit_price": Decimal(0)}, "price"),
        ({"parcel__quantity": Decimal("0.001")}, "price"),
        ({"item__name": "Rennrad Modell S"}, "article"),
        ({"item__number": "RAD-1"}, "article"),
        ({"item__unit": "crate"}, "article"),
        ({"item__kind": "shipping"}, "price"),
    ],
)  # fmt: skip
def test_a_forged_order_is_held_and_nothing_is_charged_or_shipped(forgery, changes, reason):
    order = forge(forgery, **changes)
    assert (order.state, order.confirmed_at, order.released_at) == ("held", None, None)
    assert reason in reasons(order)
    assert not Charge.objects.filter(order=order).exists()
    assert not Shipment.objects.filter(order=order).exists()


def test_a_millionth_of_a_piece_is_held(forgery):
    forgery.held = forgery.item["quantity"] = Decimal("0.0001")
    assert "article" in reasons(forgery.place())


def test_an_order_without_lines_or_without_shipping_is_held(forgery, clone, victim, mallory):
    forgery.parcel = {}
    assert reasons(forgery.place()) == {"shipping"}
    empty = Forgery(clone, mallory, victim["article"])
    empty.item, empty.parcel, empty.held = {}, {}, None
    assert "empty" in reasons(empty.place())


def test_an_article_without_a_price_is_not_free(forgery, clone):
    unpriced = clone.trade.offering(price="1.00", stock=5, name="Ohne Preis")
    clone.ask("DELETE FROM catalogue_price WHERE offering_id = %s", [unpriced.id])
    forgery.article = unpriced
    forgery.item |= {
        "offering_id": unpriced.id,
        "number": unpriced.number,
        "name": unpriced.name_de,
        "unit_price": Decimal(0),
    }
    assert "price" in reasons(forgery.place())


def test_an_unpublished_article_is_not_sold(forgery, clone):
    draft = clone.trade.offering(price="50.00", stock=5, name="Entwurf")
    clone.ask("UPDATE catalogue_offering SET is_published = false WHERE id = %s", [draft.id])
    forgery.article = draft
    forgery.item |= {"offering_id": draft.id, "number": draft.number, "name": draft.name_de}
    assert "price" in reasons(forgery.place())


def test_what_was_not_promised_is_not_confirmed(forgery, clone, victim, mallory):
    forgery.item["demand_id"], forgery.held = None, None
    assert "promise" in reasons(forgery.place())
    lapsing = Forgery(clone, mallory, victim["article"])
    lapsing.keeps = False
    assert "promise" in reasons(lapsing.place())
    more = Forgery(clone, mallory, victim["article"])
    more.item["quantity"], more.keeps = 90, False
    assert "promise" in reasons(more.place())


def test_a_promise_of_one_article_does_not_serve_another(forgery, clone):
    cheap = clone.trade.offering(price="1.00", stock=5, name="Klingel")
    forgery.article, forgery.held = cheap, 1
    with pytest.raises(REFUSED, match="lines join an order"):
        forgery.place()


def test_a_promise_serves_one_line_only(forgery, clone, victim, mallory):
    forgery.place()
    second = Forgery(clone, mallory, victim["article"])
    second.item["demand_id"], second.held, second.keeps = forgery.demand, None, False
    with pytest.raises(pg.UniqueViolation):
        second.place()


def test_what_was_promised_to_another_cannot_be_used_kept_or_let_go(forgery, clone, victim, mallory):
    demand = clone.ask(
        "SELECT demand_id FROM orders_orderline WHERE order_id = %s AND demand_id IS NOT NULL",
        [victim["order"].id],
    )[0][0]
    before = clone.ask("SELECT state, quantity FROM promises_promise WHERE demand_id = %s", [demand])
    forgery.item["demand_id"], forgery.held, forgery.keeps = demand, None, False
    with pytest.raises(REFUSED):
        forgery.place()
    with pytest.raises(REFUSED), clone.customer(mallory["token"]) as customer:
        hold(customer, demand, victim["article"], 1)
    refused(clone, mallory["token"], "SELECT * FROM kontor_keep(ARRAY[%s::uuid])", [demand])
    with clone.customer(mallory["token"]) as customer:
        customer.execute("SELECT kontor_let_go(ARRAY[%s::uuid])", [demand])
    assert clone.ask("SELECT state, quantity FROM promises_promise WHERE demand_id = %s", [demand]) == before


def test_what_was_ordered_is_no_basket_any_more(forgery, clone, victim, mallory):
    forgery.place()
    for quantity in (1, 40):
        with pytest.raises(REFUSED, match="ordered already"), clone.customer(mallory["token"]) as customer:
            hold(customer, forgery.demand, victim["article"], quantity)
    assert clone.ask(
        "SELECT state, quantity FROM promises_promise WHERE demand_id = %s", [forgery.demand]
    ) == [("firm", Decimal("1.0000"))]


@pytest.mark.parametrize(
    "column",
    ["state", "number", "placed_at", "confirmed_at", "released_at", "paid_at", "promised_on", "cancelled_at"],
)
def test_state_number_and_instants_are_the_databases(forgery, column):
    forgery.order[column] = None
    with pytest.raises(pg.InsufficientPrivilege):
        forgery.place()


def test_orders_for_others_by_phone_or_as_an_import_are_refused(forgery, victim):
    forgery.order["channel"] = "import"
    with pytest.raises(pg.InsufficientPrivilege):
        forgery.place()
    forgery.order |= {"channel": "web", "party_id": victim["party"].id}
    with pytest.raises(pg.InsufficientPrivilege):
        forgery.place()


def test_lines_do_not_join_confirmed_orders_or_those_of_others(forgery, clone, victim, mallory):
    order = forgery.place()
    late = forgery.line(
        3,
        "item",
        victim["article"].id,
        number=victim["article"].number,
        name="Schloss",
        price="0.00",
        demand=None,
    ) | {"gross_amount": 0}
    for order_id in (order.id, victim["order"].id):
        with pytest.raises(REFUSED), clone.customer(mallory["token"]) as customer:
            forgery.insert(customer, "orders_orderline", late | {"order_id": order_id})


def test_an_order_placed_without_telling_anybody_is_looked_after_all_the_same(
    forgery, clone, victim, mallory
):
    """Else it would hold its goods for ever and nobody would know."""
    forgery.item["unit_price"] = Decimal(0)
    lines = [forgery.item, forgery.parcel]
    for line in lines:
        line["gross_amount"] = line["unit_price"]
    with clone.customer(mallory["token"]) as customer:
        forgery.insert(
            customer, "orders_order", forgery.order | {"gross_amount": 0, "tax_amount": 0, "net_amount": 0}
        )
    clone.ask("UPDATE orders_order SET placed_at = now() - interval '5 minutes' WHERE id = %s", [forgery.id])
    sweep_placed()
    assert Order.objects.get(id=forgery.id).state == "held"


def test_confirming_twice_charges_once(clone, forgery):
    order = forgery.place()
    confirm_orders(ids=[order.id, order.id], by=the_house(), at=timezone.now())
    assert Charge.objects.filter(order=order).count() == 2
