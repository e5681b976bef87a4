"""The login roles of the planes and the house's database: what only a superuser can make."""

import psycopg
from psycopg import sql

from kontor.config.binaries import LEAST_VERSION
from kontor.config.house import DATABASE, ROLES, House
from kontor.config.words import HouseRefusal
from kontor.config.words import gettext_now as _

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
_POWERLESS = sql.SQL("NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS")
# What PostgreSQL lets everybody do and a customer's process has no business with: large objects fill the disk, ending
# or cancelling sessions and advisory locks stop others.
_CLOSED_FUNCTIONS = (
    *(
        "lo_creat",
        "lo_create",
        "lo_from_bytea",
        "lo_put",
        "lo_open",
        "lowrite",
        "lo_truncate",
        "lo_truncate64",
        "lo_unlink",
    ),
    *("pg_cancel_backend", "pg_terminate_backend"),
    *("pg_advisory_lock", "pg_advisory_xact_lock", "pg_try_advisory_lock", "pg_try_advisory_xact_lock"),
    *("pg_advisory_lock_shared", "pg_advisory_xact_lock_shared"),
    *("pg_try_advisory_lock_shared", "pg_try_advisory_xact_lock_shared"),
)
_MAY_LOCK = ("owner", "desk", "back")
_PUBLIC_CONNECTIONS = 60  # of the server's 200: however many customers come, the office still gets in
_LOCK = 7_201_001  # two starts at once make roles one after the other


def create_roles_and_database(house: House, *, database: str = DATABASE) -> None:
    """Make the login roles and one database of the house, closed to everybody else. Safe to repeat.

    With DATABASE_URL nothing is made: they must exist there, as docs/operators/production.md says,
    and only the version is checked.

    Raises:
        HouseRefusal: the server named by DATABASE_URL cannot be reached or is older than version 18.
    """
    if house.is_external:
        _check_foreign_server(house)
        return
    with psycopg.connect(**house.superuser_connection(), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        _create_roles(connection, house)
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if known is None:
            make = sql.SQL("CREATE DATABASE {} OWNER kontor_owner TEMPLATE template0")
            connection.execute(make.format(sql.Identifier(database)))
        _close_databases(connection, database)
    with psycopg.connect(**house.superuser_connection(database=database), autocommit=True) as connection:
        available = connection.execute(
            "SELECT name FROM pg_available_extensions WHERE name = ANY(%s) AND installed_version IS NULL",
            [list(EXTENSIONS)],
        ).fetchall()
        for (name,) in available:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
        _close_functions(connection)


def _create_roles(connection: psycopg.Connection, house: House) -> None:
    for role in ROLES:
        name, password = f"kontor_{role}", house.connection(role)["password"]
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
        connection.execute(
            sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}").format(
                sql.SQL("ALTER" if known else "CREATE"),
                sql.Identifier(name),
                _POWERLESS,
                sql.Literal(password),
            )
        )
    for role in ROLES:
        if (
            role != "owner"
        ):  # may become the others, to look through their eyes, but inherits nothing of theirs
            connection.execute(
                sql.SQL("GRANT {} TO kontor_owner WITH ADMIN FALSE, INHERIT FALSE, SET TRUE").format(
                    sql.Identifier(f"kontor_{role}")
                )
            )
    # Nobody reads in pg_stat_activity what another customer's session is asking (all share one role).
    connection.execute("ALTER ROLE kontor_public SET track_activities = off")
    connection.execute(f"ALTER ROLE kontor_public CONNECTION LIMIT {_PUBLIC_CONNECTIONS}")
    connection.execute("ALTER ROLE kontor_public SET temp_file_limit = '512MB'")
    # A function that names this setting can else be made only where pg_trgm happens to be loaded (not by pg_restore).
    connection.execute("GRANT SET ON PARAMETER pg_trgm.word_similarity_threshold TO kontor_owner")


def _close_functions(connection: psycopg.Connection) -> None:
    """Functions of PostgreSQL itself that customers' and live processes may not call."""
    staff = sql.SQL(", ").join(sql.Identifier(f"kontor_{role}") for role in _MAY_LOCK)
    for signature, name in connection.execute(
        "SELECT oid::regprocedure::text, proname FROM pg_proc"
        " WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ANY(%s) AND proacl IS NULL",
        [list(_CLOSED_FUNCTIONS)],
    ).fetchall():
        function = sql.SQL(signature)
        connection.execute(sql.SQL("REVOKE EXECUTE ON FUNCTION {} FROM PUBLIC").format(function))
        if "advisory" in name:
            connection.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(function, staff))


def _close_databases(connection: psycopg.Connection, database: str) -> None:
    """PUBLIC may neither connect anywhere nor make temporary tables."""
    everybody = sql.SQL(", ").join(sql.Identifier(f"kontor_{role}") for role in ROLES)
    for name in ("postgres", "template1", database):
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
    grant = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
    connection.execute(grant.format(sql.Identifier(database), everybody))


def _check_foreign_server(house: House) -> None:
    try:
        with psycopg.connect(**house.connection("owner"), connect_timeout=5) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.OperationalError as problem:
        raise HouseRefusal(
            _("The server in DATABASE_URL cannot be reached: %(problem)s. Check address, role and password.")
            % {"problem": str(problem).strip()}
        ) from problem
    if version < LEAST_VERSION:
        raise HouseRefusal(
            _("DATABASE_URL names PostgreSQL %(version)s; Kontor needs 18 or later. Name a newer server.")
            % {"version": version}
        )
