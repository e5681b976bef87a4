"""The data folder, seen by the processes that share it."""

import json
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from kontor.config.house import PROJECT, House
from kontor.config.words import HouseRefusal


def test_the_house_is_named_by_the_environment_and_lies_in_the_project_otherwise(monkeypatch, tmp_path):
    assert House.from_environment().path == PROJECT / ".kontor" / "house"
    monkeypatch.setenv("KONTOR_HOUSE", str(tmp_path / "second"))
    assert House.from_environment().path == tmp_path / "second"
    assert not (tmp_path / "second").exists()


def test_a_house_is_for_show_only_where_the_demo_company_is_known_to_live(monkeypatch, tmp_path):
    house = House(tmp_path)
    assert not house.is_demo
    house.remember(furnished="empty")
    assert not house.is_demo
    house.remember(furnished="demo")
    assert house.is_demo
    # A process with a user of its own may not read the owner's settings: then the house is in earnest.
    monkeypatch.setattr(House, "settings_file", tmp_path)
    assert not house.is_demo


def test_a_secret_is_made_once_and_readable_for_its_owner_only(tmp_path):
    house = House(tmp_path / "house")
    first = house.secret("database-desk")
    assert house.secret("database-desk") == first and len(first) == 43
    assert house.secret("database-back") != first
    assert stat.S_IMODE((house.secrets / "database-desk").stat().st_mode) == 0o600
    assert stat.S_IMODE(house.secrets.stat().st_mode) == 0o700


def test_processes_that_ask_for_a_new_secret_at_once_get_the_same(tmp_path):
    house = House(tmp_path / "house")
    with ThreadPoolExecutor(16) as many:
        answers = set(many.map(lambda _: house.secret("signing"), range(64)))
    assert len(answers) == 1
    assert [file.name for file in house.secrets.iterdir()] == ["signing"]


def test_a_secret_may_lie_in_a_file_of_the_operator(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("chosen elsewhere\n")
    monkeypatch.setenv("KONTOR_SECRET_FILE_DJANGO_PUBLIC", str(tmp_path / "key"))
    house = House(tmp_path / "house")
    assert house.secret("django-public") == "chosen elsewhere"
    assert not house.secrets.exists()


def test_a_secret_file_that_cannot_be_read_is_refused_with_its_variable(monkeypatch, tmp_path):
    monkeypatch.setenv("KONTOR_SECRET_FILE_SIGNING", str(tmp_path / "absent"))
    with pytest.raises(HouseRefusal, match="KONTOR_SECRET_FILE_SIGNING"):
        House(tmp_path / "house").secret("signing")


def test_without_a_database_url_each_role_logs_in_at_the_house_with_its_own_password(tmp_path):
    house = House(tmp_path / "house")
    public, back = house.connection("public"), house.connection("back")
    assert public["user"] == "kontor_public" and public["dbname"] == "kontor"
    assert public["host"] == str(tmp_path / "house" / "sockets")
    assert public["password"] != back["password"]


def test_a_database_url_names_the_server_and_files_the_passwords(monkeypatch, tmp_path):
    (tmp_path / "desk").write_text("secret of the desk\n")
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:theirs@db.example:5433/shop?sslmode=require")
    monkeypatch.setenv("KONTOR_PASSWORD_FILE_DESK", str(tmp_path / "desk"))
    house = House(tmp_path / "house")
    assert house.is_external
    assert house.connection("desk") == {
        "host": "db.example",
        "port": "5433",
        "dbname": "shop",
        "sslmode": "require",
        "user": "kontor_desk",
        "password": "secret of the desk",
    }
    assert "password" not in house.connection("public")


def test_what_the_house_remembers_survives_and_other_settings_stay(tmp_path):
    house = House(tmp_path)
    house.remember(port=9000)
    house.remember(furnished="demo")
    assert house.settings() == {"port": 9000, "furnished": "demo"}
    assert json.loads(house.settings_file.read_text()) == house.settings()


def test_the_house_needs_no_django():
    code = "import sys, kontor.config.embedded; sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(PROJECT / "src")}, check=False)
    assert done.returncode == 0
