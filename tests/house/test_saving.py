"""A house in one file and back again, as its owner does it: with the two commands."""

import json
import stat
import tarfile
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from kontor.bridge.catalogue.models import Offering
from kontor.bridge.parties.models import Party
from kontor.config.books import books_checksum, disagreements
from kontor.config.embedded import Cluster
from kontor.config.house import House
from kontor.config.saving import Manifest, unpack
from kontor.config.words import HouseRefusal
from tests.clone import at_home_in
from tests.trade import Trade, found_test_house


@pytest.fixture(scope="module")
def saved(running_house, tmp_path_factory, kontor, django_db_blocker):
    """A migrated house with a picture, a mail, a sale and something in the database, and the backup of it."""
    migrated = kontor(running_house.path, "migrate")
    assert migrated.returncode == 0, migrated.stderr
    with django_db_blocker.unblock(), at_home_in(running_house):
        found_test_house()
        trade = Trade()
        order = trade.order((trade.offering(), 2))
        trade.ship(order)
        trade.pay(order, Decimal(50))
    (running_house.pictures / "bicycle.webp").write_bytes(b"picture")
    (running_house.outbox / "0001.eml").write_text("Moin")
    running_house.remember(port=9000, furnished="demo")
    with psycopg.connect(**running_house.connection("owner")) as connection:
        connection.execute("CREATE TABLE kept (words text)")
        connection.execute("INSERT INTO kept VALUES ('Größe \U0001f6b2'), (NULL)")
    file = tmp_path_factory.mktemp("backups") / "house.kontor"
    done = kontor(running_house.path, "backup", str(file))
    assert done.returncode == 0, done.stderr
    return running_house, file


def test_a_backup_restores_into_an_empty_folder_and_is_the_same_house(saved, kontor, folder):
    house, file = saved
    (folder / ".copy.restoring" / "secrets").mkdir(parents=True)  # left by a restore that was killed
    (folder / ".copy.restoring" / "database.dump").write_text("half a d")
    done = kontor(folder / "copy", "restore", str(file))
    assert done.returncode == 0, done.stderr
    copy = House(folder / "copy")
    assert (copy.pictures / "bicycle.webp").read_bytes() == b"picture"
    assert (copy.outbox / "0001.eml").read_text() == "Moin"
    assert copy.settings() == house.settings()
    for secret in ("database-public", "django-owner"):
        assert copy.secret(secret) == house.secret(secret)
    assert not Cluster(copy).is_running()
    Cluster(copy).start()
    with psycopg.connect(**copy.connection("owner")) as connection:
        assert connection.execute("SELECT words FROM kept").fetchall() == [("Größe \U0001f6b2",), (None,)]
    with psycopg.connect(**copy.connection("back")) as connection:
        query = "SELECT has_table_privilege('orders_order', 'SELECT')"
        assert connection.execute(query).fetchone() == (True,)
        assert connection.execute("SELECT has_table_privilege('kept', 'SELECT')").fetchone() == (False,)
    assert [path.name for path in folder.iterdir()] == ["copy"]


def test_in_a_restored_house_the_books_agree_and_an_order_can_be_placed(
    saved, kontor, folder, django_db_blocker
):
    house, file = saved
    with django_db_blocker.unblock(), at_home_in(house):
        checksum = books_checksum()
    assert kontor(folder / "copy", "restore", str(file)).returncode == 0
    copy = House(folder / "copy")
    Cluster(copy).start()
    with django_db_blocker.unblock(), at_home_in(copy):
        assert books_checksum() == checksum
        assert disagreements() == []
        bicycle = Offering.objects.get(number="ART-001")
        trade = Trade()
        order = trade.order((bicycle, 1), party=Party.objects.get())
        assert order.state == "confirmed"
        trade.ship(order)
        assert books_checksum() != checksum and disagreements() == []


def test_a_backup_is_readable_for_its_owner_only_and_replaces_an_older_one(saved, kontor, tmp_path):
    house, file = saved
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    other = tmp_path / "again.kontor"
    other.write_text("an older one")
    assert kontor(house.path, "backup", str(other)).returncode == 0
    assert tarfile.is_tarfile(other)
    assert [path.name for path in tmp_path.iterdir()] == ["again.kontor"]


def test_a_folder_with_something_in_it_is_refused_and_left_as_it_was(saved, kontor, folder):
    _house, file = saved
    (folder / "taken").mkdir()
    (folder / "taken" / "letter.txt").write_text("mine")
    done = kontor(folder / "taken", "restore", str(file))
    assert done.returncode == 2 and "is not empty" in done.stderr
    assert [path.name for path in folder.rglob("*")] == ["taken", "letter.txt"]


def changed(file: Path, into: Path, *, without: str = "", instead: bytes | None = None) -> Path:
    """A copy of a backup that lacks one part, or has other bytes in it."""
    with tarfile.open(file) as source, tarfile.open(into, "w") as target:
        for member in source:
            content = source.extractfile(member)
            if member.name == without and instead is None:
                continue
            if member.name == without:
                part = into.with_suffix(".part")
                part.write_bytes(instead or b"")
                target.add(part, arcname=member.name)
            else:
                target.addfile(member, content)
    return into


@pytest.mark.parametrize("instead", [None, b"other bytes"])
@pytest.mark.parametrize("part", ["pictures/bicycle.webp", "database.dump"])
def test_a_backup_with_a_missing_or_changed_part_is_refused(saved, tmp_path, part, instead):
    _house, file = saved
    bad = changed(file, tmp_path / "bad", without=part, instead=instead)
    with pytest.raises(HouseRefusal, match="not a whole backup"):
        unpack(bad, tmp_path / "target")


def test_a_refused_backup_leaves_the_folder_as_empty_as_it_was(saved, kontor, folder):
    _house, file = saved
    bad = changed(file, folder / "bad", without="database.dump")
    done = kontor(folder / "new", "restore", str(bad))
    assert done.returncode == 2 and "not a whole backup" in done.stderr
    assert [path.name for path in folder.iterdir()] == ["bad"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 no house", b"\0" * 20480])
def test_a_file_that_is_no_backup_is_refused(tmp_path, content):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(HouseRefusal, match="not a whole backup"):
        unpack(tmp_path / "file", tmp_path / "target")


def test_a_backup_of_a_later_format_is_refused_with_advice(tmp_path):
    later = Manifest(99, "2040-01-01", 22, None, {})
    (tmp_path / "manifest.json").write_text(json.dumps(asdict(later)))
    with tarfile.open(tmp_path / "file", "w") as archive:
        archive.add(tmp_path / "manifest.json", arcname="manifest.json")
    with pytest.raises(HouseRefusal, match="later version"):
        unpack(tmp_path / "file", tmp_path / "target")
