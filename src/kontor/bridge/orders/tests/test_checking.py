"""What the worker finds wrong about an order, as order administration reads it; and that nothing of it ships."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kontor.back.logistics.errors import NothingToShip
from kontor.bridge.charges.models import Charge
from kontor.bridge.orders.actions import release_orders
from kontor.bridge.orders.models import Order, OrderLine, ShippingMethod
from kontor.bridge.progress.models import Milestone
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Event
from kontor.kernel.tasks.models import Task
from tests.trade import NOW, Trade


def checked(trade: Trade, order) -> Order:
    """Place it and let the worker look at it."""
    placed = trade.place(order)
    deliver_all()
    placed.refresh_from_db()
    return placed


def with_item(order, **changes):
    """The order with its first line changed."""
    return replace(order, lines=[replace(order.lines[0], **changes), *order.lines[1:]])


def reasons(order: Order) -> set[str]:
    return set(Task.objects.get(key=f"orders.held:{order.id}").detail["reasons"])


def test_an_order_that_is_right_is_confirmed_charged_and_its_promise_firm(trade):
    bike = trade.offering(price="499.00")
    order = checked(trade, trade.new_order((bike, 1)))
    assert (order.state, order.confirmed_at, order.released_at) == ("confirmed", NOW, NOW)
    assert order.promised_on is not None
    charges = Charge.objects.filter(order=order).order_by("order_line__position")
    assert [(c.gross_amount, c.tax_rate) for c in charges] == [(Decimal("499.00"), 19), (Decimal("5.95"), 19)]
    assert list(Milestone.objects.filter(order=order).values_list("step", flat=True)) == ["confirmed"]
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"unit_price": Decimal("498.99")}, "price"),
        ({"unit_price": Decimal("-499.00")}, "price"),
        ({"tax_rate": Decimal("7.00")}, "tax"),
        ({"tax_code": "reduced"}, "tax"),
        ({"name": "Ein Rennrad"}, "article"),
        ({"number": "ART-999"}, "article"),
        ({"quantity": Decimal("0.5")}, "article"),
        ({"unit": "pair"}, "article"),
        ({"demand_id": None}, "promise"),
    ],
)
def test_a_wrong_line_is_found(trade, changes, reason):
    bike = trade.offering(price="499.00")
    order = checked(trade, with_item(trade.new_order((bike, 1)), **changes))
    assert order.state == "held"
    assert reason in reasons(order)


def test_a_line_that_is_not_quantity_times_price_is_found(trade):
    order = trade.place(trade.new_order((trade.offering(price="499.00"), 1)))
    OrderLine.objects.filter(order=order, kind="item").update(gross_amount=1)
    deliver_all()
    assert {"line", "total"} <= reasons(order)


def test_a_wrong_total_or_tax_is_found(trade):
    first, second = (trade.place(trade.new_order((trade.offering(price="499.00"), 1))) for _ in range(2))
    Order.objects.filter(id=first.id).update(gross_amount=0, tax_amount=0, net_amount=0)
    Order.objects.filter(id=second.id).update(tax_amount=0, net_amount=second.gross_amount)
    deliver_all()
    assert (reasons(first), reasons(second)) == ({"total"}, {"total"})


def test_shipping_that_is_missing_doubled_or_cheaper_than_it_is_is_found(trade):
    def fresh():
        return trade.new_order((trade.offering(price="49.00"), 1))

    missing, doubled, cheaper, unknown = fresh(), fresh(), fresh(), fresh()
    item, parcel = doubled.lines
    missing = replace(missing, lines=missing.lines[:1])
    doubled = replace(doubled, lines=[item, parcel, replace(parcel, id=item.offering_id)])
    cheaper = replace(cheaper, lines=[cheaper.lines[0], replace(cheaper.lines[1], unit_price=Decimal(0))])
    unknown = replace(unknown, shipping_method="pigeon")
    found = [reasons(checked(trade, order)) for order in (missing, doubled, cheaper, unknown)]
    assert found == [{"shipping"}, {"shipping"}, {"price"}, {"price"}]


def test_shipping_is_free_from_an_amount_on_and_not_below(trade):
    assert checked(trade, trade.new_order((trade.offering(price="500.00"), 1))).state == "confirmed"
    ShippingMethod.objects.update(free_from=None)
    free = trade.new_order((trade.offering(price="500.00"), 1))
    free = replace(free, lines=[free.lines[0], replace(free.lines[1], unit_price=Decimal(0))])
    assert reasons(checked(trade, free)) == {"price"}


def test_what_is_not_on_sale_has_no_price_or_has_another_currency_is_found(trade):
    hidden, unpriced, fine = (trade.offering(price="49.00") for _ in range(3))
    drafts = [trade.new_order((article, 1), (fine, 1)) for article in (hidden, unpriced)]
    hidden.is_published = False
    hidden.save()
    unpriced.prices.all().delete()
    foreign = replace(trade.new_order((fine, 1)), currency="CHF")
    assert [reasons(checked(trade, draft)) for draft in drafts] == [{"price"}, {"price"}]
    assert {"currency", "price"} <= reasons(checked(trade, foreign))


def test_an_order_without_lines_is_found(trade):
    order = checked(trade, replace(trade.new_order((trade.offering(), 1)), lines=[]))
    assert {"empty"} <= reasons(order)


def test_prices_are_those_of_the_moment_of_placing(trade):
    bike = trade.offering(price="499.00")
    order = trade.place(trade.new_order((bike, 1)))
    price = bike.prices.get()
    price.valid = (price.valid.lower, order.placed_at.replace(year=order.placed_at.year + 1))
    price.save()
    deliver_all()
    order.refresh_from_db()
    assert order.state == "confirmed"


def test_nothing_of_a_held_order_is_charged_firm_released_or_shipped(trade):
    bike = trade.offering(price="499.00")
    order = checked(trade, with_item(trade.new_order((bike, 1)), unit_price=Decimal(1)))
    assert release_orders(ids=[order.id], by=trade.by, at=NOW) == []
    with pytest.raises(NothingToShip):
        trade.ship(order)
    deliver_all()
    order.refresh_from_db()
    assert (order.state, order.released_at) == ("held", None)
    assert not Charge.objects.filter(order=order).exists()
    assert not Milestone.objects.filter(order=order).exists()
    told = (
        Event.objects.filter(subject_id=order.id, type__startswith="orders.")
        .order_by("id")
        .values_list("type", flat=True)
    )
    assert list(told) == ["orders.OrderPlaced", "orders.OrderHeld"]


def test_one_wrong_order_holds_up_no_other(trade):
    bike = trade.offering(price="499.00")
    wrong = trade.place(with_item(trade.new_order((bike, 1)), unit_price=Decimal(1)))
    right = trade.place(trade.new_order((bike, 1)))
    deliver_all()
    assert set(Order.objects.values_list("id", "state")) == {(wrong.id, "held"), (right.id, "confirmed")}


def test_dear_orders_and_unpaid_ones_wait_for_somebody(trade, house):
    dear = checked(trade, trade.new_order((trade.offering(price=str(house.release_limit + 1)), 1)))
    unpaid = checked(trade, trade.new_order((trade.offering(price="49.00"), 1), payment_method="prepayment"))
    assert [(order.state, order.released_at) for order in (dear, unpaid)] == [("confirmed", None)] * 2
    for order in (dear, unpaid):
        with pytest.raises(NothingToShip):
            trade.ship(order)
