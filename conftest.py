"""Tests run on a real PostgreSQL: one embedded cluster, one prepared template database, one clone per worker."""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import set_urlconf
from hypothesis import settings as examples
from psycopg import connect, sql

from kontor.bridge.parties.models import House
from kontor.config.building import prepare_database
from kontor.config.catalogue import ensure_compiled
from kontor.config.embedded import Cluster
from kontor.config.house import House as HouseFolder
from kontor.config.planes import PLANES, Plane
from kontor.config.roles import create_roles_and_database
from kontor.kernel import house as the_standing_house
from kontor.kernel.actor.models import Department, StaffAccount
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.session import acting_with, current_token
from tests.trade import Trade, found_test_house

# No deadline for one example: on a busy machine it would fail for being slow, not for being wrong.
examples.register_profile("house", deadline=None)
examples.load_profile("house")

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
the_standing_house.KEPT_SECONDS = 1e9  # in tests nothing is read anew because time went by
the_standing_house.keep(the_standing_house.Standing())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each of two processors begins with its half of the slow ones, so that nobody waits for one at the end.

    Workers that steal from each other are given one half of the list each. One process alone keeps the order: there
    the tests of a journey stand on one another.
    """
    if not hasattr(config, "workerinput"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    quick = [item for item in items if not item.get_closest_marker("slow")]
    middle = max(0, (len(items) + 1) // 2 - len(slow[::2]))
    items[:] = [*slow[::2], *quick[:middle], *slow[1::2], *quick[middle:]]


@contextmanager
def _one_at_a_time(folder: HouseFolder) -> Iterator[None]:
    folder.create_folders()
    with (folder.run / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fingerprint() -> str:
    """Changes with whatever the prepared database is made of."""
    digest = hashlib.sha256()
    source = Path(__file__).parent / "src" / "kontor"
    patterns = (
        "*/*/migrations/0*.py",
        "*/*/wall.sql",
        "*/*/access.py",
        "*/*/handlers.py",
        "kernel/membrane/*.py",
        "kernel/rules/*.py",
    )
    for file in sorted(file for pattern in patterns for file in source.glob(pattern)):
        digest.update(str(file.relative_to(source)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _prepare_template(folder: HouseFolder) -> str:
    """The prepared database of this very code, made once and cloned ever after."""
    name = f"template_{_fingerprint()}"
    with connect(**folder.superuser_connection(), autocommit=True) as server:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        for (old,) in server.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%%' OR datname = 'preparing'"
        ).fetchall():
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(old)))
    create_roles_and_database(folder, database="preparing")
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = "preparing"
    prepare_database()
    connection.close()
    with connect(**folder.superuser_connection(), autocommit=True) as server:
        server.execute(sql.SQL("ALTER DATABASE preparing RENAME TO {}").format(sql.Identifier(name)))
    return name


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, request: pytest.FixtureRequest) -> Iterator[None]:
    """Start the cluster, prepare the template, and give this worker a clone of its own."""
    folder = HouseFolder.from_environment()
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"test_{worker}_{os.getpid()}"
    with django_db_blocker.unblock():
        with _one_at_a_time(folder):
            ensure_compiled()
            Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # whitenoise warns where there is none
            Cluster(folder).start(durable=False)
            create_roles_and_database(folder)
            template = _prepare_template(folder)
            with connect(**folder.superuser_connection(), autocommit=True) as server:
                server.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER kontor_owner STRATEGY FILE_COPY").format(
                        sql.Identifier(name), sql.Identifier(template)
                    )
                )
        connection.close()
        connection.settings_dict["NAME"] = name
        yield
        connection.close()
        with connect(**folder.superuser_connection(), autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of this test alone, where everything is really committed, for races on several connections.

    Django's own way (``transaction=True``) empties tables, which append-only ones refuse.
    """
    folder, shared = HouseFolder.from_environment(), connection.settings_dict["NAME"]
    name = sql.Identifier(f"own_{uuid7().hex}")
    with django_db_blocker.unblock(), connect(**folder.superuser_connection(), autocommit=True) as server:
        connection.close()
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER kontor_owner STRATEGY FILE_COPY").format(
                name, sql.Identifier(shared)
            )
        )
        connection.settings_dict["NAME"] = name.as_string().strip('"')
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = shared
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


@pytest.fixture
def now() -> datetime:
    """A Friday morning in November."""
    return NOW


@pytest.fixture(autouse=True)
def _a_house_of_its_own() -> None:
    """Facts of the house that a process keeps do not pass from test to test."""
    the_standing_house.keep(the_standing_house.Standing())


@pytest.fixture(autouse=True)
def _token_in_tests(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside a test's own transaction BEGIN has long been sent: send the token whenever it changed."""
    if "db" not in request.fixturenames and "transactional_db" not in request.fixturenames:
        return
    begin_reading, sent = connection.begin_reading, [""]  # type: ignore[attr-defined]  # Kontor's wrapper

    def send_token() -> None:
        begin_reading()
        token = current_token() or ""
        if connection.in_atomic_block and token != sent[0]:
            connection.connection.execute("SELECT set_config('kontor.token', %s, true)", [token])
            sent[0] = token

    monkeypatch.setattr(connection, "begin_reading", send_token)


@contextmanager
def _acting(role: str, token: str | None = None) -> Iterator[None]:
    with acting_with(token), connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute("RESET ROLE")


@pytest.fixture
def as_role(db: None) -> Callable[..., AbstractContextManager[None]]:
    """``with as_role("kontor_public", token=…):`` what the database lets that role do."""
    return _acting


def _set(values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(settings, name, value)
    set_urlconf(None)


class PlaneClient(Client):
    """A browser before one plane: its addresses, its middleware, its database role."""

    def __init__(self, plane: Plane) -> None:
        super().__init__()
        self.plane = plane

    @contextmanager
    def inside(self) -> Iterator[None]:
        """What a process of this plane sees.

        Not ``override_settings``, which forgets all addresses twice a request: Django keeps them by their module.
        """
        plane = self.plane
        own = {
            "ROOT_URLCONF": plane.urlconf,
            "MIDDLEWARE": plane.middleware,
            "SESSION_COOKIE_NAME": plane.session_cookie,
            "CSRF_COOKIE_NAME": plane.csrf_cookie,
            "PLANE": plane,
        }
        before = {name: getattr(settings, name) for name in own}
        try:
            _set(own)
            yield
        finally:
            _set(before)

    def request(self, **request: Any) -> Any:
        with self.inside(), _acting(f"kontor_{self.plane.role}"):
            return super().request(**request)


def stranger() -> PlaneClient:
    """A browser that was never before the shop."""
    return PlaneClient(PLANES["public"])


@pytest.fixture
def public_client(db: None) -> PlaneClient:
    """A stranger's browser before the shop."""
    return stranger()


@pytest.fixture
def staff_client(db: None) -> Callable[..., PlaneClient]:
    """``staff_client("back", "warehouse")``: a logged-in browser of a member of these departments."""

    def log_in(plane: str, *departments: str, email: str = "") -> PlaneClient:
        account = make_account(*departments, email=email)
        client = PlaneClient(PLANES[plane])
        with client.inside():
            client.force_login(account)
        return client

    return log_in


def make_account(*departments: str, email: str = "") -> StaffAccount:
    """A member of staff with the rights of these departments."""
    name = "-".join(departments) or "nobody"
    account = StaffAccount.objects.create(
        email=email or f"{name}.{uuid7().hex[-8:]}@example.org", name=name.title()
    )
    account.departments.set(Department.objects.filter(code__in=departments))
    return account


@pytest.fixture
def house(db: None) -> House:
    """A founded house: the organisation, departments, accounts, number ranges, two locations, one way to ship."""
    founded = found_test_house()
    the_standing_house.forget_standing()
    the_standing_house.standing()
    return founded


@pytest.fixture
def trade(house: House) -> Trade:
    """Things to trade with: ``trade.offering(…)``, ``trade.party()``, ``trade.order(…)``, ``trade.ship(…)`` …"""
    return Trade()
