"""The first page, tasks, views, files and what was not heard, as the people who use them see them."""

from uuid import uuid4

import pytest
from conftest import make_account
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from kontor.back.administration.exporting import ask_for_export, write_export
from kontor.back.administration.models import Export, SavedView
from kontor.bridge.orders.models import Order
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.actor.models import StaffAccount
from kontor.kernel.errors import NotAllowed
from kontor.kernel.events.models import Delivery, Event
from kontor.kernel.tasks.actions import NewTask, open_tasks
from kontor.kernel.tasks.models import Task
from kontor.kernel.transactions import transaction
from tests.trade import NOW


@pytest.fixture
def clerk(house, staff_client):
    return staff_client("back", "order-administration")


@pytest.fixture
def keeper(house, staff_client):
    return staff_client("back", "administration")


@transaction
def open_task(subject="A-1", department="order-administration"):
    task = NewTask(key=f"test:{uuid4()}", kind="orders.held", department=department, subject=subject)
    open_tasks([task])


def test_today_shows_at_most_eight_tiles_in_few_statements(
    staff_client, trade, django_assert_max_num_queries
):
    trade.order((trade.offering(), 1))
    browser = staff_client("back", "management", "accounting", "administration", "logistics", "warehouse")
    with django_assert_max_num_queries(18):
        page = browser.get("/")
    assert page.status_code == 200
    assert 4 <= len(page.context["tiles"]) <= 8


def test_somebody_without_any_right_but_the_door_sees_an_empty_first_page(staff_client, house):
    page = staff_client("back", "personnel").get("/")
    assert page.status_code == 200
    assert page.context["tiles"] == []


def test_exactly_one_takes_a_task_and_only_they_finish_it(house, staff_client):
    open_task()
    task = Task.objects.get()
    first, second = (staff_client("back", "order-administration") for _ in range(2))
    for browser in (first, second, first):
        assert browser.post(f"/tasks/{task.id}/claim/").status_code == 302
    task.refresh_from_db()
    assert task.claimed_by == StaffAccount.objects.order_by("id").first()
    second.post(f"/tasks/{task.id}/done/")
    second.post(f"/tasks/{task.id}/put-back/")
    task.refresh_from_db()
    assert (task.done_at, task.claimed_by_id is not None) == (None, True)
    first.post(f"/tasks/{task.id}/done/")
    task.refresh_from_db()
    assert task.done_at is not None
    assert "A-1" not in first.get("/tasks/").content.decode()


def test_a_task_that_is_given_back_is_free_again(clerk):
    open_task()
    task = Task.objects.get()
    clerk.post(f"/tasks/{task.id}/claim/")
    clerk.post(f"/tasks/{task.id}/put-back/")
    task.refresh_from_db()
    assert (task.claimed_by_id, task.claimed_at) == (None, None)


def test_tasks_of_other_departments_are_neither_seen_nor_taken(house, staff_client):
    open_task()
    browser = staff_client("back", "warehouse")
    assert "A-1" not in browser.get("/tasks/").content.decode()
    assert browser.post(f"/tasks/{Task.objects.get().id}/claim/").status_code == 403
    assert Task.objects.get().claimed_by_id is None
    assert browser.post(f"/tasks/{uuid4()}/claim/").status_code == 404


def test_a_view_is_saved_shown_to_all_who_see_the_list_and_removed_by_its_owner(clerk, staff_client):
    data = {"page": "orders", "name": "Große <b>", "query": "step=open&sort=-amount", "next": "/orders/"}
    assert clerk.post("/views/", data).status_code == 302
    assert clerk.post("/views/", data).status_code == 302
    view = SavedView.objects.get()
    other = staff_client("back", "logistics")
    page = other.get("/orders/").content.decode()
    assert "Große &lt;b&gt;" in page
    assert "?step=open&amp;sort=-amount" in page
    other.post(f"/views/{view.id}/remove/")
    assert SavedView.objects.exists()
    assert "Diese Ansicht entfernen" in clerk.get("/orders/?step=open&sort=-amount").content.decode()
    clerk.post(f"/views/{view.id}/remove/")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "x" * 61},
        {"name": "a\0"},
        {"page": "nothing"},
        {"page": "people"},
        {"query": "x" * 501},
    ],
)
def test_a_view_without_name_list_or_right_is_not_saved(clerk, changes):
    clerk.post("/views/", {"page": "orders", "name": "Meine", "query": ""} | changes)
    assert not SavedView.objects.exists()


def test_a_long_list_becomes_a_file_of_the_worker(clerk, trade, as_role):
    order = trade.order((trade.offering(), 1))
    for _ in range(2):
        assert clerk.post("/files/", {"page": "orders", "query": "step=open"}).status_code == 302
    export = Export.objects.get()
    assert ProcrastinateJob.objects.filter(
        args__path="kontor.back.administration.exporting.make_export"
    ).exists()
    assert "Wird erstellt" in clerk.get("/files/").content.decode()
    with as_role("kontor_back"):
        assert write_export(export_id=export.id, at=NOW) is True
        assert write_export(export_id=export.id, at=NOW) is False
    export.refresh_from_db()
    assert (export.rows, export.name) == (1, "orders.csv")
    answer = clerk.get(f"/files/{export.id}/")
    assert order.number in answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"] == 'attachment; filename="orders.csv"'


def test_a_file_belongs_to_who_asked_for_it(clerk, staff_client, trade):
    clerk.post("/files/", {"page": "orders", "query": ""})
    export = Export.objects.get()
    other = staff_client("back", "order-administration")
    assert other.get(f"/files/{export.id}/").status_code == 404
    other.post(f"/files/{export.id}/remove/")
    assert Export.objects.exists()
    clerk.post(f"/files/{export.id}/remove/")
    assert write_export(export_id=export.id, at=NOW) is False


def test_who_lost_the_right_meanwhile_gets_no_file(house):
    account = make_account("order-administration")
    by = actor_for(account)
    export = ask_for_export(page="orders", query="", language="de", by=by, at=NOW)
    account.departments.clear()
    with pytest.raises(NotAllowed):
        write_export(export_id=export.id, at=NOW)
    assert Export.objects.get().content is None


def test_a_list_one_may_not_see_is_not_exported(clerk):
    assert clerk.post("/files/", {"page": "people", "query": ""}).status_code == 403
    assert clerk.post("/files/", {"page": "nothing", "query": ""}).status_code == 404
    assert not Export.objects.exists()


def test_a_list_of_more_than_ten_thousand_rows_is_offered_as_a_file(clerk, trade, monkeypatch):
    trade.order((trade.offering(), 1))
    monkeypatch.setattr("kontor.kernel.ui.listing.showing.FILE_AT_ONCE_ROWS", 0)
    answer = clerk.get("/orders/?step=open&export=csv")
    assert (answer.status_code, answer.url) == (302, "/files/?page=orders&query=step%3Dopen")
    assert clerk.get(answer.url).status_code == 200


def dead_letter() -> Delivery:
    event = Event.objects.create(type="x.Y", subject="A-1", subject_id=uuid4(), actor_kind="staff")
    return Delivery.objects.create(
        event=event, handler="x.y", is_dead=True, attempts=10, error="Traceback\nValueError: broken <b>\n"
    )


def test_what_was_given_up_is_shown_with_its_error_and_tried_again(keeper):
    letter = dead_letter()
    page = keeper.get("/administration/letters/").content.decode()
    assert "ValueError: broken &lt;b&gt;" in page
    for _ in range(2):
        assert keeper.post("/administration/letters/again/", {"ids": [letter.id]}).status_code == 302
    letter.refresh_from_db()
    assert (letter.is_dead, letter.attempts, letter.error) == (False, 0, "")


@pytest.mark.parametrize("ids", [[], ["x"], ["-1"], ["9" * 40], ["1; DROP"]])
def test_trying_nonsense_again_changes_nothing(keeper, ids):
    letter = dead_letter()
    assert keeper.post("/administration/letters/again/", {"ids": ids}).status_code == 302
    letter.refresh_from_db()
    assert letter.is_dead


def test_a_job_that_was_given_up_is_shown_and_done_again(keeper, clerk):
    clerk.post("/files/", {"page": "orders", "query": ""})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed', attempts = 8")
    job = ProcrastinateJob.objects.get()
    assert "administration.exporting.make_export" in keeper.get("/administration/letters/").content.decode()
    for _ in range(2):
        assert keeper.post("/administration/jobs/again/", {"ids": [job.id]}).status_code == 302
    assert ProcrastinateJob.objects.get().status == "todo"
    assert clerk.post("/administration/jobs/again/", {"ids": [job.id]}).status_code == 403


def test_the_settings_name_rates_ranges_and_rights(keeper):
    page = keeper.get("/administration/").content.decode()
    for text in ("Weserrad GmbH", "19\xa0%", "Rechnungen", "Ware versenden", "§ 12"):
        assert text in page, text


@pytest.mark.parametrize(
    ("department", "status"),
    [
        ("administration", 200),
        ("management", 200),
        ("warehouse", 403),
        ("accounting", 403),
        ("personnel", 403),
    ],
)
def test_only_administration_sees_administration(staff_client, house, department, status):
    browser = staff_client("back", department)
    assert browser.get("/administration/").status_code == status
    assert browser.get("/administration/letters/").status_code == status


def test_the_search_opens_an_exact_number_and_shows_only_what_one_may_see(clerk, staff_client, trade):
    order = trade.order((trade.offering(name="Rad"), 1))
    assert clerk.get(f"/search/?q={order.number.lower()}").url == f"/orders/{order.number}/"
    assert order.number in clerk.get("/palette/?q=Behrens").content.decode()
    assert order.number not in staff_client("back", "personnel").get("/palette/?q=Behrens").content.decode()
    for text in ("", "%00", "x" * 5000, "%27%22%3C", "%25_"):
        assert clerk.get(f"/search/?q={text}").status_code in (200, 302)
    assert Order.objects.count() == 1
