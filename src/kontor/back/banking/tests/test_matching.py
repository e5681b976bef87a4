"""Settling by hand and giving money back, as a bookkeeper and the colleague who approves see it."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from conftest import make_account
from django.db import IntegrityError, transaction

from kontor.back.banking import queries
from kontor.back.banking.actions import NewRefund, approve_refund, ask_refund, decline_refund
from kontor.back.banking.errors import MakerIsNeverChecker, MoreThanCredit, RefundIsDecided
from kontor.back.banking.models import Refund
from kontor.back.invoicing.models import Invoice
from kontor.back.ledger.errors import ItemIsGone, MoreThanOpen, NothingToMatch, NotTheSameParty
from kontor.back.ledger.matching import match_items
from kontor.back.ledger.models import Match, OpenItem
from kontor.back.ledger.queries import books_that_disagree, trial_balance, verify
from kontor.bridge.orders.actions import cancel_order, cancel_rest
from kontor.bridge.payments.actions import NewPayment, record_payments
from kontor.bridge.payments.models import Payment
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.errors import NotAllowed, NotFound
from kontor.kernel.events.dispatching import deliver_all
from tests.trade import NOW, Trade

BY = the_house()
IBAN = "DE02120300000000202051"


def billed(trade: Trade, price: str, party=None):
    """A shipped and billed order; shipping adds 5.95."""
    order = trade.order((trade.offering(price=price), 1), party=party)
    trade.ship(order)
    return order


def arrived(amount: str, *, party_id=None, reference: str = "Danke") -> OpenItem:
    """Money nobody has assigned yet, posted."""
    payment = NewPayment(
        key=uuid4(),
        method="transfer",
        amount=Decimal(amount),
        currency="EUR",
        received_on=NOW.date(),
        reference=reference,
        party_id=party_id,
    )
    record_payments(payments=[payment], by=BY, at=NOW)
    deliver_all()
    return OpenItem.objects.get(source="payment", source_id=payment.id)


def item_of(order) -> OpenItem:
    return OpenItem.objects.get(source="invoice", order_id=order.id)


def match(credit: OpenItem, shares: dict[UUID, Decimal], *, key: UUID | None = None, by: Actor = BY) -> bool:
    return match_items(credit_id=credit.id, shares=shares, key=key or uuid4(), by=by, at=NOW)


def open_of(item: OpenItem) -> Decimal:
    item.refresh_from_db()
    return item.open_amount


def test_one_payment_settles_several_invoices_and_the_rest_stays_a_credit(trade):
    party = trade.party()
    first, second = billed(trade, "100.00", party), billed(trade, "50.00", party)
    credit = arrived("200.00", party_id=party.id)

    assert match(credit, {item_of(first).id: Decimal("105.95"), item_of(second).id: Decimal("20.00")})

    assert open_of(item_of(first)) == 0
    assert open_of(item_of(second)) == Decimal("35.95")
    assert open_of(credit) == Decimal("-74.05")
    for order in (first, second):
        order.refresh_from_db()
    assert first.paid_at is not None
    assert second.paid_at is None
    assert books_that_disagree() == []


def test_a_second_click_settles_nothing_more(trade):
    party = trade.party()
    order = billed(trade, "100.00", party)
    credit, key = arrived("80.00", party_id=party.id), uuid4()

    assert match(credit, {item_of(order).id: Decimal("40.00")}, key=key)
    assert not match(credit, {item_of(order).id: Decimal("40.00")}, key=key)

    assert Match.objects.count() == 1
    assert open_of(credit) == Decimal("-40.00")


def test_money_of_an_unknown_payer_may_settle_anybodys_invoice(trade):
    order = billed(trade, "100.00")
    credit = arrived("105.95")

    assert match(credit, {item_of(order).id: Decimal("105.95")})
    order.refresh_from_db()
    assert order.paid_at is not None


def test_what_does_not_fit_is_refused_and_changes_nothing(trade):
    anna, berta = trade.party(), trade.party(given_name="Berta")
    hers, other = billed(trade, "100.00", anna), billed(trade, "10.00", berta)
    credit = arrived("50.00", party_id=anna.id)

    for shares, refusal in (
        ({}, NothingToMatch),
        ({item_of(hers).id: Decimal(0)}, NothingToMatch),
        ({item_of(hers).id: Decimal("50.01")}, MoreThanOpen),
        ({item_of(hers).id: Decimal("-1.00")}, MoreThanOpen),
        ({item_of(other).id: Decimal("10.00")}, NotTheSameParty),
        ({uuid4(): Decimal("10.00")}, ItemIsGone),
        ({credit.id: Decimal("10.00")}, MoreThanOpen),
    ):
        with pytest.raises(refusal):
            match(credit, shares)
    with pytest.raises(NotAllowed):
        match(credit, {item_of(hers).id: Decimal("1.00")}, by=Actor(ActorKind.STAFF, name="X"))
    assert not Match.objects.exists()
    assert open_of(credit) == Decimal("-50.00")


def test_more_than_is_owed_of_a_small_invoice_is_refused(trade):
    party = trade.party()
    order, credit = billed(trade, "10.00", party), arrived("50.00", party_id=party.id)

    with pytest.raises(MoreThanOpen, match="15,95"):
        match(credit, {item_of(order).id: Decimal("15.96")})


@pytest.fixture
def people(house):
    return tuple(actor_for(make_account("accounting")) for _ in range(2))


@pytest.fixture
def overpaid(trade: Trade) -> OpenItem:
    """A customer paid 20.00 too much."""
    order = billed(trade, "100.00")
    trade.pay(order, Decimal("125.95"))
    return OpenItem.objects.get(source="payment")


def refund_of(item: OpenItem, amount: str = "20.00", key: UUID | None = None) -> NewRefund:
    return NewRefund(
        key=key or uuid4(), item_id=item.id, amount=Decimal(amount), reason="Zu viel gezahlt", iban=IBAN
    )


def test_a_refund_is_asked_for_approved_paid_posted_and_settled(overpaid, people):
    maker, checker = people
    refund_id = ask_refund(refund=refund_of(overpaid), by=maker, at=NOW)
    assert open_of(overpaid) == Decimal("-20.00")
    assert Payment.objects.count() == 1

    approve_refund(refund_id=refund_id, on=NOW.date(), by=checker, at=NOW)
    deliver_all()

    refund = Refund.objects.get()
    assert (refund.approved_by_id, refund.payment.amount) == (checker.id, Decimal("-20.00"))
    assert open_of(overpaid) == 0
    assert not OpenItem.objects.exclude(open_amount=0).exists()
    balances = {row.number: row.closing for row in trial_balance(NOW.date(), NOW.date())}
    assert (balances["1200"], balances["1400"]) == (Decimal("105.95"), Decimal(0))
    assert (verify().broken_at, books_that_disagree()) == (None, [])


def test_approving_twice_pays_once(overpaid, people):
    maker, checker = people
    refund_id = ask_refund(refund=refund_of(overpaid), by=maker, at=NOW)
    for _ in range(2):
        approve_refund(refund_id=refund_id, on=NOW.date(), by=checker, at=NOW)
        deliver_all()

    assert Payment.objects.filter(amount__lt=0).count() == 1


def test_the_maker_is_never_the_checker_not_even_round_python(overpaid, people):
    maker, _checker = people
    refund_id = ask_refund(refund=refund_of(overpaid), by=maker, at=NOW)

    with pytest.raises(MakerIsNeverChecker):
        approve_refund(refund_id=refund_id, on=NOW.date(), by=maker, at=NOW)
    with pytest.raises(IntegrityError, match="maker_is_never_checker"), transaction.atomic():
        Refund.objects.update(approved_by=maker.id)
    with pytest.raises(IntegrityError, match="only_an_approved_refund_is_paid"), transaction.atomic():
        Refund.objects.update(payment=Payment.objects.get())
    assert not Payment.objects.filter(amount__lt=0).exists()


def test_no_more_is_given_back_than_the_customer_has_left(overpaid, people):
    maker, _checker = people
    ask_refund(refund=refund_of(overpaid, "15.00"), by=maker, at=NOW)

    for amount in ("5.01", "20.00", "0.00", "-1.00"):
        with pytest.raises(MoreThanCredit, match="5,00"):
            ask_refund(refund=refund_of(overpaid, amount), by=maker, at=NOW)
    with pytest.raises(NotFound):
        ask_refund(
            refund=NewRefund(key=uuid4(), item_id=uuid4(), amount=Decimal(1), reason="x", iban=IBAN),
            by=maker,
            at=NOW,
        )
    assert Refund.objects.count() == 1


def test_asking_twice_with_one_form_asks_once(overpaid, people):
    maker, _checker = people
    wanted = refund_of(overpaid)
    assert ask_refund(refund=wanted, by=maker, at=NOW) == ask_refund(refund=wanted, by=maker, at=NOW)


def test_a_declined_refund_frees_the_credit_and_is_not_paid(overpaid, people):
    maker, checker = people
    refund_id = ask_refund(refund=refund_of(overpaid), by=maker, at=NOW)
    decline_refund(refund_id=refund_id, by=checker, at=NOW)
    decline_refund(refund_id=refund_id, by=checker, at=NOW)

    with pytest.raises(RefundIsDecided):
        approve_refund(refund_id=refund_id, on=NOW.date(), by=checker, at=NOW)
    assert queries.credit_by_id(overpaid.id).refundable == Decimal("20.00")


def test_a_credit_that_was_settled_meanwhile_is_not_paid_out(overpaid, trade, people):
    maker, checker = people
    refund_id = ask_refund(refund=refund_of(overpaid), by=maker, at=NOW)
    other = billed(trade, "30.00")
    OpenItem.objects.filter(order_id=other.id).update(party_id=overpaid.party_id)
    match(overpaid, {item_of(other).id: Decimal("10.00")})

    with pytest.raises(MoreThanOpen):
        approve_refund(refund_id=refund_id, on=NOW.date(), by=checker, at=NOW)
    assert not Payment.objects.filter(amount__lt=0).exists()
    assert Refund.objects.get().approved_at is None


def test_what_was_paid_for_a_cancelled_order_is_paid_back(trade, people):
    maker, checker = people
    order = trade.order((trade.offering(price="100.00"), 1), payment_method="prepayment")
    trade.pay(order, Decimal("105.95"))
    cancel_order(order_id=order.id, reason="Geirrt", by=BY, at=NOW)
    deliver_all()

    credit = OpenItem.objects.get(open_amount__lt=0)
    assert (credit.source, credit.open_amount) == ("credit_note", Decimal("-105.95"))
    refund_id = ask_refund(refund=refund_of(credit, "105.95"), by=maker, at=NOW)
    approve_refund(refund_id=refund_id, on=NOW.date(), by=checker, at=NOW)
    deliver_all()

    assert not OpenItem.objects.exclude(open_amount=0).exists()
    assert sum(row.closing for row in trial_balance(NOW.date(), NOW.date()) if row.kind == "revenue") == 0
    assert Invoice.objects.filter(kind="credit_note").count() == 1
    assert books_that_disagree() == []


def test_the_credit_of_a_cancelled_rest_is_paid_back_by_two_people(trade, people):
    maker, checker = people
    order = trade.order((trade.offering(price="100.00"), 5), payment_method="prepayment")
    trade.pay(order, Decimal("500.00"))
    trade.ship(order, quantities={order.lines.get(position=1).id: Decimal(3)})
    cancel_rest(order_id=order.id, reason="Dauert zu lange", by=BY, at=NOW)
    deliver_all()
    credit = OpenItem.objects.get(source="credit_note")
    assert credit.open_amount == Decimal("-200.00")

    refund_id = ask_refund(refund=refund_of(credit, "200.00"), by=maker, at=NOW)
    approve_refund(refund_id=refund_id, on=NOW.date(), by=checker, at=NOW)
    deliver_all()

    assert not OpenItem.objects.exclude(open_amount=0).exists()
    order.refresh_from_db()
    assert order.state == "done"
    assert books_that_disagree() == []
