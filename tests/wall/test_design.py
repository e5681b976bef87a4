"""What product conception cannot learn: arbitrary SQL as ``kontor_design`` finds no customer, whatever it asks."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from kontor.bridge.cases.actions import Matter, SentFile, open_case
from kontor.bridge.parties.models import Address
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from tests.trade import NOW

# The whole of what the role may read; whoever adds to it says here why no customer can be known by it.
READABLE = {
    "voice_signal": "masked words and what they are about",
    "voice_answer": "what the house said",
    "voice_sale": "sums of a day by article",
    "catalogue_offering": "names of articles, no costs",
    "catalogue_offeringgroup": "names of articles",
    "catalogue_category": "names of shelves",
    "rules_taxrate": "the law's rates",
}
PLANTED = (
    *(
        "Wilhelmine",
        "Querfeld",
        "wilhelmine",
        "querfeld",
        "0171 5550123",
        "5550123",
        "Hinter dem Mond 7",
        "Mond 7",
    ),
    *("27404", "Zeven", "wq@example.net", "example.net", "DE89370400440532013000", "geheimnis.pdf"),
)


@pytest.fixture
def design(clone: Any) -> Iterator[psycopg.Connection[Any]]:
    with clone.login("design", autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def told(clone: Any) -> Any:
    """Wilhelmine wrote about her order, with everything that could give her away."""
    trade = clone.trade
    party = trade.party(given_name="Wilhelmine", family_name="Querfeld")
    party.phone, party.email = "+49 171 5550123", "wq@example.net"
    party.save()
    Address.objects.create(
        party=party, name="Wilhelmine Querfeld", street="Hinter dem Mond 7", postal_code="27404", city="Zeven"
    )
    article = trade.offering(name="Tourer")
    order = trade.order((article, 1), party=party)
    text = (
        f"Guten Tag, hier Querfeld, {order.number}. Die Bremse quietscht. W. Querfeld, Hinter dem Mond 7, 27404 Zeven,"
        " Tel. 0171/5550123, wq@example.net, IBAN DE89 3704 0044 0532 0130 00. Grüße Wilhelmine"
    )
    matter = Matter(
        id=uuid7(), kind="complaint", channel="form", subject="Bremse von Wilhelmine Querfeld", text=text,
        party_id=party.id, name="Wilhelmine Querfeld", email="wq@example.net", phone="0171 5550123",
        order_id=order.id, files=(SentFile("geheimnis.pdf", "application/pdf", b"%PDF-querfeld"),),
    )  # fmt: skip
    open_case(matter=matter, by=trade.by, at=NOW)
    deliver_all()
    return {"order": order, "party": party}


def test_the_role_reads_seven_tables_and_writes_none(design):
    rows = design.execute(
        "SELECT c.relname, v FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) v"
        " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')"
        " AND (has_table_privilege(c.oid, v)"
        "      OR (v IN ('SELECT', 'INSERT', 'UPDATE') AND has_any_column_privilege(c.oid, v)))"
    ).fetchall()
    assert {table for table, verb in rows if verb == "SELECT"} == set(READABLE)
    assert [row for row in rows if row[1] != "SELECT"] == []


def test_every_other_table_refuses(design):
    tables = [
        name
        for (name,) in design.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace"
            " AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY 1"
        ).fetchall()
        if name not in READABLE
    ]
    for named in ("parties_party", "parties_address", "orders_order", "orders_orderline", "cases_case"):
        assert named in tables
    for named in (
        "cases_interaction",
        "cases_attachment",
        "voice_signalorigin",
        "voice_telling",
        "voice_review",
    ):
        assert named in tables
    for named in ("documents_document", "events_event", "tasks_mail", "django_session", "voice_searchmiss"):
        assert named in tables
    for name in tables:
        # Foreign data in pg_toast and elsewhere is out of reach, too: the question itself is refused.
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            design.execute(f"SELECT count(*) FROM {name}")


@pytest.mark.parametrize(
    "question",
    [
        "SELECT cost FROM catalogue_offering",
        "SELECT kontor_visit()",
        "SELECT kontor_note_search('x', 'de')",
        "SELECT ledger_verify()",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT * FROM pg_stats WHERE tablename = 'parties_party' AND 1 / (SELECT count(*) FROM parties_party) > 0",
        "COPY voice_signal TO PROGRAM 'cat'",
        "SET ROLE kontor_back",
        "SET SESSION AUTHORIZATION kontor_owner",
        "CREATE TEMP TABLE t (x int)",
        "UPDATE voice_signal SET words = ''",
        "SELECT lo_create(0)",
    ],
)
def test_there_is_no_way_round(design, question):
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedFunction)):
        design.execute(question)


def test_statistics_show_nothing_of_closed_tables(design):
    assert design.execute(
        "SELECT count(*) FROM pg_stats WHERE schemaname = current_schema() AND tablename <> ALL(%s)",
        [list(READABLE)],
    ).fetchone() == (0,)


def test_nothing_that_was_planted_can_be_found(design, told):
    """Every column of every row the role can read, as text."""
    everything = "\n".join(
        str(row)
        for table in READABLE
        for row in design.execute(
            "SELECT string_agg(format('%%I::text', a.attname), ', ') FROM pg_attribute a"
            " WHERE a.attrelid = %s::regclass AND a.attnum > 0"
            " AND has_column_privilege(a.attrelid, a.attnum, 'SELECT')",
            [table],
        ).fetchall()
        for row in design.execute(f"SELECT {row[0]} FROM {table}").fetchall()
    )
    assert "Die Bremse quietscht" in everything
    for secret in (*PLANTED, told["order"].number, str(told["party"].id), str(told["order"].id)):
        assert secret not in everything, secret
