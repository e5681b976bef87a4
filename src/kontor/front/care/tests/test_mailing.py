"""The mails of the house, as the customer who reads them sees them."""

import re
from decimal import Decimal
from hashlib import sha256

import pytest
import time_machine

from kontor.bridge.documents.models import Document
from kontor.bridge.orders.actions import cancel_order, cancel_rest
from kontor.bridge.parties.models import Login, LoginRequest, Party, Token
from kontor.front.care.mailing.sending import (
    answer_login_requests,
    send_confirmations,
    send_rest_cancellations,
)
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.tasks.models import Mail
from tests.trade import NOW

BY = the_house()


def text_of(key: str) -> str:
    return Mail.objects.get(key__startswith=key).text


def test_a_confirmed_order_is_confirmed_by_mail_with_sums_link_and_paper(trade):
    order = trade.order(
        (trade.offering(price="1099.00", name="Rennrad"), 1), (trade.offering(price="9.95"), 2)
    )

    assert send_confirmations(ids=[order.id], by=BY, at=NOW) == 1

    mail = Mail.objects.get(key=f"orders.confirmed:{order.id}")
    assert mail.recipient == "anna.behrens@example.org"
    assert mail.subject == f"Ihre Bestellung {order.number} bei Weserrad GmbH"
    for words in ("1 × Rennrad", "1.118,90 €", "178,65 €", "14 Tage", "widerrufen"):
        assert words in mail.text, mail.text
    assert bytes(mail.attachment).startswith(b"%PDF-")
    token = re.search(rf"/o/([A-Za-z0-9_-]{{43}})/{order.number}/$", mail.text, re.MULTILINE)[1]
    link = Token.objects.get(hash=sha256(token.encode()).digest())
    assert (link.party_id, link.kind, (link.expires_at - NOW).days) == (order.party_id, "link", 90)
    assert Document.objects.get(kind="confirmation").number == order.number


def test_nobody_is_told_twice(trade):
    order = trade.order((trade.offering(), 1))
    send_confirmations(ids=[order.id], by=BY, at=NOW)

    assert send_confirmations(ids=[order.id], by=BY, at=NOW) == 0
    assert Mail.objects.count() == 1
    assert Token.objects.filter(kind="link").count() == 1


def test_an_order_that_was_cancelled_meanwhile_is_not_confirmed(trade):
    order = trade.order((trade.offering(), 1))
    cancel_order(order_id=order.id, reason="Geirrt", by=BY, at=NOW)

    assert send_confirmations(ids=[order.id], by=BY, at=NOW) == 0
    assert not Mail.objects.filter(key__startswith="orders.confirmed").exists()


def test_whose_rest_was_cancelled_is_told_once_what_will_not_come(trade):
    order = trade.order((trade.offering(name="Rad"), 3), (trade.offering(name="Glocke"), 1))
    quantities = {line.id: Decimal(1) for line in order.lines.filter(kind="item")}
    trade.ship(order, quantities=quantities)
    with time_machine.travel(NOW, tick=False):
        cancel_rest(order_id=order.id, reason="Intern: Lieferant pleite", by=BY, at=NOW)
        deliver_all()
        send_rest_cancellations(ids=[order.id], by=BY, at=NOW)

    mail = Mail.objects.get(key=f"orders.rest_cancelled:{order.id}")
    assert mail.subject == f"Der Rest Ihrer Bestellung {order.number} ist storniert"
    assert "2 × Rad" in mail.text
    assert "Glocke" not in mail.text and "Lieferant" not in mail.text


def test_who_pays_first_is_told_account_amount_and_reference(trade):
    order = trade.order((trade.offering(price="100.00"), 1), payment_method="prepayment")
    send_confirmations(ids=[order.id], by=BY, at=NOW)

    text = text_of("orders.confirmed")
    assert f"105,95 € mit dem Verwendungszweck {order.number}" in text.replace("\n", " ")
    assert "IBAN DE02 1203 0000 0000 2020 51" in text


def test_an_english_order_is_confirmed_in_english(trade):
    new = trade.new_order((trade.offering(), 1))
    object.__setattr__(new, "language", "en")
    order = trade.place(new)
    deliver_all()
    send_confirmations(ids=[order.id], by=BY, at=NOW)

    assert Mail.objects.get().subject == f"Your order {order.number} at Weserrad GmbH"
    assert "We confirm it herewith" in text_of("orders.confirmed")


def test_a_cancelled_order_is_told(trade):
    with time_machine.travel(NOW):
        order = trade.order((trade.offering(), 1))
        cancel_order(order_id=order.id, reason="Geirrt", by=BY, at=NOW)
        deliver_all()

    assert "ist storniert" in text_of("orders.cancelled")


@pytest.fixture
def request_for():
    def make(kind: str, email: str = "neu@example.org") -> LoginRequest:
        return LoginRequest.objects.create(
            kind=kind,
            party_id="0192f0c0-0000-7000-8000-000000000001",
            email=email,
            given_name="Nele",
            family_name="Neu",
            salt=b"s" * 16,
            verifier=b"v" * 32,
        )

    return make


def test_who_signs_up_gets_a_link_that_lasts_a_day(trade, request_for):
    asked = request_for("sign_up")
    answer_login_requests(ids=[asked.id], by=BY, at=NOW)
    answer_login_requests(ids=[asked.id], by=BY, at=NOW)

    token = re.search(r"/account/confirm/([A-Za-z0-9_-]{43})/", text_of("parties.login"))[1]
    asked.refresh_from_db()
    assert bytes(asked.token_hash) == sha256(token.encode()).digest()
    assert (asked.expires_at - NOW).total_seconds() == 24 * 3600
    assert Mail.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Dr. Nele M. Neu", "Guten Tag Dr. Nele M. Neu,"),
        ("Nele\r\n\r\nNeu", "Guten Tag Nele Neu,"),
        ("Gewonnen: bank.example", "Guten Tag,"),
        ("https://x", "Guten Tag,"),
        ("geld@x", "Guten Tag,"),
    ],
)
def test_nobody_sends_an_address_of_theirs_to_a_strangers_mailbox(trade, request_for, name, greeting):
    asked = request_for("sign_up")
    LoginRequest.objects.filter(id=asked.id).update(given_name="", family_name=name)
    answer_login_requests(ids=[asked.id], by=BY, at=NOW)
    assert text_of("parties.login").startswith(f"{greeting}\n")


def test_a_known_e_mail_is_told_that_it_has_an_account_and_a_stranger_learns_nothing(trade, request_for):
    party = Party.objects.create(given_name="Anna", family_name="Behrens", email="anna@example.org")
    Login.objects.create(party=party, email="Anna@example.org", salt=b"s" * 16, verifier=b"v" * 32)
    again, reset, unknown = (
        request_for("sign_up", "anna@example.org"),
        request_for("reset", "anna@example.org"),
        request_for("reset", "niemand@example.org"),
    )
    answer_login_requests(ids=[again.id, reset.id, unknown.id], by=BY, at=NOW)

    texts = {mail.key: mail.text for mail in Mail.objects.all()}
    assert set(texts) == {f"parties.login:{again.id}", f"parties.login:{reset.id}"}
    assert "confirm" not in texts[f"parties.login:{again.id}"]
    assert re.search(r"/account/reset/[A-Za-z0-9_-]{43}/", texts[f"parties.login:{reset.id}"])
    for request in (again, unknown):
        request.refresh_from_db()
        assert request.token_hash is None
