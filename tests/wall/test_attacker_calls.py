"""An attacker with arbitrary SQL in the customers' process calls, holds, states and pays: nothing is forged or hogged."""

# ruff: noqa: E501 - a hostile statement reads better on one line

import json
import re

import psycopg
import pytest
from django.utils import timezone
from psycopg import errors as pg

from kontor.back.banking.online import sweep_messages
from kontor.back.logistics.models import Shipment
from kontor.bridge.charges.models import Charge
from kontor.bridge.payments.actions import take_message
from kontor.bridge.payments.models import Payment, PaymentIntent, ProviderMessage
from kontor.bridge.promises.models import Bucket
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Delivery
from kontor.kernel.ids import uuid7
from tests.wall.attack import REFUSED, Forgery, fact, hold, refused


@pytest.mark.parametrize("quantity", ["NaN", "-1", "0", "1e9", "1000.0001", None])
def test_absurd_quantities_are_refused(clone, victim, mallory, quantity):
    with pytest.raises(REFUSED), clone.customer(mallory["token"]) as customer:
        hold(customer, uuid7(), victim["article"], quantity)


def test_one_visitor_holds_so_much_and_no_more(clone, mallory):
    article = clone.trade.offering(price="1.00", stock=50_000, name="Schraube")

    def hold_again() -> None:
        with clone.customer(mallory["token"]) as customer:
            hold(customer, uuid7(), article, 1000)

    for _ in range(10):
        hold_again()
    with pytest.raises(REFUSED, match="too much"):
        hold_again()
    held = Bucket.objects.get(pool__offering=article).promised
    assert held == 10_000
    with pytest.raises(REFUSED), clone.customer(mallory["token"]) as customer:
        customer.execute(
            "SELECT * FROM kontor_hold(array_agg(gen_random_uuid()), array_agg(%s::uuid), array_agg(1::numeric), NULL, NULL) FROM generate_series(1, 10000)",
            [article.id],
        )


HOSTILE = [
    "SELECT * FROM kontor_hold(NULL, NULL, NULL, NULL, NULL)",
    "SELECT * FROM kontor_hold('{}', '{}', '{}', '{}', '{}')",
    "SELECT * FROM kontor_hold(ARRAY[NULL::uuid], ARRAY[NULL::uuid], ARRAY[1], NULL, NULL)",
    "SELECT * FROM kontor_hold(ARRAY[gen_random_uuid()], ARRAY[%(article)s::uuid, %(article)s::uuid], ARRAY[1], NULL, NULL)",
    "SELECT * FROM kontor_hold(ARRAY[gen_random_uuid(), gen_random_uuid()], ARRAY[%(article)s::uuid], ARRAY[1, 1], NULL, NULL)",
    "SELECT * FROM kontor_hold(ARRAY[%(same)s::uuid, %(same)s::uuid], ARRAY[%(article)s::uuid, %(article)s::uuid], ARRAY[1, 1], NULL, NULL)",
    "SELECT * FROM kontor_hold(ARRAY[gen_random_uuid()], ARRAY[%(article)s::uuid], ARRAY[1, 1], ARRAY['-infinity'::timestamptz], ARRAY['infinity'::timestamptz])",
    "SELECT * FROM kontor_hold(ARRAY[gen_random_uuid()], ARRAY[gen_random_uuid()], ARRAY[1], NULL, NULL)",
    "SELECT * FROM kontor_keep(NULL)", "SELECT * FROM kontor_keep(ARRAY[NULL::uuid])",
    "SELECT * FROM kontor_keep((SELECT array_agg(gen_random_uuid()) FROM generate_series(1, 10000)))",
    "SELECT kontor_let_go(NULL)", "SELECT kontor_let_go((SELECT array_agg(gen_random_uuid()) FROM generate_series(1, 10000)))",
    "SELECT * FROM kontor_visit()", "SELECT kontor_open_visit(NULL)", "SELECT kontor_open_visit('')",
    "SELECT kontor_open_visit(decode(repeat('00', 31), 'hex'))", "SELECT kontor_login_salt(NULL)",
    "SELECT kontor_login_salt(repeat('x', 100000))", "SELECT kontor_log_in(NULL, NULL, NULL)",
    "SELECT kontor_log_in('vera.victim@example.org', sha256('x'), sha256('y'))", "SELECT kontor_confirm_sign_up(NULL, NULL, NULL)",
    "SELECT kontor_confirm_sign_up(sha256('a'), sha256('b'), sha256('c'))", "SELECT kontor_reset_password(NULL, NULL, NULL, NULL)",
    "SELECT kontor_reset_password(sha256('a'), decode(repeat('00', 16), 'hex'), sha256('b'), sha256('c'))",
    "SELECT * FROM kontor_search(repeat('%%', 100000))", "SELECT * FROM kontor_search(NULL)", "SELECT kontor_fold(NULL)",
]  # fmt: skip
CLOSED = [
    "SELECT * FROM promises_allocate(kontor_party(), ARRAY[gen_random_uuid()], ARRAY[%(article)s::uuid], ARRAY[1], NULL, NULL, 'firm', NULL, false)",
    "SELECT * FROM kontor_promise(ARRAY[kontor_party()], ARRAY[gen_random_uuid()], ARRAY[%(article)s::uuid], ARRAY[1], NULL, NULL, 'firm')",
    "SELECT kontor_firm(ARRAY[%(same)s::uuid])", "SELECT kontor_use(ARRAY[%(same)s::uuid], ARRAY[1])",
    "SELECT kontor_release(ARRAY[%(same)s::uuid], ARRAY[1])", "SELECT promises_part(ARRAY[%(same)s::uuid], ARRAY[1], 'used')",
    "SELECT * FROM kontor_set_capacity(ARRAY[%(same)s::uuid], ARRAY[1])", "SELECT * FROM kontor_receive(%(same)s::uuid)",
    "SELECT kontor_sweep_holds()", "SELECT * FROM ledger_verify()", "SELECT promises_face(ARRAY[%(same)s::uuid])",
    "SELECT warehouse_lock(ARRAY[%(article)s::uuid])", "SELECT * FROM kontor_find_parties('vera', 10)",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_functions_stand_hostile_arguments(clone, victim, mallory, query):
    """Refused or answered with nothing; what is promised stays as it was, and no session opens."""
    before = clone.ask(
        "SELECT sum(promised), (SELECT count(*) FROM parties_token WHERE kind = 'session') FROM promises_bucket"
    )
    with clone.login("public", autocommit=False) as customer:
        customer.execute("SELECT set_config('kontor.token', %s, true)", [mallory["token"]])
        code = "KP"
        try:
            customer.execute(query, {"article": victim["article"].id, "same": uuid7()})
            customer.commit()
        except psycopg.DatabaseError as refusal:
            code = refusal.sqlstate or ""
        assert code[:2] in ("KP", "22", "23"), code
    assert (
        clone.ask(
            "SELECT sum(promised), (SELECT count(*) FROM parties_token WHERE kind = 'session') FROM promises_bucket"
        )
        == before
    )


@pytest.mark.parametrize("query", CLOSED)
def test_functions_of_the_house_are_closed(clone, victim, mallory, query):
    refused(
        clone,
        mallory["token"],
        query,
        {"article": victim["article"].id, "same": uuid7()},
        pg.InsufficientPrivilege,
    )


@pytest.mark.parametrize(
    "kind",
    ["orders.OrderConfirmed", "orders.OrderReleased", "orders.OrderPaid", "payments.PaymentRecorded", "logistics.GoodsShipped",
     "invoicing.InvoiceIssued", "orders.OrderCancelled", "nonsense", ""],
)  # fmt: skip
def test_only_declared_facts_may_be_stated(clone, mallory, kind):
    with pytest.raises(pg.InsufficientPrivilege), clone.customer(mallory["token"]) as customer:
        Forgery.insert(customer, "events_event", fact(kind, mallory["party"]))


@pytest.mark.parametrize(
    "changes", [{"actor_kind": "staff"}, {"actor_kind": "takeover"}, {"actor_id": None}, {"actor_id": uuid7()}, {"at": "2020-01-01"},
                {"actor_name": "The boss"}],
)  # fmt: skip
def test_nobody_speaks_as_somebody_else(clone, mallory, changes):
    with pytest.raises(pg.InsufficientPrivilege), clone.customer(mallory["token"]) as customer:
        Forgery.insert(customer, "events_event", fact("orders.OrderPlaced", mallory["party"], **changes))


def test_stated_facts_are_never_believed(clone, victim, mallory):
    """Placed again, intended again, of others, of nothing, with poison inside: the worker re-reads and goes on."""
    before = (
        victim["order"].state,
        Charge.objects.count(),
        Payment.objects.count(),
        Shipment.objects.count(),
    )
    with clone.customer(mallory["token"]) as customer:
        for kind in ("orders.OrderPlaced", "payments.PaymentIntended", "parties.LoginRequested"):
            for poison in (
                "{}",
                "null",
                "[1]",
                '"x"',
                '{"subject_id": "x", "amount": 1e999}',
                "[" * 800 + "]" * 800,
            ):
                for subject in (victim["order"].id, uuid7()):
                    Forgery.insert(
                        customer,
                        "events_event",
                        fact(kind, mallory["party"], subject_id=subject, fact=poison),
                    )
    honest = Forgery(clone, mallory, victim["article"])
    order = honest.place()
    assert order.state == "confirmed"
    victim["order"].refresh_from_db()
    after = (
        victim["order"].state,
        Charge.objects.exclude(order=order).count(),
        Payment.objects.count(),
        Shipment.objects.count(),
    )
    assert after == before
    assert not Delivery.objects.filter(event__type="orders.OrderPlaced").exists()


@pytest.mark.parametrize(
    "headers",
    [
        {}, [], 5, None, "x", {"webhook-id": 1}, {"webhook-timestamp": "²"}, {"webhook-timestamp": "9" * 400},
        {"webhook-id": "m", "webhook-timestamp": "{now}", "webhook-signature": "v1,AAAA"},
        {"webhook-id": "m", "webhook-timestamp": "{now}", "webhook-signature": "v1,Ünsigned"},
        {"webhook-id": "m", "webhook-timestamp": "{now}", "webhook-signature": ""},
        {"webhook-id": "m", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA"},
    ],
)  # fmt: skip
def test_an_unsigned_message_pays_nothing_and_stops_nobody(clone, mallory, victim, headers):
    intent = uuid7()
    body = json.dumps(
        {
            "type": "payment.paid",
            "data": {"id": "p", "intent": str(intent), "amount": "55.95", "currency": "EUR"},
        }
    )
    text = re.sub(r"\{now\}", str(int(timezone.now().timestamp())), json.dumps(headers))
    order = Forgery(clone, mallory, victim["article"])
    order.order["payment_method"] = "provider"
    placed = order.place()
    with clone.customer(mallory["token"]) as customer:
        Forgery.insert(
            customer,
            "payments_paymentintent",
            {"id": intent, "order_id": placed.id, "party_id": mallory["party"]},
        )
        customer.execute(
            "INSERT INTO payments_providermessage (id, provider, message_id, headers, body) VALUES (%s, 'test', %s, %s::jsonb, %s)",
            [uuid7(), str(uuid7()), text, body.encode()],
        )
    sweep_messages()
    assert not ProviderMessage.objects.filter(handled_at=None).exists()
    assert not Payment.objects.filter(order=placed).exists()
    placed.refresh_from_db()
    assert (placed.paid_at, placed.released_at) == (None, None)


def test_an_intent_to_pay_anothers_order_shows_nothing_of_it(clone, mallory, victim):
    clone.ask("UPDATE orders_order SET payment_method = 'provider' WHERE id = %s", [victim["order"].id])
    intent = uuid7()
    with clone.customer(mallory["token"]) as customer:
        Forgery.insert(
            customer,
            "payments_paymentintent",
            {"id": intent, "order_id": victim["order"].id, "party_id": mallory["party"]},
        )
        Forgery.insert(
            customer, "events_event", fact("payments.PaymentIntended", mallory["party"], subject_id=intent)
        )
    deliver_all()
    row = PaymentIntent.objects.get(id=intent)
    assert (row.state, row.redirect_url, row.provider_reference) == ("asked", "", None)


def test_notifications_forge_nothing(clone, victim):
    before = clone.ask("SELECT count(*) FROM events_event") + clone.ask(
        "SELECT count(*) FROM procrastinate_jobs"
    )
    with clone.login("public") as customer:
        for channel in (
            "kontor_events",
            "kontor_live",
            "procrastinate_any_queue_v1",
            "procrastinate_queue_v1#default",
        ):
            for payload in (
                "",
                "*",
                "{}",
                "not json",
                '{"type": "abort_job_requested", "job_id": 1}',
                "x" * 7999,
            ):
                customer.execute("SELECT pg_notify(%s, %s)", [channel, payload])
    deliver_all()
    assert (
        clone.ask("SELECT count(*) FROM events_event") + clone.ask("SELECT count(*) FROM procrastinate_jobs")
        == before
    )


def test_a_message_that_fills_up_is_no_way_to_hide_a_real_one(clone, mallory):
    """Whoever guesses a message's id and is first with a forgery does not swallow the real message."""
    for signature in ("v1,forged", "v1,real"):
        take_message(
            provider="test",
            message_id="msg_1",
            headers={"webhook-signature": signature},
            body=b"{}",
            by=the_house(),
            at=timezone.now(),
        )
    assert ProviderMessage.objects.filter(message_id__startswith="msg_1").count() == 2
    sweep_messages()
