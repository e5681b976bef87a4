"""An attacker who has arbitrary SQL in the customers' process: real login, real commits. Gets, forges, ships nothing."""

import json
import re
from decimal import Decimal
from hashlib import sha256
from typing import Any

import psycopg
import pytest
from django.utils import timezone
from psycopg import errors as pg

from kontor.back.banking.online import sweep_messages
from kontor.back.logistics.models import Shipment
from kontor.back.orderdesk.actions import confirm_orders
from kontor.bridge.charges.models import Charge
from kontor.bridge.orders.models import Order
from kontor.bridge.payments.models import Payment, PaymentIntent, ProviderMessage
from kontor.bridge.promises.models import Bucket
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Delivery
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.session import new_token
from kontor.kernel.tasks.models import Task

# The wall's own refusals carry codes of their own (KP…, KO…), which psycopg knows as plain database errors.
REFUSED = psycopg.DatabaseError
ORDER = {
    "channel": "web", "language": "de", "currency": "EUR", "email": "m@example.org", "phone": "",
    **{f"{kind}_{part}": "x" for kind in ("billing", "shipping") for part in ("name", "street", "postal_code", "city")},
    "billing_extra": "", "shipping_extra": "", "billing_country": "DE", "shipping_country": "DE",
    "payment_method": "invoice", "shipping_method": "parcel",
}  # fmt: skip


@pytest.fixture(scope="module")
def victim(clone):
    """A customer with an order, and somebody's token."""
    trade = clone.trade
    article = trade.offering(price="50.00", stock=100, name="Schloss")
    party = trade.party(given_name="Vera", family_name="Victim")
    order = trade.order((article, 2), party=party)
    return {"party": party, "order": order, "article": article, "token": clone.token_for(party.id)}


@pytest.fixture
def mallory(clone):
    """A party of the attacker's own, with a valid token, as any visitor gets one."""
    token = new_token()
    with clone.login("public") as visitor:
        row = visitor.execute("SELECT kontor_open_visit(%s)", [sha256(token.encode()).digest()]).fetchone()
    with clone.customer(token) as customer:
        customer.execute(
            "INSERT INTO parties_party (id, kind, given_name, family_name, organisation, email, phone, language, vat_id)"
            " VALUES (%s, 'person', 'Mallory', '', '', 'm@example.org', '', 'de', '')",
            row,
        )
    return {"party": row[0], "token": token}


def refused(clone: Any, token: str | None, query: str, values: Any = None, *errors: type[Exception]) -> None:
    with pytest.raises(errors or psycopg.Error), clone.customer(token) as customer:
        customer.execute(query, values)


def seen(clone: Any, token: str | None, query: str, values: Any = None) -> list[Any]:
    with clone.customer(token) as customer:
        return customer.execute(query, values).fetchall()


# Looking ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "table", ["orders_order", "orders_orderline", "progress_milestone", "parties_party", "parties_address"]
)
def test_without_a_valid_token_there_are_no_rows(clone, victim, table):
    guesses = [
        None,
        "",
        new_token(),
        str(victim["party"].id),
        sha256(victim["token"].encode()).hexdigest(),
        "' OR true --",
        "x" * 9999,
    ]
    assert [len(seen(clone, guess, f"SELECT id FROM {table}")) for guess in guesses] == [0] * len(guesses)
    assert seen(clone, victim["token"], "SELECT id FROM orders_order") == [(victim["order"].id,)]


def test_a_customer_sees_nothing_of_another_one(clone, victim, mallory):
    for table in (
        "orders_order",
        "orders_orderline",
        "progress_milestone",
        "parties_address",
        "payments_paymentintent",
    ):
        assert seen(clone, mallory["token"], f"SELECT count(*) FROM {table}") == [(0,)]
    assert seen(clone, mallory["token"], "SELECT count(*) FROM documents_document") == [(0,)]
    assert seen(clone, mallory["token"], "SELECT id FROM parties_party") == [(mallory["party"],)]


def test_an_expired_token_opens_nothing(clone, victim):
    token = clone.token_for(victim["party"].id)
    clone.ask(
        "UPDATE parties_token SET expires_at = now() - interval '1 second' WHERE hash = sha256(convert_to(%s, 'UTF8'))",
        [token],
    )
    assert seen(clone, token, "SELECT id FROM orders_order") == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM catalogue_offering", "SELECT * FROM catalogue_price", "SELECT * FROM catalogue_offeringgroup",
        "SELECT * FROM parties_token", "SELECT * FROM parties_login", "SELECT * FROM parties_pepper",
        "SELECT * FROM parties_words", "SELECT * FROM parties_loginrequest", "SELECT * FROM parties_loginfailure",
        "SELECT * FROM events_event", "SELECT * FROM events_delivery", "SELECT * FROM promises_bucket",
        "SELECT * FROM promises_promise", "SELECT * FROM promises_demand", "SELECT * FROM charges_charge",
        "SELECT * FROM payments_payment", "SELECT * FROM payments_providermessage", "SELECT * FROM ledger_entry",
        "SELECT * FROM actor_staffaccount", "SELECT * FROM django_session", "SELECT * FROM warehouse_onhand",
        "SELECT * FROM tasks_mail", "SELECT * FROM people_employee",
        "SELECT * FROM pg_authid", "SELECT * FROM pg_statistic", "SELECT * FROM pg_user_mappings, pg_shadow",
        "SELECT pg_read_file('/etc/passwd')", "SELECT pg_ls_dir('.')", "SELECT pg_stat_file('PG_VERSION')",
        "COPY (SELECT 1) TO PROGRAM 'cat'", "COPY (SELECT 1) TO '/tmp/x'", "SELECT lo_import('/etc/passwd')",
        "SHOW data_directory", "SELECT * FROM pg_hba_file_rules",
    ],
)  # fmt: skip
def test_closed_tables_and_files_cannot_be_read(clone, victim, query):
    refused(clone, victim["token"], query, None, pg.InsufficientPrivilege)


def test_what_other_sessions_ask_cannot_be_read(clone, victim):
    with clone.login("public") as other:
        other.execute(f"SELECT set_config('kontor.token', '{victim['token']}', false)")
        rows = seen(clone, None, "SELECT query, state FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        assert not any(victim["token"] in (query or "") for query, _state in rows)
        assert {state for _query, state in rows if state} <= {"disabled"}
    refused(clone, None, "SET track_activities = on", None, pg.InsufficientPrivilege)


def test_statistics_of_guarded_tables_tell_nothing(clone, victim):
    clone.ask("ANALYZE orders_order")
    rows = seen(clone, None, "SELECT tablename FROM pg_stats WHERE schemaname = current_schema()")
    guarded = {"orders_order", "orders_orderline", "parties_party", "parties_address", "events_event"}
    assert guarded.isdisjoint(name for (name,) in rows)


# Becoming somebody else, making things ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        *(f"SET ROLE kontor_{role}" for role in ("owner", "desk", "back", "design", "live")),
        "SET ROLE postgres", "SET SESSION AUTHORIZATION kontor_owner", "SET SESSION AUTHORIZATION postgres",
        "ALTER ROLE kontor_public SUPERUSER", "CREATE ROLE helper", "GRANT kontor_back TO kontor_public",
        "CREATE TABLE mine (id int)", "CREATE TEMP TABLE mine (id int)", "CREATE VIEW mine AS SELECT 1",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE SCHEMA mine", "CREATE DATABASE mine",
        "CREATE FUNCTION pg_temp.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE SEQUENCE mine",
        "ALTER TABLE orders_order DISABLE ROW LEVEL SECURITY", "DROP POLICY public_sees ON orders_order",
        "ALTER TABLE orders_order DISABLE TRIGGER ALL", "SET session_replication_role = replica",
        "TRUNCATE orders_order", "COMMENT ON TABLE orders_order IS 'x'", "CREATE INDEX ON orders_order (email)",
        "SELECT lo_create(4711)", "SELECT lo_from_bytea(0, 'x')", "SELECT pg_terminate_backend(pg_backend_pid())",
        "SELECT pg_cancel_backend(pg_backend_pid())", "SELECT pg_advisory_lock(7310001)",
        "SELECT pg_try_advisory_lock_shared(1)", "CREATE EXTENSION dblink", "ALTER SYSTEM SET fsync = off",
        "SELECT pg_reload_conf()", "CREATE PUBLICATION mine FOR ALL TABLES", "SET temp_file_limit = -1",
    ],
)  # fmt: skip
def test_nobody_becomes_or_makes_anything(clone, victim, query):
    with pytest.raises(psycopg.Error), clone.login("public") as customer:
        customer.execute(query)


def test_no_row_security_off_shows_no_more(clone, victim):
    with clone.login("public") as customer:
        customer.execute("SET row_security = off")
        with pytest.raises(pg.InsufficientPrivilege):
            customer.execute("SELECT * FROM orders_order")


# Changing ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "UPDATE orders_order SET gross_amount = 0", "UPDATE orders_order SET state = 'confirmed'",
        "UPDATE orders_order SET party_id = (SELECT kontor_party())", "DELETE FROM orders_order",
        "UPDATE orders_orderline SET unit_price = 0", "DELETE FROM orders_orderline",
        "UPDATE promises_bucket SET promised = 0", "UPDATE promises_bucket SET capacity = 1000",
        "INSERT INTO promises_promise (demand_id, bucket_id, quantity, state) SELECT id, id, 1, 'firm' FROM orders_order",
        "INSERT INTO charges_charge SELECT", "INSERT INTO payments_payment SELECT", "INSERT INTO progress_milestone SELECT",
        "INSERT INTO documents_document SELECT", "INSERT INTO parties_token SELECT", "INSERT INTO parties_login SELECT",
        "INSERT INTO tasks_task SELECT", "INSERT INTO events_delivery SELECT", "UPDATE payments_paymentintent SET state = 'paid'",
        "UPDATE catalogue_storefrontitem SET price = 0", "UPDATE rules_taxrate SET rate = 0",
        "UPDATE orders_shippingmethod SET price = 0", "UPDATE parties_house SET iban = 'DE00'",
        "UPDATE parties_party SET number = 'K-1'", "UPDATE parties_party SET id = gen_random_uuid()",
        "UPDATE shop_basketline SET party_id = gen_random_uuid()", "SELECT setval('orders_number', 1)",
        "SELECT * FROM orders_order FOR UPDATE", "SELECT * FROM orders_order FOR SHARE",
        "LOCK TABLE orders_order IN EXCLUSIVE MODE", "REFRESH MATERIALIZED VIEW promises_available",
    ],
)  # fmt: skip
def test_nothing_that_is_not_the_customers_own_may_be_changed(clone, victim, query):
    refused(clone, victim["token"], query)


def test_somebody_elses_rows_are_not_changed_by_mistake_either(clone, victim, mallory):
    with clone.customer(mallory["token"]) as customer:
        changed = customer.execute("UPDATE parties_party SET given_name = 'Pwned' WHERE id <> kontor_party()")
        assert changed.rowcount == 0
        removed = customer.execute("DELETE FROM parties_address WHERE party_id <> kontor_party()")
        assert removed.rowcount == 0
    refused(
        clone, mallory["token"],
        "INSERT INTO parties_address (id, party_id, name, extra, street, postal_code, city, country, is_billing, is_shipping)"
        " VALUES (gen_random_uuid(), %s, 'x', '', 'x', 'x', 'x', 'DE', true, true)",
        [victim["party"].id], pg.InsufficientPrivilege,
    )  # fmt: skip


# Ordering for nothing -----------------------------------------------------------------------------------------


def hold(customer: Any, demand: Any, article: Any, quantity: Any) -> None:
    customer.execute(
        "SELECT * FROM kontor_hold(ARRAY[%s::uuid], ARRAY[%s::uuid], ARRAY[%s::numeric], ARRAY[NULL::timestamptz], ARRAY[NULL::timestamptz])",
        [demand, article.id, quantity],
    )


class Forgery:
    """An order as the shop would write it, with whatever is forged."""

    def __init__(self, clone: Any, mallory: Any, article: Any) -> None:
        self.clone, self.mallory, self.article = clone, mallory, article
        self.id, self.demand = uuid7(), uuid7()
        self.shipping = clone.ask("SELECT id FROM catalogue_offering WHERE number = 'VERSAND'")[0][0]
        self.order: dict[str, Any] = {**ORDER, "id": self.id, "key": uuid7(), "party_id": mallory["party"]}
        self.item = self._line(1, "item", article.id, article.number, article.name_de, "50.00", self.demand)
        self.parcel = self._line(2, "shipping", self.shipping, "VERSAND", "Versand", "5.95", None)
        self.held: Any = 1
        self.keeps = True

    def _line(
        self, position: int, kind: str, offering: Any, number: str, name: str, price: str, demand: Any
    ) -> dict[str, Any]:
        return {
            "id": uuid7(), "order_id": self.id, "party_id": self.mallory["party"], "position": position, "kind": kind,
            "offering_id": offering, "number": number, "name": name, "quantity": 1, "unit": "piece",
            "unit_price": Decimal(price), "tax_code": "standard", "tax_rate": 19, "demand_id": demand,
        }  # fmt: skip

    def place(self) -> Order:
        """Commit it, sums and all as they should be for these lines, and let the worker hear of it."""
        lines = [line for line in (self.item, self.parcel) if line]
        for line in lines:
            line.setdefault("gross_amount", round(Decimal(line["quantity"]) * line["unit_price"], 2))
        gross = sum((line["gross_amount"] for line in lines), Decimal(0))
        tax = round(gross * 19 / 119, 2)
        self.order = {"gross_amount": gross, "tax_amount": tax, "net_amount": gross - tax} | self.order
        with self.clone.customer(self.mallory["token"]) as customer:
            if self.held:
                hold(customer, self.demand, self.article, self.held)
            self._insert(customer, "orders_order", self.order)
            for line in lines:
                self._insert(customer, "orders_orderline", line)
            if self.keeps and self.item and self.item["demand_id"]:
                customer.execute("SELECT * FROM kontor_keep(ARRAY[%s::uuid])", [self.item["demand_id"]])
            self._insert(
                customer, "events_event",
                {"id": uuid7(), "type": "orders.OrderPlaced", "subject": "x", "subject_id": self.id, "fact": "{}",
                 "actor_kind": "visitor", "actor_id": self.mallory["party"]},
            )  # fmt: skip
        deliver_all()
        return Order.objects.get(id=self.id)

    @staticmethod
    def _insert(customer: Any, table: str, row: dict[str, Any]) -> None:
        names, marks = ", ".join(row), ", ".join(f"%({name})s" for name in row)
        customer.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)


@pytest.fixture
def forgery(clone, victim, mallory):
    return Forgery(clone, mallory, victim["article"])


def reasons(order: Order) -> set[str]:
    return set(Task.objects.get(key=f"orders.held:{order.id}").detail["reasons"])


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
    late = forgery._line(
        3, "item", victim["article"].id, victim["article"].number, "Schloss", "0.00", None
    ) | {"gross_amount": 0}
    for order_id in (order.id, victim["order"].id):
        with pytest.raises(REFUSED), clone.customer(mallory["token"]) as customer:
            forgery._insert(customer, "orders_orderline", late | {"order_id": order_id})


def test_an_order_placed_without_telling_anybody_is_looked_after_all_the_same(
    forgery, clone, victim, mallory
):
    """Else it would hold its goods for ever and nobody would know."""
    forgery.item["unit_price"] = Decimal(0)
    lines = [forgery.item, forgery.parcel]
    for line in lines:
        line["gross_amount"] = line["unit_price"]
    with clone.customer(mallory["token"]) as customer:
        forgery._insert(
            customer, "orders_order", forgery.order | {"gross_amount": 0, "tax_amount": 0, "net_amount": 0}
        )
    from kontor.back.orderdesk.sweeping import sweep_placed  # noqa: PLC0415 - beside what it proves

    clone.ask("UPDATE orders_order SET placed_at = now() - interval '5 minutes' WHERE id = %s", [forgery.id])
    sweep_placed()
    assert Order.objects.get(id=forgery.id).state == "held"


# Holding everything -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("quantity", ["NaN", "-1", "0", "1e9", "1000.0001", None])
def test_absurd_quantities_are_refused(clone, victim, mallory, quantity):
    with pytest.raises(REFUSED), clone.customer(mallory["token"]) as customer:
        hold(customer, uuid7(), victim["article"], quantity)


def test_one_visitor_holds_so_much_and_no_more(clone, mallory):
    article = clone.trade.offering(price="1.00", stock=50_000, name="Schraube")
    with pytest.raises(REFUSED, match="too much"):
        for _ in range(11):
            with clone.customer(mallory["token"]) as customer:
                hold(customer, uuid7(), article, 1000)
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
    "SELECT kontor_log_in('vera.victim@example.org', sha256('x'), sha256('y'))", "SELECT kontor_confirm_sign_up(NULL, NULL)",
    "SELECT kontor_confirm_sign_up(sha256('a'), sha256('b'))", "SELECT kontor_reset_password(NULL, NULL, NULL, NULL)",
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
        try:
            customer.execute(query, {"article": victim["article"].id, "same": uuid7()})
            customer.commit()
        except psycopg.DatabaseError as refusal:
            assert (refusal.sqlstate or "")[:2] in ("KP", "22", "23"), refusal
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


# Forging facts ------------------------------------------------------------------------------------------------


def fact(kind: str, party: Any, **changes: Any) -> dict[str, Any]:
    row = {
        "id": uuid7(),
        "type": kind,
        "subject": "x",
        "subject_id": uuid7(),
        "fact": "{}",
        "actor_kind": "visitor",
        "actor_id": party,
    }
    return row | changes


@pytest.mark.parametrize(
    "kind",
    ["orders.OrderConfirmed", "orders.OrderReleased", "orders.OrderPaid", "payments.PaymentRecorded", "logistics.GoodsShipped",
     "invoicing.InvoiceIssued", "orders.OrderCancelled", "nonsense", ""],
)  # fmt: skip
def test_only_declared_facts_may_be_stated(clone, mallory, kind):
    with pytest.raises(pg.InsufficientPrivilege), clone.customer(mallory["token"]) as customer:
        Forgery._insert(customer, "events_event", fact(kind, mallory["party"]))


@pytest.mark.parametrize(
    "changes", [{"actor_kind": "staff"}, {"actor_kind": "takeover"}, {"actor_id": None}, {"actor_id": uuid7()}, {"at": "2020-01-01"},
                {"actor_name": "The boss"}],
)  # fmt: skip
def test_nobody_speaks_as_somebody_else(clone, mallory, changes):
    with pytest.raises(pg.InsufficientPrivilege), clone.customer(mallory["token"]) as customer:
        Forgery._insert(customer, "events_event", fact("orders.OrderPlaced", mallory["party"], **changes))


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
                    Forgery._insert(
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


# Forging payments ---------------------------------------------------------------------------------------------


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
        Forgery._insert(
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
        Forgery._insert(
            customer,
            "payments_paymentintent",
            {"id": intent, "order_id": victim["order"].id, "party_id": mallory["party"]},
        )
        Forgery._insert(
            customer, "events_event", fact("payments.PaymentIntended", mallory["party"], subject_id=intent)
        )
    deliver_all()
    row = PaymentIntent.objects.get(id=intent)
    assert (row.state, row.redirect_url, row.provider_reference) == ("asked", "", None)


# Noise --------------------------------------------------------------------------------------------------------


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
    from kontor.bridge.payments.actions import take_message  # noqa: PLC0415 - beside what it proves

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


def test_confirming_twice_charges_once(clone, forgery):
    order = forgery.place()
    confirm_orders(ids=[order.id, order.id], by=the_house(), at=timezone.now())
    assert Charge.objects.filter(order=order).count() == 2
