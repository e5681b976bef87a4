"""What fails inside while a file is read, tried or imported, as the clerk sees it who waits for it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from kontor.back.administration.importing import jobs
from kontor.back.administration.importing.models import ImportFile
from kontor.back.administration.tests.uploading import customers, file_of, tried, upload


@pytest.fixture
def clerk(house, staff_client):
    return staff_client("back", "administration")


def test_whatever_fails_while_a_file_is_read_nobody_waits_for_it(clerk, monkeypatch):
    def fails(_content):
        raise RecursionError

    monkeypatch.setattr(jobs, "read_table", fails)
    answer = clerk.post(
        "/imports/", {"kind": "customers", "file": SimpleUploadedFile("k.csv", b"a;b\r\n1;2")}
    )
    with pytest.raises(RecursionError):  # it stands in the log
        jobs.carry_on(file_id=file_of(answer).id)
    file = file_of(answer)
    assert file.state == "broken" and "CSV" in file.problem
    jobs.carry_on(file_id=file.id)


def test_what_the_database_fails_is_tried_again(clerk, monkeypatch):
    def fails(_content):
        raise OperationalError

    with monkeypatch.context() as while_it_lasts:
        while_it_lasts.setattr(jobs, "read_table", fails)
        answer = clerk.post(
            "/imports/", {"kind": "customers", "file": SimpleUploadedFile("k.csv", b"a;b\r\n1;2")}
        )
        with pytest.raises(OperationalError):
            jobs.carry_on(file_id=file_of(answer).id)
    assert file_of(answer).state == "reading"
    jobs.carry_on(file_id=file_of(answer).id)
    assert file_of(answer).state == "read"


@pytest.mark.parametrize(
    ("deed", "step", "then"), [("start", "import_batch", "done"), ("revert", "revert_batch", "reverted")]
)
def test_nobody_waits_for_a_step_that_failed(clerk, monkeypatch, deed, step, then):
    file = tried(clerk, upload(clerk, customers(3)))
    if deed == "revert":
        clerk.post(f"/imports/{file.id}/start/")
        jobs.carry_on(file_id=file.id)
    clerk.post(f"/imports/{file.id}/{deed}/")

    def fails(**_values):
        raise ZeroDivisionError

    with monkeypatch.context() as while_it_lasts:
        while_it_lasts.setattr(jobs, step, fails)
        with pytest.raises(ZeroDivisionError):
            jobs.carry_on(file_id=file.id)
    file.refresh_from_db()
    assert file.state == "stopped"
    page = clerk.get(f"/imports/{file.id}/").content.decode()
    assert file.problem in page and "every 1s" not in page

    clerk.post(f"/imports/{file.id}/{deed}/")
    jobs.carry_on(file_id=file.id)
    file.refresh_from_db()
    assert (file.state, file.problem) == (then, "")


def test_a_trial_that_failed_can_be_made_again(clerk, monkeypatch):
    def fails(**_values):
        raise ZeroDivisionError

    with monkeypatch.context() as while_it_lasts:
        while_it_lasts.setattr(jobs, "try_batch", fails)
        with pytest.raises(ZeroDivisionError):
            tried(clerk, upload(clerk, customers(3)))
    file = ImportFile.objects.get()
    assert file.state == "read" and file.problem in clerk.get(f"/imports/{file.id}/").content.decode()
    assert tried(clerk, file).state == "checked"
