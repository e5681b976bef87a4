"""Benchmarks and stress, run small: in databases of their own beside the test database."""

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from kontor.config.bench.ground import bench_name
from kontor.config.house import House
from tests.clone import prepared_template


@pytest.fixture
def bench_house(django_db_setup, django_db_blocker):
    """The tests' house; the benchmark makes and drops its own database, here from one that is prepared already."""
    before, house = connection.settings_dict["NAME"], House.from_environment()
    with psycopg.connect(**house.superuser_connection(), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(bench_name())))
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER kontor_owner STRATEGY FILE_COPY").format(
                sql.Identifier(bench_name()), sql.Identifier(prepared_template(house))
            )
        )
    with django_db_blocker.unblock():
        yield house
        connection.close()
    assert connection.settings_dict["NAME"] == before
