"""Building the wall: grants, row policies, functions and triggers from what the rooms declare. Idempotent."""

from collections.abc import Iterator
from importlib import import_module, resources
from importlib.util import find_spec

from django.apps import apps
from django.db import connection
from django.db.transaction import atomic

from kontor.kernel.membrane.declaring import Access, Function, May, Table

ROLES = ("kontor_public", "kontor_desk", "kontor_back", "kontor_design", "kontor_live")
# One number for everybody who builds a wall at the same time.
_BUILDING = 7_310_001


def declarations() -> Iterator[tuple[str, Access]]:
    """Every installed room's ``access.py``, by room label."""
    for config in apps.get_app_configs():
        name = f"{config.name}.access"
        if config.name.startswith("kontor.") and find_spec(name) is not None:
            yield config.label, import_module(name).ACCESS


def build_wall() -> None:
    """Replace all grants, policies, functions and triggers by what the code declares, in one transaction.

    Run as ``kontor_owner`` after migrations. A table nobody declared stays closed to every other role.
    """
    with atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_BUILDING])
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
        for text in _wall_files():
            cursor.execute(text.replace("@schema@", schema))
        for statement in _closing(schema):
            cursor.execute(statement)
        for _room, access in declarations():
            for statement in _opening(access):
                cursor.execute(statement)


def _wall_files() -> Iterator[str]:
    """The ``wall.sql`` of each room, in the order in which the rooms are installed."""
    for config in apps.get_app_configs():
        if config.name.startswith("kontor."):
            file = resources.files(config.name).joinpath("wall.sql")
            if file.is_file():
                yield file.read_text("utf-8")


def _closing(schema: str) -> Iterator[str]:
    names = ", ".join(ROLES)
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {names}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM PUBLIC, {names}"
    yield (
        "DO $$ DECLARE f record; BEGIN"
        " FOR f IN SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        f" WHERE n.nspname = '{schema}' AND p.proowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
        f" LOOP EXECUTE format('REVOKE ALL ON ROUTINE %s FROM PUBLIC, {names}', f.name); END LOOP; END $$"
    )
    yield (
        "DO $$ DECLARE p record; BEGIN"
        f" FOR p IN SELECT tablename, policyname FROM pg_policies WHERE schemaname = '{schema}'"
        " LOOP EXECUTE format('DROP POLICY %I ON %I', p.policyname, p.tablename); END LOOP;"
        " FOR p IN SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        f" WHERE n.nspname = '{schema}' AND c.relkind IN ('r', 'p') AND c.relrowsecurity"
        " LOOP EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', p.relname); END LOOP; END $$"
    )
    # What is made between two buildings is closed, too.
    yield "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC"
    yield f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {names}"
    yield f"REVOKE USAGE ON SCHEMA {schema} FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA {schema} TO kontor_public, kontor_desk, kontor_back, kontor_design"


def _opening(access: Access) -> Iterator[str]:
    for table in access.tables:
        by_role = table.by_role()
        guarded = any(may.rows != "true" or may.new_rows is not None for may in by_role.values())
        if guarded:
            yield f"ALTER TABLE {table.name} ENABLE ROW LEVEL SECURITY"
        for role, may in by_role.items():
            yield from _grants(table, role, may)
            if guarded:
                yield from _policies(table, role, may)
    for function in access.functions:
        yield _execute(function)
    for sequence in access.sequences:
        yield f"GRANT USAGE ON SEQUENCE {sequence.name} TO {', '.join(sequence.roles)}"


def _execute(function: Function) -> str:
    roles = ", ".join(function.roles)
    if not function.signature.endswith("*"):
        return f"GRANT EXECUTE ON FUNCTION {function.signature} TO {roles}"
    return (
        "DO $$ DECLARE f record; BEGIN"
        " FOR f IN SELECT p.oid::regprocedure AS name FROM pg_proc p"
        " WHERE p.pronamespace = current_schema()::regnamespace"
        f" AND starts_with(p.proname, '{function.signature.removesuffix('*')}')"
        f" LOOP EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO {roles}', f.name); END LOOP; END $$"
    )


def _grants(table: Table, role: str, may: May) -> Iterator[str]:
    for verb in ("select", "insert", "update"):
        what = getattr(may, verb)
        if what is True:
            yield f"GRANT {verb.upper()} ON {table.name} TO {role}"
        elif what:
            yield f"GRANT {verb.upper()} ({', '.join(what)}) ON {table.name} TO {role}"
    if may.delete:
        yield f"GRANT DELETE ON {table.name} TO {role}"


def _policies(table: Table, role: str, may: May) -> Iterator[str]:
    short = role.removeprefix("kontor_")
    written = may.new_rows if may.new_rows is not None else may.rows
    if may.select:
        yield f"CREATE POLICY {short}_sees ON {table.name} FOR SELECT TO {role} USING ({may.rows})"
    if may.insert:
        yield f"CREATE POLICY {short}_adds ON {table.name} FOR INSERT TO {role} WITH CHECK ({written})"
    if may.update:
        yield (
            f"CREATE POLICY {short}_changes ON {table.name} FOR UPDATE TO {role}"
            f" USING ({may.rows}) WITH CHECK ({may.rows})"
        )
    if may.delete:
        yield f"CREATE POLICY {short}_removes ON {table.name} FOR DELETE TO {role} USING ({may.rows})"
