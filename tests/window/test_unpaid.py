"""Orders that wait for money: told until when, reminded once, ended once, and never where any money has come in."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from conftest import make_account
from django.utils import timezone
from django.utils.translation import override

from kontor.back.invoicing.models import Invoice
from kontor.back.ledger.models import OpenItem
from kontor.back.ledger.queries import books_that_disagree
from kontor.back.orderdesk.unpaid import face_unpaid
from kontor.back.production.tests.test_races import at_once
from kontor.bridge.documents.actions import PRESS
from kontor.bridge.orders.actions import cancel_order, release_orders
from kontor.bridge.orders.models import Order
from kontor.bridge.orders.paying import NOT_PAID, deadline, paying_said
from kontor.bridge.parties.models import House
from kontor.bridge.parties.queries import current_house, forget_house_terms, house_terms
from kontor.bridge.payments.actions import NewPayment, record_payments
from kontor.bridge.payments.models import PaymentIntent
from kontor.bridge.promises.models import Promise
from kontor.front.care.mailing.papers import confirmation_paper
from kontor.front.care.mailing.sending import send_confirmations, send_reminders
from kontor.front.shop.tests.conftest import shop, visitor
from kontor.kernel.actor.identity import the_house
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.clocks.calendars import day_of
from kontor.kernel.errors import NotAllowed
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7
from kontor.kernel.tasks.models import Mail, MailFile
from kontor.kernel.ui import formats
from tests.clone import clone

__all__ = ["clone", "shop", "visitor"]
BY = the_house()


@pytest.fixture(autouse=True)
def _terms_of_the_next_test():
    yield
    forget_house_terms()


def order_of(trade, *, method="prepayment", price="100.00", **options):
    """An order of today that is paid ahead."""
    order = trade.place(
        trade.new_order((trade.offering(price=price, stock=3), 2), payment_method=method, **options),
        at=timezone.now(),
    )
    deliver_all()
    order.refresh_from_db()
    return order


def face(days: float) -> int:
    """What the worker's sweep does so many days from now."""
    return face_at(timezone.now() + timedelta(days=days))


def face_at(at: datetime) -> int:
    return face_unpaid(by=BY, at=at)


def state_of(order) -> tuple[str, str]:
    order.refresh_from_db()
    return order.state, order.cancel_reason


def reminded(order) -> int:
    return Event.objects.filter(subject_id=order.id, type="orders.PaymentReminded").count()


def set_terms(**terms: int) -> None:
    House.objects.update(**terms)
    forget_house_terms()


def payment_for(order, amount, *, reference="", order_id=..., party_id=...):
    return NewPayment(
        key=uuid7(),
        method="transfer",
        amount=Decimal(amount),
        currency="EUR",
        received_on=timezone.now().date(),
        reference=reference or order.number,
        order_id=order.id if order_id is ... else order_id,
        party_id=order.party_id if party_id is ... else party_id,
    )


def record_full(order) -> None:
    record_payments(payments=[payment_for(order, order.gross_amount)], by=BY, at=timezone.now())


# -- the days ---------------------------------------------------------------------------------------------------------


def test_a_transfer_has_until_a_working_day_and_one_banking_day_more(trade):
    friday = datetime.fromisoformat("2026-11-20T10:00:00+01:00")
    found = deadline(
        "prepayment", at=friday - timedelta(days=6), zone=house_terms().zone, terms=house_terms()
    )
    # The 14th day is Saturday 28 November: paid on Monday (§ 193 BGB), there on Tuesday.
    assert found.until.astimezone(house_terms().zone).date().isoformat() == "2026-11-30"
    assert found.lapses_at.astimezone(house_terms().zone).isoformat() == "2026-12-02T00:00:00+01:00"
    assert found.remind_at.isoformat() == "2026-11-21T08:00:00+01:00"


@pytest.mark.parametrize(
    ("method", "terms", "expected"),
    [
        ("invoice", {}, (False, False, False)),
        ("prepayment", {"prepayment_days": 0}, (False, True, False)),
        ("prepayment", {"reminder_days": 0}, (True, False, True)),
        ("prepayment", {"prepayment_days": 3, "reminder_days": 7}, (True, False, True)),
        ("provider", {"online_hours": 0}, (False, False, False)),
        ("provider", {"online_hours": 1}, (True, False, True)),
    ],
)
def test_nought_is_never(trade, method, terms, expected):
    set_terms(**terms)
    at = datetime.fromisoformat("2026-11-20T10:00:00+01:00")
    found = deadline(method, at=at, zone=house_terms().zone, terms=house_terms())
    assert tuple(value is not None for value in (found.until, found.remind_at, found.lapses_at)) == expected
    said = paying_said(method, at=at, zone=house_terms().zone, terms=house_terms())
    assert bool(said) == expected[0]


def test_the_days_count_from_the_confirmation_not_from_the_order_so_a_lived_through_past_is_not_swept(trade):
    long_ago = timezone.now() - timedelta(days=60)
    order = trade.place(
        trade.new_order((trade.offering(stock=3), 1), payment_method="prepayment"), at=long_ago
    )
    deliver_all()
    assert face(0) == 0
    order.refresh_from_db()
    assert order.lapses_at > timezone.now() + timedelta(days=13)
    assert state_of(order)[0] == "confirmed"


def test_imports_orders_on_invoice_and_orders_of_before_are_never_touched(trade):
    on_invoice = order_of(trade, method="invoice")
    imported = order_of(trade)
    Order.objects.filter(id=imported.id).update(
        channel="import", pay_until=None, remind_at=None, lapses_at=None
    )
    assert face(400) == 0
    assert [state_of(order)[0] for order in (on_invoice, imported)] == ["confirmed", "confirmed"]


def test_mail_and_paper_say_until_when_and_the_paper_is_the_same_whenever_it_is_printed(trade):
    order = order_of(trade)
    send_confirmations(ids=[order.id], by=BY, at=timezone.now())
    house = current_house()
    with override("de"):
        day = formats.day(order.pay_until, "weekday")
        assert (
            formats.day(order.pay_until, "long") in Mail.objects.get(key=f"orders.confirmed:{order.id}").text
        )
    paper = confirmation_paper(Order.objects.get(id=order.id), house)
    assert paper.issued_on == paper.ordered_on == day_of(order.placed_at, house_terms().zone)
    assert day in paper.payment_terms and "überweisen" in paper.payment_terms
    printed = PRESS.printed(paper).pdf
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        assert PRESS.printed(confirmation_paper(Order.objects.get(id=order.id), house)).pdf == printed


def test_the_paper_of_an_order_to_be_paid_online_does_not_say_that_it_is_paid(trade):
    order = order_of(trade, method="provider")
    terms = confirmation_paper(Order.objects.get(id=order.id), current_house()).payment_terms
    assert "online" in terms and "Uhr" in terms and "bezahlt" not in terms


# -- reminded once ----------------------------------------------------------------------------------------------------


def test_a_customer_is_reminded_once_with_all_it_takes_to_pay(trade):
    order = order_of(trade)
    assert face(6) == 0
    assert face(8) == 1
    assert face(8) == 0
    assert reminded(order) == 1
    deliver_all()
    send_reminders(ids=[order.id], by=BY, at=timezone.now())
    mail = Mail.objects.get(key=f"orders.reminded:{order.id}")
    assert mail.subject == f"Ihre Bestellung {order.number} wartet auf Ihre Zahlung"
    for words in ("DE02 1203 0000 0000 2020 51", order.number, "205,95 €", "BYLADEM1001", "/o/"):
        assert words in mail.text, mail.text
    file = MailFile.objects.get(mail=mail)
    assert (file.media_type, bytes(file.content)[:4]) == ("image/png", b"\x89PNG")
    assert state_of(order)[0] == "confirmed"


def test_who_reads_english_is_reminded_in_english(trade):
    order = order_of(trade)
    Order.objects.filter(id=order.id).update(language="en")
    face(8)
    deliver_all()
    assert Mail.objects.get(key=f"orders.reminded:{order.id}").subject == (
        f"Your order {order.number} waits for your payment"
    )


def test_who_pays_between_the_reminder_and_its_mail_gets_none(trade):
    order = order_of(trade)
    face(8)
    record_full(order)
    deliver_all()
    assert not Mail.objects.filter(key__startswith="orders.reminded").exists()


def test_nobody_is_reminded_where_the_house_never_reminds(trade):
    set_terms(reminder_days=0)
    order = order_of(trade)
    assert face(13) == 0
    face(30)
    assert (reminded(order), state_of(order)) == (0, ("cancelled", NOT_PAID))


def test_after_a_long_standstill_a_customer_is_reminded_first_and_has_three_days_left(trade):
    order = order_of(trade)
    face(60)
    assert (reminded(order), state_of(order)[0]) == (1, "confirmed")
    assert order.pay_until > timezone.now() + timedelta(days=62)
    face(61)
    assert state_of(order)[0] == "confirmed"
    face(64)
    assert state_of(order) == ("cancelled", NOT_PAID)


# -- ended once -------------------------------------------------------------------------------------------------------


def test_what_nobody_pays_is_ended_as_the_office_ends_it(trade):
    order = order_of(trade)
    invoice = Invoice.objects.get(order=order)
    face(8)
    assert face_at(order.lapses_at - timedelta(seconds=1)) == 0
    assert face_at(order.lapses_at) == 1
    assert face_at(order.lapses_at) == 0
    deliver_all()
    assert state_of(order) == ("cancelled", NOT_PAID)
    assert not Promise.objects.filter(state__in=("hold", "firm")).exists()
    note = Invoice.objects.get(order=order, kind="credit_note")
    assert note.refers_to_id == invoice.id and note.gross_amount == -invoice.gross_amount
    assert set(OpenItem.objects.filter(order_id=order.id).values_list("open_amount", flat=True)) == {
        Decimal(0)
    }
    assert books_that_disagree() == []
    assert Event.objects.filter(subject_id=order.id, type="orders.OrderCancelled").count() == 1
    mail = Mail.objects.get(key=f"orders.cancelled:{order.id}")
    assert "keine Zahlung eingegangen" in mail.text and NOT_PAID not in mail.text


def test_an_online_order_ends_after_its_hours_without_a_reminder(trade):
    order = order_of(trade, method="provider")
    face(23 / 24)
    assert state_of(order)[0] == "confirmed"
    face(25 / 24)
    assert (reminded(order), state_of(order)) == (0, ("cancelled", NOT_PAID))


def test_who_is_just_paying_online_is_not_stopped_but_not_for_ever(trade):
    order = order_of(trade, method="provider")
    intent = PaymentIntent.objects.create(id=uuid7(), order=order, party_id=order.party_id, state="open")

    def at_hour(hours: float) -> str:
        at = order.placed_at + timedelta(hours=hours)
        PaymentIntent.objects.filter(id=intent.id).update(asked_at=at - timedelta(minutes=10))
        face_at(at)
        return state_of(order)[0]

    assert at_hour(24.2) == "confirmed"
    assert at_hour(26.2) == "cancelled"


def test_what_a_clerk_released_or_cancelled_is_left_alone(trade):
    released, cancelled = order_of(trade), order_of(trade)
    release_orders(ids=[released.id], by=BY, at=timezone.now())
    cancel_order(order_id=cancelled.id, reason="Doppelt", by=BY, at=timezone.now())
    assert face(400) == 0
    assert [state_of(order) for order in (released, cancelled)] == [
        ("confirmed", ""),
        ("cancelled", "Doppelt"),
    ]


def test_who_may_not_cancel_may_not_sweep(trade):
    with pytest.raises(NotAllowed):
        face_unpaid(by=actor_for(make_account("warehouse")), at=timezone.now())


def test_many_unpaid_orders_cost_a_handful_of_statements(trade, django_assert_max_num_queries):
    orders = [order_of(trade) for _ in range(5)]
    face(8)
    with django_assert_max_num_queries(12):
        assert face(40) == 5
    assert {state_of(order)[0] for order in orders} == {"cancelled"}


def test_two_workers_remind_and_end_once(clone):
    order = order_of(clone.trade)
    soon, later = (timezone.now() + timedelta(days=days) for days in (8, 40))
    at_once(lambda: face_at(soon), lambda: face_at(soon))
    deliver_all()
    assert reminded(order) == 1
    at_once(lambda: face_at(later), lambda: face_at(later))
    deliver_all()
    assert state_of(order)[0] == "cancelled"
    assert Event.objects.filter(subject_id=order.id, type="orders.OrderCancelled").count() == 1
    assert Mail.objects.filter(key__startswith=f"orders.reminded:{order.id}").count() == 1
    assert Mail.objects.filter(key__startswith=f"orders.cancelled:{order.id}").count() == 1


# -- what everybody reads ---------------------------------------------------------------------------------------------


def test_office_and_counter_read_until_when_and_why_it_ended(trade, staff_client):
    order = order_of(trade)
    office, counter = staff_client("back", "order-administration"), staff_client("desk", "care")
    with override("de"):
        day, until = formats.day(order.pay_until), formats.day(order.pay_until, "weekday")
    assert day in office.get("/orders/?step=payment&column=number&column=pay_until").content.decode()
    for client in (office, counter):
        assert f"bis {until} und wird" in client.get(f"/orders/{order.number}/").content.decode()
    face(8)
    assert "an die Zahlung erinnert" in office.get(f"/orders/{order.number}/").content.decode()
    face(40)
    assert day not in office.get(f"/orders/?q={order.number}&column=number&column=pay_until").content.decode()
    for client in (office, counter):
        page = client.get(f"/orders/{order.number}/").content.decode()
        assert "nicht rechtzeitig bezahlt" in page and NOT_PAID not in page


def test_a_person_reads_that_it_is_left_to_them(trade, staff_client):
    order = order_of(trade)
    trade.pay(order, Decimal("1.00"), at=timezone.now())
    face(8)
    page = staff_client("back", "order-administration").get(f"/orders/{order.number}/").content.decode()
    assert "nicht von selbst storniert" in page
    assert (
        "Zahlungsfrist ist vorbei"
        in staff_client("back", "order-administration").get("/tasks/").content.decode()
    )


def test_who_did_not_pay_reads_why_the_order_ended_and_pays_no_more(shop, visitor):
    number = visitor.buy(shop.bike(), 1, payment="provider")
    order = Order.objects.get(number=number)
    PaymentIntent.objects.filter(order=order).update(
        state="open", redirect_url="https://pay.example/1", asked_at=order.placed_at
    )
    face_unpaid(by=the_house(), at=order.lapses_at)
    deliver_all()
    visitor.get(f"/orders/{number}/")
    assert "No payment came in, so this order was cancelled." in visitor.text
    assert "Please pay" not in visitor.text and "not paid in time" not in visitor.text
    visitor.get(f"/orders/{number}/pay/")
    assert visitor.path == f"/orders/{number}/"
