"""An operator with a PostgreSQL of their own, who follows docs/operators/production.md to the letter."""

import os
import subprocess
import sys

import psycopg
import pytest

from kontor.config.binaries import ServerUser, find_client
from kontor.config.embedded import Cluster
from kontor.config.house import PROJECT, ROLES, SOCKET_PORT, House

DOCUMENT = PROJECT / "docs" / "operators" / "production.md"


@pytest.fixture
def server(folder):
    """A PostgreSQL that knows nothing of Kontor yet."""
    house = House(folder / "server")
    Cluster(house).start(durable=False)
    return house


def test_the_roles_of_the_page_are_enough_to_migrate_and_the_wall_stands(server, folder, monkeypatch):
    sql = DOCUMENT.read_text("utf-8").split("```sql\n")[1].split("```")[0]
    superuser = server.superuser_connection()
    psql = find_client("psql", server.server_root / "runtime")
    variables = {
        "PGHOST": superuser["host"],
        "PGPORT": str(SOCKET_PORT),
        "PGUSER": "postgres",
        "PGPASSWORD": superuser["password"],
        "PGDATABASE": "postgres",
    }
    done = subprocess.run(
        [psql, "-v", "ON_ERROR_STOP=1", "-q"],
        input=sql,
        env=os.environ | variables,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    monkeypatch.setenv("DATABASE_URL", f"postgresql:///kontor?host={server.sockets}")
    for role in ROLES:
        (folder / role).write_text(f"password-of-{role}\n")
        monkeypatch.setenv(f"KONTOR_PASSWORD_FILE_{role.upper()}", str(folder / role))
    house = House(folder / "house")
    environment = os.environ | {"KONTOR_HOUSE": str(house.path), "PYTHONPATH": str(PROJECT / "src")}
    environment.pop("KONTOR_PLANE", None)
    command = [sys.executable, "-P", "-m", "kontor.config.command", "migrate"]
    migrated = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert migrated.returncode == 0, migrated.stderr
    assert not house.cluster.exists()
    with psycopg.connect(**house.connection("public")) as connection:
        query = "SELECT current_user, has_table_privilege('ledger_entry', 'SELECT')"
        assert connection.execute(query).fetchone() == ("kontor_public", False)


def test_every_variable_of_the_page_is_one_that_the_program_reads():
    words = DOCUMENT.read_text("utf-8")
    source = "".join(file.read_text("utf-8") for file in (PROJECT / "src" / "kontor").rglob("*.py"))
    named = set(words.replace("`", " ").replace("=", " ").replace(",", " ").split())
    for variable in sorted(word for word in named if word.startswith("KONTOR_")):
        stem = variable.partition("_FILE_")[0]
        assert stem in source, variable


def test_programs_of_the_server_are_found_for_people_too(folder):
    assert find_client("pg_dump", folder).exists()
    version = ServerUser().run([str(find_client("psql", folder)), "--version"]).stdout
    assert version.startswith("psql (PostgreSQL)")
