"""A house of one's own for tests that commit for real: a clone of the prepared database, closed as a real one is.

``from tests.clone import clone`` in a conftest makes the fixture known there. While it lives, Django's connection (the
owner's, also in new threads) points at the clone; real logins of the other roles come from ``clone.login``.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from kontor.config.house import House as HouseFolder
from kontor.config.roles import create_roles_and_database
from kontor.kernel.house import forget_standing
from kontor.kernel.membrane.session import new_token, token_hash
from kontor.kernel.rules.tax import forget_tax_rules
from tests.trade import Trade, found_test_house


@dataclass
class Clone:
    """A founded house in a database of its own."""

    name: str
    folder: HouseFolder
    trade: Trade

    def login(self, role: str, *, autocommit: bool = True) -> psycopg.Connection[Any]:
        """A connection as the login role ``kontor_<role>``, as its process has it. The caller closes it."""
        return psycopg.connect(**self.folder.connection(role, database=self.name), autocommit=autocommit)

    def ask(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What the owner sees, committed."""
        with connection.cursor() as cursor:
            cursor.execute(query, list(values))
            return cursor.fetchall() if cursor.description else []

    def token_for(self, party_id: Any, kind: str = "session") -> str:
        """A valid token of a party."""
        token = new_token()
        self.ask(
            "INSERT INTO parties_token (hash, party_id, kind, expires_at)"
            " VALUES (%s, %s, %s, now() + interval '1 day')",
            [token_hash(token), party_id, kind],
        )
        return token

    @contextmanager
    def customer(self, token: str | None) -> Iterator[psycopg.Connection[Any]]:
        """One transaction of a customer's process that carries a token; committed unless it fails."""
        with self.login("public", autocommit=False) as customer:
            if token is not None:
                customer.execute("SELECT set_config('kontor.token', %s, true)", [token])
            yield customer


@contextmanager
def at_home_in(house: HouseFolder) -> Iterator[None]:
    """Django's connection is the owner's of this house, as if its own process ran here."""
    before, given = connection.settings_dict, house.connection("owner")
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    connection.close()
    connection.settings_dict = before | {key: given[name] for key, name in names.items()}
    forget_tax_rules()
    forget_standing()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before
        forget_tax_rules()
        forget_standing()


def prepared_template(folder: HouseFolder) -> str:
    """The name of the prepared database that others are copied from."""
    with psycopg.connect(**folder.superuser_connection(), autocommit=True) as server:
        found = server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%'").fetchone()
    assert found is not None
    return str(found[0])


@pytest.fixture(scope="module")
def clone(django_db_setup: None, django_db_blocker: Any) -> Iterator[Clone]:
    """A founded house whose every commit is real; gone afterwards."""
    folder = HouseFolder.from_environment()
    name = f"clone_{os.getpid()}"
    with django_db_blocker.unblock():
        with psycopg.connect(**folder.superuser_connection(), autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER kontor_owner STRATEGY FILE_COPY").format(
                    sql.Identifier(name), sql.Identifier(prepared_template(folder))
                )
            )
        create_roles_and_database(folder, database=name)
        before = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = name
        forget_tax_rules()
        try:
            found_test_house()
            yield Clone(name, folder, Trade())
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before
            forget_tax_rules()
            with psycopg.connect(**folder.superuser_connection(), autocommit=True) as server:
                server.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )
