"""The order page, as its customer, a stranger and the bearer of a mailed link see it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from kontor.bridge.documents.models import Document, DocumentFile
from kontor.bridge.orders.actions import cancel_order, cancel_rest
from kontor.bridge.orders.models import Order
from kontor.bridge.orders.paying import until_said
from kontor.bridge.parties.models import Token
from kontor.bridge.payments.models import PaymentIntent, ProviderMessage
from kontor.bridge.progress.models import Milestone
from kontor.bridge.promises.actions import move_receipts, plan_receipts
from kontor.bridge.promises.reasons import MoveReason
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.session import new_token, token_hash


@pytest.fixture
def ordered(shop, visitor):
    return Order.objects.get(number=visitor.buy(shop.bike(), 2))


@pytest.fixture
def link(ordered):
    token = new_token()
    Token.objects.create(
        hash=token_hash(token),
        party_id=ordered.party_id,
        kind="link",
        expires_at=datetime(2099, 1, 1, tzinfo=UTC),
    )
    return token


def arrive(order: Order) -> None:
    """Everything is with the customer."""
    for line in order.lines.filter(kind="item"):
        Milestone.objects.create(
            order_id=order.id, order_line_id=line.id, party_id=order.party_id,
            step="delivered", quantity=line.quantity, reached_at=datetime.now(UTC),
        )  # fmt: skip


def paper_of(
    order: Order, *, is_public: bool = True, number: str = "RE-000777", kind: str = "invoice"
) -> Document:
    document = Document.objects.create(
        id=uuid7(), kind=kind, number=number, party_id=order.party_id, subject_id=order.id,
        template_version="1", frozen={}, is_public=is_public,
    )  # fmt: skip
    content = b"%PDF-1.7 test"
    DocumentFile.objects.create(
        document=document, party_id=order.party_id, is_public=is_public, name=f"{number}.pdf",
        media_type="application/pdf", content=content, sha256=sha256(content).digest(),
    )  # fmt: skip
    return document


def test_the_page_says_what_of_the_order_was_cancelled_and_asks_for_the_rest_only(shop, visitor, ordered):
    line = ordered.lines.get(kind="item")
    shop.trade.ship(ordered, quantities={line.id: Decimal(1)})
    cancel_rest(order_id=ordered.id, reason="Internal words", by=the_house(), at=datetime.now(UTC))
    deliver_all()
    text = visitor.get(f"/orders/{ordered.number}/")
    assert "The rest of this order was cancelled on" in text and "1 cancelled" in text
    assert "Internal words" not in text
    owed = ordered.gross_amount - line.unit_price
    assert f"Amount €{owed:,.2f}" in text
    assert "Shipped (done)" in text, "all that will ever come has left"


def test_the_page_follows_the_goods(shop, visitor, ordered):
    text = visitor.get(f"/orders/{ordered.number}/")
    assert "With you by" in text and "Confirmed (done)" in text and "Shipped Delivered" in text
    line = ordered.lines.get(kind="item")
    shop.trade.ship(ordered, quantities={line.id: Decimal(1)})
    assert "1 of 2 pieces so far" in visitor.get(f"/orders/{ordered.number}/")
    shop.trade.ship(ordered)
    assert "Shipped (done)" in visitor.get(f"/orders/{ordered.number}/")
    shop.trade.pay(ordered, ordered.gross_amount)
    text = visitor.get(f"/orders/{ordered.number}/")
    assert "Paid on" in text and "Please pay" not in text


def state_on(page: str) -> str:
    """The word beside the number."""
    return page.split("With you by", maxsplit=1)[0].split("How far", maxsplit=1)[0]


def test_where_the_goods_are_counts_before_the_books(shop, visitor, ordered):
    line, url = ordered.lines.get(kind="item"), f"/orders/{ordered.number}/"
    assert "Confirmed" in state_on(visitor.get(url))
    shop.trade.ship(ordered, quantities={line.id: Decimal(1)})
    assert "Partly shipped" in state_on(visitor.get(url))
    shop.trade.ship(ordered)
    shop.trade.pay(ordered, ordered.gross_amount)
    ordered.refresh_from_db()
    assert ordered.state == "done" and "On its way" in state_on(visitor.get(url))
    arrive(ordered)
    assert "Complete" in state_on(visitor.get(url))


def test_a_day_that_is_over_is_no_promise_any_more(visitor, ordered):
    Order.objects.filter(id=ordered.id).update(promised_on=date(2020, 2, 3))
    text = visitor.get(f"/orders/{ordered.number}/")
    assert "It should already be with you" in text and "If the day moves" not in text


def test_who_is_being_checked_is_not_asked_for_money(visitor, ordered):
    Order.objects.filter(id=ordered.id).update(state="held", confirmed_at=None, promised_on=None)
    text = visitor.get(f"/orders/{ordered.number}/")
    assert "Being checked" in text and "Please pay" not in text


def test_a_cancelled_order_says_so_and_asks_for_nothing(shop, visitor, ordered):
    cancel_order(order_id=ordered.id, reason="changed my mind", by=shop.trade.by, at=datetime.now(UTC))
    deliver_all()
    text = visitor.get(f"/orders/{ordered.number}/")
    assert "Cancelled" in text and "Please pay" not in text and "changed my mind" not in text


def test_a_stranger_finds_no_such_order(ordered, another_visitor):
    stranger = another_visitor()
    for path in ("", "pay/", f"papers/{paper_of(ordered).id}/"):
        text = stranger.get(f"/orders/{ordered.number}/{path}")
        assert stranger.status == 404 and "There is no such order among yours." in text
    assert stranger.client.post(f"/orders/{ordered.number}/pay/").status_code == 404


def test_another_customer_finds_no_such_order(shop, ordered, another_visitor):
    other = another_visitor()
    own = other.buy(shop.bike())
    other.get(f"/orders/{ordered.number}/")
    assert other.status == 404
    document = paper_of(ordered)
    other.get(f"/orders/{own}/papers/{document.id}/")
    assert other.status == 404  # behind an order of one's own neither


@pytest.mark.parametrize("number", ["A-1", "%00", "x" * 3000, "' OR 1=1", "A-%C3%28", "..", "💩"])
def test_a_made_up_number_is_no_order(shop, ordered, visitor, number):
    visitor.get(f"/orders/{number}/")
    assert visitor.status == 404


def test_papers_are_downloaded_by_their_customer_when_they_are_public(ordered, visitor):
    document, secret = paper_of(ordered), paper_of(ordered, is_public=False, number="L-1")
    text = visitor.get(f"/orders/{ordered.number}/")
    assert "RE-000777" in text and "L-1" not in text
    response = visitor.client.get(f"/orders/{ordered.number}/papers/{document.id}/")
    assert response.content == b"%PDF-1.7 test" and "RE-000777.pdf" in response.headers["Content-Disposition"]
    assert (
        response.headers["Content-Type"] == "application/pdf"
        and "attachment" in response.headers["Content-Disposition"]
    )
    assert visitor.client.get(f"/orders/{ordered.number}/papers/{secret.id}/").status_code == 404


def test_a_mailed_link_opens_the_order_without_a_login_and_nothing_else(ordered, link, another_visitor):
    reader = another_visitor()
    text = reader.get(f"/o/{link}")
    assert reader.path == f"/o/{link}/{ordered.number}/" and f"Order {ordered.number}" in text
    assert "kontor_visit" not in reader.client.cookies
    reader.get(f"/orders/{ordered.number}/")
    assert reader.status == 404
    document = paper_of(ordered)
    assert reader.client.get(f"/o/{link}/{ordered.number}/papers/{document.id}/").content == b"%PDF-1.7 test"


def test_a_guessed_link_opens_nothing(ordered, another_visitor):
    reader = another_visitor()
    for token in ("a" * 43, "short", new_token()):
        reader.get(f"/o/{token}/")
        assert reader.status == 404
        reader.get(f"/o/{token}/{ordered.number}/")
        assert reader.status == 404


def test_the_page_needs_no_more_than_six_statements(ordered, visitor):
    visitor.get(f"/orders/{ordered.number}/")
    with CaptureQueriesContext(connection) as log:
        visitor.get(f"/orders/{ordered.number}/")
    facts = (
        "orders_shippingmethod",
        "parties_house",
        "catalogue_category",
        "SET ROLE",
        "set_config",
        "rules_taxrate",
    )
    assert sum(not any(word in entry["sql"] for word in facts) for entry in log.captured_queries) <= 6


def test_paying_again_is_a_new_attempt_and_only_for_what_waits(shop, visitor, ordered, monkeypatch):
    monkeypatch.setattr("kontor.front.account.views.orders._PATIENCE_SECONDS", 0.0)
    visitor.post(f"/orders/{ordered.number}/pay/")
    assert (
        "This order does not wait for an online payment." in visitor.text
        and PaymentIntent.objects.count() == 0
    )
    Order.objects.filter(id=ordered.id).update(payment_method="provider")
    text = visitor.get(f"/orders/{ordered.number}/")
    assert "Your order waits for the online payment." in text
    visitor.post(f"/orders/{ordered.number}/pay/")
    PaymentIntent.objects.update(state="failed")
    text = visitor.get(f"/orders/{ordered.number}/pay/")
    assert "The payment did not work out. Nothing was charged." in text
    visitor.post(f"/orders/{ordered.number}/pay/")
    assert PaymentIntent.objects.count() == 2


def test_the_order_page_says_that_the_payment_failed_and_offers_another_try(
    shop, visitor, ordered, monkeypatch
):
    monkeypatch.setattr("kontor.front.account.views.orders._PATIENCE_SECONDS", 0.0)
    failed, waits = "The payment did not work out. Nothing was charged.", "waits for the online payment"
    Order.objects.filter(id=ordered.id).update(payment_method="provider")
    path = f"/orders/{ordered.number}/"
    visitor.post(f"{path}pay/")
    assert waits in visitor.get(path) and failed not in visitor.text
    PaymentIntent.objects.update(state="failed")
    assert failed in visitor.get(path) and waits not in visitor.text and "Try again" in visitor.text
    assert f"Your order {ordered.number} stands" in visitor.text
    visitor.post(f"{path}pay/")  # a new attempt: the old failure is past
    assert waits in visitor.get(path) and failed not in visitor.text
    PaymentIntent.objects.update(state="failed")
    Order.objects.filter(id=ordered.id).update(paid_at=datetime.now(UTC))  # paid otherwise
    assert "Paid on" in visitor.get(path) and failed not in visitor.text
    Order.objects.filter(id=ordered.id).update(
        paid_at=None, state="cancelled", cancelled_at=datetime.now(UTC)
    )
    assert failed not in visitor.get(path)


def test_webhooks_are_kept_raw_once_and_believed_by_nobody_here(shop, visitor):
    headers = {"webhook-id": "msg_1", "webhook-timestamp": "1", "webhook-signature": "v1,made-up"}
    for _ in range(2):
        response = visitor.client.post(
            "/webhooks/provider/",
            b'{"type":"payment.paid"}',
            content_type="application/json",
            headers=headers,
        )
        assert response.status_code == 204
    message = ProviderMessage.objects.get()
    assert bytes(message.body) == b'{"type":"payment.paid"}' and message.handled_at is None
    response = visitor.client.post("/webhooks/provider/", b"x" * 70_000, content_type="text/plain")
    assert response.status_code == 413 and ProviderMessage.objects.count() == 1
    assert visitor.client.get("/webhooks/provider/").status_code == 405


def test_my_orders_are_listed_newest_first(shop, visitor):
    first, second = visitor.buy(shop.bike()), visitor.buy(shop.bike())
    party = Order.objects.get(number=first).party_id
    token = new_token()
    Token.objects.create(
        hash=token_hash(token), party_id=party, kind="session", expires_at=datetime(2099, 1, 1, tzinfo=UTC)
    )
    visitor.client.cookies["kontor_visit"] = token
    text = visitor.get("/account/")
    assert text.index(second) < text.index(first)
    for page in ("0", "-1", "x", "99999999999", "²"):
        visitor.get(f"/account/?page={page}")
        assert visitor.status == 200


def test_a_receipt_that_moves_takes_the_promised_day_along_and_says_why(shop, visitor):
    at = datetime.now(UTC)
    bike = shop.bike(stock=1)
    shop.trade.order((bike, 1))
    [receipt] = plan_receipts(
        receipts=[(bike.id, at + timedelta(days=10), Decimal(3), "BE-2601")], by=the_house(), at=at
    )
    order = Order.objects.get(number=visitor.buy(bike))
    before = order.promised_on
    move_receipts(
        ids=[receipt],
        starts_at=at + timedelta(days=24),
        reason=MoveReason.SUPPLIER_LATE,
        by=the_house(),
        at=at,
    )
    deliver_all()
    order.refresh_from_db()
    assert before is not None and order.promised_on > before + timedelta(days=10)
    text = visitor.get(f"/orders/{order.number}/")
    assert "the day moved from" in text and "Our supplier delivers later" in text and "BE-2601" not in text
    assert Event.objects.filter(type="orders.PromiseDateMoved", subject=order.number).count() == 1


def test_a_receipt_that_moves_leaves_orders_alone_that_do_not_hang_on_it(shop, visitor, ordered):
    at = datetime.now(UTC)
    bike = shop.bike(stock=1)
    shop.trade.order((bike, 1))
    [receipt] = plan_receipts(
        receipts=[(bike.id, at + timedelta(days=10), Decimal(3), "BE-1")], by=the_house(), at=at
    )
    before = ordered.promised_on
    move_receipts(
        ids=[receipt], starts_at=at + timedelta(days=24), reason=MoveReason.TRANSPORT, by=the_house(), at=at
    )
    deliver_all()
    ordered.refresh_from_db()
    assert ordered.promised_on == before and "the day moved" not in visitor.get(f"/orders/{ordered.number}/")


def test_a_partly_shipped_line_says_how_much_has_left_and_what_the_rest_waits_for(shop, visitor):
    order = Order.objects.get(number=visitor.buy(shop.bike(), 2))
    line = order.lines.get(kind="item")
    shop.trade.ship(order, quantities={line.id: Decimal(1)})
    text = visitor.get(f"/orders/{order.number}/")
    assert "1 of 2 shipped" in text and "The rest is being packed" in text and "Since " in text
    shop.trade.ship(order)
    text = visitor.get(f"/orders/{order.number}/")
    assert "of 2 shipped" not in text and "The rest" not in text


def test_after_a_return_the_page_says_who_writes_the_credit_note(shop, visitor, ordered):
    shop.trade.ship(ordered)
    shop.trade.come_back(ordered, 1)
    text = visitor.get(f"/orders/{ordered.number}/")
    assert "Your return is here (done)" in text
    assert "Credit note Our accounting writes it and sends it to you by mail." in text
    paper_of(ordered, kind="credit_note", number="RK-000777")
    text = visitor.get(f"/orders/{ordered.number}/")
    assert "Credit note (done)" in text and "Our accounting" not in text


@pytest.mark.parametrize("payment", ["prepayment", "provider"])
def test_the_customer_reads_until_when_to_pay_before_and_after_ordering(shop, visitor, payment):
    visitor.put(shop.bike(), 1)
    visitor.go_to_review()
    assert "Please pay by" in visitor.text
    number = visitor.buy(shop.bike(), 1, payment=payment)
    order = Order.objects.get(number=number)
    with override("en-gb"):
        until = until_said(payment, order.pay_until)
    visitor.get(f"/orders/{number}/")
    assert "Please pay by" in visitor.text and until in visitor.text
