"""Files of an answer that is being written: kept, shown, removed, sent once, dropped with the draft; one's own only."""

from collections.abc import Callable

import pytest
from conftest import PlaneClient
from django.core.files.uploadedfile import SimpleUploadedFile

from kontor.bridge.cases import files as limits
from kontor.bridge.cases.models import Attachment, Case
from kontor.bridge.parties.models import House
from kontor.front.care.models import Draft, DraftFile
from kontor.front.care.tests.test_matters_attacked import brought
from kontor.kernel.ids import uuid7


@pytest.fixture
def case(house: House) -> Case:
    return brought()


@pytest.fixture
def linda(house: House, staff_client: Callable[..., PlaneClient]) -> PlaneClient:
    return staff_client("desk", "care")


def choose(client: PlaneClient, case: Case, *contents: bytes, name: str = "foto.txt") -> str:
    files = [SimpleUploadedFile(name, content) for content in contents]
    response = client.post(f"/inbox/{case.number}/draft/files/", {"files": files})
    assert response.status_code == 200
    return str(response.content.decode())


def answer(client: PlaneClient, case: Case, **more: object) -> str:
    kept = [str(key) for key in DraftFile.objects.values_list("id", flat=True)]
    said = {"key": str(uuid7()), "seen": "1", "text": "Hallo", "to": case.email, "kept": kept}
    response = client.post(f"/inbox/{case.number}/answer/", said | more, follow=True)
    return str(response.content.decode())


def test_files_are_kept_shown_with_their_size_and_sent_exactly_once(case: Case, linda: PlaneClient) -> None:
    assert "foto.txt" in choose(linda, case, b"eins")
    choose(linda, case, b"eins")  # chosen twice, it is one
    page = linda.get(f"/inbox/{case.number}/").content.decode()
    assert page.count("foto.txt</a>") == 1 and "1 kB" in page and "Entwurf verwerfen" in page

    key = str(uuid7())
    answer(linda, case, key=key)
    assert [(file.name, bytes(file.content)) for file in Attachment.objects.all()] == [("foto.txt", b"eins")]
    assert not DraftFile.objects.exists()
    answer(linda, case, key=key)
    answer(linda, case, text="Noch etwas")
    assert Attachment.objects.count() == 1


def test_a_file_that_the_form_brings_too_is_sent_once(case: Case, linda: PlaneClient) -> None:
    choose(linda, case, b"eins")
    answer(linda, case, files=[SimpleUploadedFile("foto.txt", b"eins")])
    assert Attachment.objects.count() == 1 and not DraftFile.objects.exists()


def test_a_refused_answer_keeps_its_files(case: Case, linda: PlaneClient) -> None:
    page = answer(linda, case, to="mallory@example.net", files=[SimpleUploadedFile("foto.txt", b"eins")])
    assert "foto.txt" in page and bytes(DraftFile.objects.get().content) == b"eins"
    assert Draft.objects.get().text == "Hallo" and not Attachment.objects.exists()


def test_files_are_removed_one_by_one_or_with_the_draft(case: Case, linda: PlaneClient) -> None:
    choose(linda, case, b"eins", b"zwei")
    linda.post(f"/inbox/{case.number}/draft/", {"text": "Hallo"})
    one, _two = DraftFile.objects.order_by("id")
    for _ in range(2):
        linda.post(f"/inbox/{case.number}/draft/files/{one.id}/drop/", {"text": "Hallo, getippt"})
    assert bytes(DraftFile.objects.get().content) == b"zwei" and Draft.objects.get().text == "Hallo, getippt"
    linda.post(f"/inbox/{case.number}/draft/drop/")
    assert not DraftFile.objects.exists() and not Draft.objects.exists()


def test_nobody_reads_removes_or_sends_a_colleagues_files(
    case: Case, linda: PlaneClient, staff_client: Callable[..., PlaneClient]
) -> None:
    choose(linda, case, b"eins")
    file = DraftFile.objects.get()
    kim = staff_client("desk", "care")
    assert "foto.txt" not in kim.get(f"/inbox/{case.number}/").content.decode()
    assert kim.get(f"/inbox/{case.number}/draft/files/{file.id}/").status_code == 404
    kim.post(f"/inbox/{case.number}/draft/files/{file.id}/drop/")
    kim.post(f"/inbox/{case.number}/draft/drop/")
    answer(kim, case)
    assert DraftFile.objects.get() == file and not Attachment.objects.exists()

    other = brought()
    assert linda.get(f"/inbox/{other.number}/draft/files/{file.id}/").status_code == 404
    saved = linda.get(f"/inbox/{case.number}/draft/files/{file.id}/")
    assert saved.content == b"eins" and saved["Content-Type"] == "application/octet-stream"


def test_a_draft_carries_no_more_than_a_mail(
    case: Case, linda: PlaneClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(linda, case, *(b"%d" % number for number in range(8)))
    assert "mehr als 10 Dateien" in choose(linda, case, b"a", b"b", b"c")
    assert DraftFile.objects.count() == 8
    files = [SimpleUploadedFile("x.txt", b"x%d" % number) for number in range(3)]
    assert "mehr als 10 Dateien" in answer(linda, case, files=files)
    assert not Attachment.objects.exists()
    monkeypatch.setattr(limits, "MOST_BYTES_TOGETHER", 8)
    assert "zusammen" in choose(linda, case, b"a")
    monkeypatch.setattr(limits, "MOST_BYTES", 2)
    assert "größer als" in choose(linda, case, b"abc")
