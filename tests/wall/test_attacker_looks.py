"""An attacker with arbitrary SQL in the customers' process sees, becomes, makes and changes nothing."""

# ruff: noqa: E501 - a hostile statement reads better on one line

from hashlib import sha256

import psycopg
import pytest
from psycopg import errors as pg

from kontor.kernel.membrane.session import new_token
from tests.wall.attack import refused, seen


@pytest.mark.parametrize(
    "table",
    [
        *("orders_order", "orders_orderline", "progress_milestone", "progress_plan", "parties_party"),
        "parties_address",
    ],
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
        "progress_plan",
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
        "SELECT * FROM tasks_mail", "SELECT * FROM people_employee", "SELECT * FROM promises_origin",
        "SELECT * FROM production_productionorder", "SELECT * FROM production_shift", "SELECT * FROM purchasing_supplier",
        "SELECT * FROM purchasing_purchaseline", "SELECT * FROM purchasing_shift",
        "SELECT * FROM parties_house", "SELECT release_limit FROM parties_house", "SELECT changed_by FROM parties_house",
        "SELECT * FROM parties_door", "SELECT changed_by FROM parties_door", "SELECT changed_at FROM parties_door",
        "SELECT * FROM site_edition", "SELECT note FROM site_edition", "SELECT published_by FROM site_edition",
        "SELECT * FROM pg_authid", "SELECT * FROM pg_statistic", "SELECT * FROM pg_user_mappings, pg_shadow",
        "SELECT pg_read_file('/etc/passwd')", "SELECT pg_ls_dir('.')", "SELECT pg_stat_file('PG_VERSION')",
        "COPY (SELECT 1) TO PROGRAM 'cat'", "COPY (SELECT 1) TO 'stolen'", "SELECT lo_import('/etc/passwd')",
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
