"""Money and the end of an unpaid order at one moment, or one after the other: nothing is lost, exactly one wins."""

import json
import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from kontor.back.banking.online import handle_messages
from kontor.back.ledger.models import OpenItem
from kontor.back.ledger.queries import books_that_disagree
from kontor.back.production.tests.test_races import at_once
from kontor.bridge.orders.paying import NOT_PAID
from kontor.bridge.payments.actions import insert_payments, record_payments, take_message
from kontor.bridge.payments.models import Payment, PaymentIntent
from kontor.bridge.payments.signing import sign
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7
from kontor.kernel.tasks.models import Task
from kontor.kernel.transactions import transaction
from tests.clone import clone
from tests.window.test_unpaid import BY, face, face_at, order_of, payment_for, record_full, reminded, state_of

__all__ = ["clone"]


def test_part_of_the_money_keeps_the_order_and_asks_a_person_once(trade):
    order = order_of(trade)
    trade.pay(order, Decimal("50.00"), at=timezone.now())
    face(8)
    face(40)
    assert state_of(order)[0] == "confirmed"
    assert reminded(order) == 0
    task = Task.objects.get(kind="orders.part_paid")
    assert (task.subject, task.department, task.done_at) == (order.number, "order-administration", None)
    trade.pay(order, order.gross_amount - 50, at=timezone.now())
    face(40)
    task.refresh_from_db()
    order.refresh_from_db()
    assert task.done_at is not None and order.paid_at is not None


def test_money_that_is_recorded_and_not_posted_yet_counts(trade):
    order = order_of(trade)
    record_full(order)
    face(400)
    assert state_of(order)[0] == "confirmed"
    deliver_all()
    assert state_of(order)[0] == "confirmed" and order.paid_at is not None
    assert not Task.objects.filter(kind="orders.part_paid").exists()


@pytest.mark.parametrize("by_reference", [True, False])
def test_money_that_lies_unassigned_keeps_the_order(trade, by_reference):
    order = order_of(trade)
    reference = f"Rg {order.number.replace('-', ' ')} danke" if by_reference else "Fahrrad"
    payment = payment_for(
        order,
        "205.95",
        reference=reference,
        order_id=None,
        party_id=None if by_reference else order.party_id,
    )
    record_payments(payments=[payment], by=BY, at=timezone.now())
    deliver_all()
    face(400)
    assert state_of(order)[0] == "confirmed"
    assert Task.objects.filter(kind="orders.part_paid", subject=order.number).count() == 1


def test_money_for_a_cancelled_order_is_the_customers_credit(trade):
    order = order_of(trade)
    face(8)
    face(40)
    deliver_all()
    trade.pay(order, order.gross_amount, at=timezone.now())
    assert state_of(order) == ("cancelled", NOT_PAID)
    [credit] = OpenItem.objects.filter(order_id=order.id).exclude(open_amount=0)
    assert (credit.source, credit.open_amount) == ("payment", -order.gross_amount)
    assert books_that_disagree() == []


def test_a_webhook_after_the_end_is_a_credit_and_accounting_is_told_once(clone):
    order = order_of(clone.trade, method="provider")
    intent = PaymentIntent.objects.create(id=uuid7(), order=order, party_id=order.party_id, state="open")
    PaymentIntent.objects.filter(id=intent.id).update(asked_at=order.placed_at)
    face_at(order.lapses_at)
    deliver_all()
    said = {"id": "p", "intent": str(intent.id), "amount": str(order.gross_amount), "currency": "EUR"}
    for number in (1, 2):
        body = json.dumps({"type": "payment.paid", "data": said}).encode()
        stamp, name = int(timezone.now().timestamp()), f"late-{order.number}-{number}"
        secret = settings.HOUSE.secret("provider")
        headers = {
            "webhook-id": name,
            "webhook-timestamp": str(stamp),
            "webhook-signature": sign(secret, message_id=name, timestamp=stamp, body=body),
        }
        take_message(provider="test", message_id=name, headers=headers, body=body, by=BY, at=timezone.now())
        handle_messages(by=BY, at=timezone.now())
        deliver_all()
    assert state_of(order) == ("cancelled", NOT_PAID)
    [credit] = OpenItem.objects.filter(order_id=order.id).exclude(open_amount=0)
    assert (credit.source, credit.open_amount) == ("payment", -order.gross_amount)
    task = Task.objects.get(subject=order.number)
    assert (task.kind, task.department, task.done_at) == ("payments.late", "accounting", None)
    assert books_that_disagree() == []


def test_a_payment_and_the_sweep_at_the_same_moment_exactly_one_wins(clone):
    trade = clone.trade
    orders = [order_of(trade) for _ in range(6)]
    face(8)
    later = timezone.now() + timedelta(days=40)

    def pay() -> None:
        for order in orders:
            record_full(order)
            deliver_all()

    at_once(pay, lambda: face_at(later), lambda: face_at(later))
    face_at(later)
    deliver_all()
    for order in orders:
        state, _reason = state_of(order)
        credit = sum(
            OpenItem.objects.filter(order_id=order.id, open_amount__lt=0).values_list(
                "open_amount", flat=True
            )
        )
        if state == "cancelled":
            assert order.paid_at is None and credit == -order.gross_amount
        else:
            assert (state, order.paid_at is not None, credit) == ("confirmed", True, 0)
        assert Event.objects.filter(subject_id=order.id, type="orders.OrderCancelled").count() <= 1
        assert Payment.objects.filter(order=order).count() == 1
    assert books_that_disagree() == []


def test_money_that_is_recorded_while_the_order_ends_is_the_customers_credit(clone):
    order = order_of(clone.trade)
    face(8)
    written, over = threading.Event(), threading.Event()

    def pay() -> None:
        @transaction
        def slowly() -> None:
            insert_payments([payment_for(order, order.gross_amount)], by=BY, at=timezone.now())
            written.set()
            over.wait(20)

        try:
            slowly()
        finally:
            written.set()
            connection.close()

    thread = threading.Thread(target=pay)
    thread.start()
    written.wait(20)
    assert face(40) == 1
    over.set()
    thread.join(20)
    deliver_all()
    assert state_of(order) == ("cancelled", NOT_PAID)
    [credit] = OpenItem.objects.filter(order_id=order.id).exclude(open_amount=0)
    assert credit.open_amount == -order.gross_amount
    assert books_that_disagree() == []
