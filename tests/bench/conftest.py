"""Benchmarks and stress, run small: in databases of their own beside the test database."""

import pytest
from django.db import connection

from kontor.config.house import House


@pytest.fixture
def bench_house(django_db_setup, django_db_blocker):
    """The tests' house; the benchmark makes and drops its own database."""
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        yield House.from_environment()
        connection.close()
    assert connection.settings_dict["NAME"] == before
