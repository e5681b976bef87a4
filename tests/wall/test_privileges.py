"""Role × table × privilege against the running database, both ways: what is declared may be done, and nothing else."""

# ruff: noqa: E501 - questions to the catalogue read better on one line

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps

from kontor.config.house import ROLES as LOGINS
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.wall import ROLES, declarations

VERBS = ("SELECT", "INSERT", "UPDATE")
NEVER = ("TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN")
OURS = "c.relnamespace = current_schema()::regnamespace AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.objid = c.oid AND x.deptype = 'e')"

# Functions that run with the owner's rights. The list is closed: whoever adds one adds it here and says why it is safe.
DEFINERS = {
    # Who asks: the token is looked up where nobody can read it.
    "kontor_party", "kontor_visit",
    # Opening and ending visits and sessions, with secrets compared where nobody can read them.
    "kontor_open_visit", "kontor_login_salt", "kontor_log_in", "kontor_log_out", "kontor_confirm_sign_up", "kontor_sign_up_salt",
    "kontor_reset_password",
    # The token's own prices of published articles, by the one price rule; other groups' prices stay unreadable.
    "kontor_prices", "kontor_price_steps",
    # The one writer of promises, its entries and its parts.
    "promises_allocate", "promises_part", "promises_face", "kontor_hold", "kontor_keep", "kontor_promise", "kontor_firm",
    "kontor_lock_buckets", "promises_lock", "kontor_let_go", "kontor_use", "kontor_release", "kontor_set_capacity", "kontor_receive", "kontor_sweep_holds",
    "promises_arrive", "kontor_receive_parts", "kontor_mark_overdue",
    # Counting triggers and locks of stock.
    "promises_count_new", "promises_count_changed", "warehouse_count_moves", "warehouse_lock",
    # Which terms an order agrees to: a trigger, so that no door forgets it and nobody chooses an edition.
    "site_note_agreement",
    # Other triggers.
    "documents_tell_watchers", "events_deliver", "orders_lines_join", "progress_tell_watchers", "cases_tell_watchers", "voice_tell_watchers", "parties_note_words", "parties_hear_words", "parties_forget_words", "catalogue_note_words", "catalogue_hear_words", "catalogue_hear_synonyms", "payments_tell_watchers",
    # Counts visitors' searches that found nothing, under a cap; it reads nothing back.
    "kontor_note_search",
    # The books' hash chain: sealed by a trigger, verified by a function that reads and changes nothing.
    "ledger_seal_entries", "ledger_check_balance", "ledger_verify",
}  # fmt: skip
# Views read with their owner's rights, so each is one that everybody it is granted to may know.
VIEWS = {"promises_available"}


@pytest.fixture
def owner(clone: Any) -> Iterator[psycopg.Connection[Any]]:
    with clone.login("owner", autocommit=False) as connection:
        yield connection
        connection.rollback()


def _tables(owner: Any) -> dict[str, list[str]]:
    rows = owner.execute(
        "SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class c"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
        f" WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {OURS} GROUP BY c.relname"
    ).fetchall()
    return dict(rows)


def _declared(tables: dict[str, list[str]]) -> set[tuple[str, str, str, str]]:
    """(role, table, column or "", verb) for everything that may be done; "" is the whole table."""
    found: set[tuple[str, str, str, str]] = set()
    for _room, access in declarations():
        for table in access.tables:
            for role, may in table.by_role().items():
                for verb in VERBS:
                    what = getattr(may, verb.lower())
                    if what is True:
                        found.add((role, table.name, "", verb))
                    for column in tables[table.name] if what is True else what or ():
                        found.add((role, table.name, column, verb))
                if may.delete:
                    found.add((role, table.name, "", "DELETE"))
    return found


def _granted(owner: Any) -> set[tuple[str, str, str, str]]:
    roles, verbs = list(ROLES), [*VERBS, "DELETE", *NEVER]
    whole = owner.execute(
        "SELECT r, c.relname, '', v FROM pg_class c, unnest(%s::text[]) r, unnest(%s::text[]) v"
        f" WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {OURS} AND has_table_privilege(r, c.oid, v)",
        [roles, verbs],
    ).fetchall()
    columns = owner.execute(
        "SELECT r, c.relname, a.attname::text, v FROM pg_class c"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped,"
        " unnest(%s::text[]) r, unnest(%s::text[]) v"
        f" WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {OURS} AND has_column_privilege(r, c.oid, a.attnum, v)",
        [roles, [*VERBS, "REFERENCES"]],
    ).fetchall()
    return {*whole, *columns}


def test_every_role_may_do_with_every_table_what_is_declared_and_nothing_else(owner):
    tables = _tables(owner)
    declared, granted = _declared(tables), _granted(owner)
    assert sorted(granted - declared) == []
    assert sorted(declared - granted) == []


def test_the_comparison_notices_a_grant_too_many_and_one_too_few(owner):
    tables = _tables(owner)
    owner.execute("GRANT SELECT (id) ON ledger_entry TO kontor_public")
    assert _granted(owner) - _declared(tables) == {("kontor_public", "ledger_entry", "id", "SELECT")}
    owner.execute("REVOKE INSERT ON events_event FROM kontor_desk")
    assert ("kontor_desk", "events_event", "", "INSERT") in _declared(tables) - _granted(owner)


def test_a_table_nobody_declared_is_closed(owner):
    declared = {table.name for _room, access in declarations() for table in access.tables}
    closed = set(_tables(owner)) - declared
    assert {"django_migrations", "parties_pepper", "django_content_type"} <= closed
    assert [grant for grant in _granted(owner) if grant[1] in closed] == []
    owner.execute("CREATE TABLE made_by_a_later_release (id int)")
    assert [grant for grant in _granted(owner) if grant[1] == "made_by_a_later_release"] == []


def test_the_live_and_the_design_role_see_no_customer(owner):
    may = {(table, verb) for role, table, _column, verb in _granted(owner) if role == "kontor_live"}
    assert may == set()
    seen = {table for role, table, _column, _verb in _granted(owner) if role == "kontor_design"}
    assert not any(table.startswith(("parties_", "orders_", "payments_", "documents_")) for table in seen)


def test_everybody_else_has_nothing(owner):
    rows = owner.execute(
        "SELECT c.relname, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a"
        f" WHERE {OURS} AND a.grantee = 0 UNION ALL"
        " SELECT c.relname, t.attname || a.privilege_type FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid,"
        f" aclexplode(t.attacl) a WHERE {OURS} AND a.grantee = 0"
    ).fetchall()
    assert rows == []
    assert owner.execute(
        "SELECT count(*) FROM pg_namespace n, aclexplode(n.nspacl) a WHERE n.oid = current_schema()::regnamespace AND a.grantee = 0"
    ).fetchone() == (0,)


def test_functions_may_be_called_by_whom_they_are_declared_for(owner):
    declared: set[tuple[str, str]] = set()
    for _room, access in declarations():
        for function in access.functions:
            if function.signature.endswith("*"):
                names = [
                    row[0]
                    for row in owner.execute(
                        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
                        " AND starts_with(proname, %s)",
                        [function.signature[:-1]],
                    ).fetchall()
                ]
            else:
                row = owner.execute("SELECT %s::regprocedure::text", [function.signature]).fetchone()
                names = [row[0]]
            declared |= {(role, name) for role in function.roles for name in names}
    own = "p.pronamespace = current_schema()::regnamespace AND p.proowner = current_user::regrole"
    granted = owner.execute(
        f"SELECT r, p.oid::regprocedure::text FROM pg_proc p, unnest(%s::text[]) r WHERE {own}"
        " AND has_function_privilege(r, p.oid, 'EXECUTE')",
        [list(ROLES)],
    ).fetchall()
    assert sorted(set(granted) - declared) == []
    assert sorted(declared - set(granted)) == []
    assert owner.execute(
        f"SELECT count(*) FROM pg_proc p WHERE {own} AND (p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(p.proacl) WHERE grantee = 0))"
    ).fetchone() == (0,)


def test_a_function_made_between_two_buildings_of_the_wall_is_closed(owner):
    owner.execute("CREATE FUNCTION made_by_a_later_release() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    for role in ROLES:
        query = "SELECT has_function_privilege(%s, 'made_by_a_later_release()', 'EXECUTE')"
        assert owner.execute(query, [role]).fetchone() == (False,)


def test_sequences_may_be_drawn_from_by_whom_they_are_declared_for(owner):
    declared = {
        (role, sequence.name, "USAGE")
        for _room, access in declarations()
        for sequence in access.sequences
        for role in sequence.roles
    }
    granted = owner.execute(
        "SELECT r, c.relname, v FROM pg_class c, unnest(%s::text[]) r, unnest(ARRAY['USAGE', 'SELECT', 'UPDATE']) v"
        f" WHERE c.relkind = 'S' AND {OURS} AND has_sequence_privilege(r, c.oid, v)",
        [list(ROLES)],
    ).fetchall()
    assert set(granted) == declared


def test_functions_with_the_owners_rights_are_a_closed_list_and_search_only_here(owner):
    rows = owner.execute(
        "SELECT p.proname, p.proconfig, current_schema(), p.prosqlbody IS NOT NULL FROM pg_proc p"
        " WHERE p.pronamespace = current_schema()::regnamespace AND p.prosecdef"
    ).fetchall()
    assert {name for name, _config, _schema, _bound in rows} == DEFINERS
    # A body that was bound when the function was made searches nowhere.
    assert {name for name, _config, _schema, bound in rows if bound} == {"kontor_party"}
    for name, config, schema, bound in rows:
        assert bound or f"search_path={schema}, pg_temp" in (config or []), name


def test_no_search_path_of_the_caller_leads_the_token_look_up_elsewhere(clone: Any) -> None:
    """Even where a schema with forged tokens stood open to customers, the policies ask the house's own tokens."""
    party, stranger = uuid7(), uuid7()
    token = clone.token_for(party)
    clone.ask("CREATE SCHEMA forged")
    try:
        clone.ask("CREATE TABLE forged.parties_token (LIKE public.parties_token)")
        clone.ask(
            "INSERT INTO forged.parties_token SELECT * FROM public.parties_token WHERE party_id = %s", [party]
        )
        clone.ask("UPDATE forged.parties_token SET party_id = %s", [stranger])
        clone.ask("CREATE FUNCTION forged.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT $1'")
        clone.ask("GRANT USAGE ON SCHEMA forged TO kontor_public")
        clone.ask("GRANT SELECT ON forged.parties_token TO kontor_public")
        with clone.customer(token) as customer:
            customer.execute("SET LOCAL search_path = forged, public")
            row = customer.execute("SELECT party_id FROM parties_token").fetchone()
            assert row is not None and row[0] == stranger  # the forgery is what this session finds by name
            assert customer.execute("SELECT public.kontor_party()").fetchone() == (party,)
    finally:
        clone.ask("DROP SCHEMA forged CASCADE")


def test_views_with_the_owners_rights_are_a_closed_list(owner):
    rows = owner.execute(
        f"SELECT c.relname FROM pg_class c WHERE c.relkind IN ('v', 'm') AND {OURS}"
        " AND NOT coalesce(c.reloptions @> ARRAY['security_invoker=true'], false)"
    ).fetchall()
    assert {name for (name,) in rows} <= VIEWS


def test_row_policies_stand_exactly_where_rows_are_declared(owner):
    guarded = {
        table.name
        for _room, access in declarations()
        for table in access.tables
        if any(may.rows != "true" or may.new_rows is not None for may in table.by_role().values())
    }
    rows = owner.execute(
        f"SELECT c.relname, c.relforcerowsecurity FROM pg_class c WHERE c.relrowsecurity AND {OURS}"
    ).fetchall()
    assert {name for name, _forced in rows} == guarded
    assert not any(forced for _name, forced in rows)
    policies = {table for (table,) in owner.execute("SELECT tablename FROM pg_policies").fetchall()}
    assert policies == guarded


def test_tables_with_a_party_show_the_public_its_own_rows_only(owner):
    """Whoever opens a table of people's rows to customers says whose rows they see."""
    columns = _tables(owner)
    for _room, access in declarations():
        for table in access.tables:
            if table.public is not None and table.public.select and "party_id" in columns[table.name]:
                assert "kontor_party()" in table.public.rows, table.name


def test_the_login_roles_have_no_power_of_their_own(owner):
    logins = [f"kontor_{name}" for name in LOGINS]
    rows = owner.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)"
        " AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR NOT rolcanlogin)",
        [logins],
    ).fetchall()
    assert rows == []
    members = owner.execute(
        "SELECT m.member::regrole::text, m.roleid::regrole::text, m.inherit_option, m.admin_option FROM pg_auth_members m"
        " WHERE m.member::regrole::text = ANY(%s)",
        [logins],
    ).fetchall()
    assert {member for member, *_rest in members} == {"kontor_owner"}
    assert {role for _member, role, *_rest in members} == set(ROLES)
    assert not any(inherits or admin for _member, _role, inherits, admin in members)


def test_databases_and_the_schema_let_nobody_make_anything(clone, owner):
    for role in ROLES:
        row = owner.execute(
            "SELECT has_database_privilege(%(r)s, current_database(), 'CONNECT'),"
            " has_database_privilege(%(r)s, current_database(), 'TEMP'),"
            " has_database_privilege(%(r)s, current_database(), 'CREATE'),"
            " has_schema_privilege(%(r)s, current_schema(), 'USAGE'), has_schema_privilege(%(r)s, current_schema(), 'CREATE')",
            {"r": role},
        ).fetchone()
        assert row == (True, False, False, role != "kontor_live", False), role
    for role in LOGINS:
        for database in ("postgres", "template1"):
            with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                psycopg.connect(**clone.folder.connection(role, database=database))


def test_a_role_gets_in_with_its_own_password_only(clone):
    arguments = clone.folder.connection("back", database=clone.name)
    arguments["password"] = clone.folder.connection("public")["password"]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**arguments)


def test_every_room_with_tables_declares_them():
    rooms = {room for room, _access in declarations()}
    for config in apps.get_app_configs():
        if config.name.startswith("kontor.") and list(config.get_models()):
            assert config.label in rooms, config.label
