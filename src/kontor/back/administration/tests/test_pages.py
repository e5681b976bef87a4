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


VIEW = {"page": "orders", "name": "Große <b>", "query": "step=open&sort=-amount", "next": "/orders/"}


def names_of(browser):
    """The saved views in the tabs of the orders."""
    page = browser.get("/orders/")
    return [view.name for view in page.context["listing"].saved]


def test_a_view_is_ones_own_until_one_shares_it(clerk, staff_client):
    assert clerk.post("/views/", VIEW).status_code == 302
    other = staff_client("back", "logistics")
    assert (names_of(clerk), names_of(other)) == (["Große <b>"], [])
    view = SavedView.objects.get()
    assert clerk.post(f"/views/{view.id}/change/", {"name": "Große", "is_shared": "on"}).status_code == 302
    assert (names_of(clerk), names_of(other)) == (["Große"], ["Große"])
    clerk.post(f"/views/{view.id}/change/", {"name": "Große"})
    assert names_of(other) == []


def test_a_view_is_shown_as_text_and_removed_by_its_owner_who_stays_at_the_list(clerk, staff_client):
    clerk.post("/views/", VIEW | {"is_shared": "on"})
    view = SavedView.objects.get()
    other = staff_client("back", "logistics")
    page = other.get("/orders/").content.decode()
    assert "Große &lt;b&gt;" in page
    assert "?step=open&amp;sort=-amount" in page
    assert "/change/" not in other.get("/orders/?step=open&sort=-amount").content.decode()
    other.post(f"/views/{view.id}/remove/")
    assert other.post(f"/views/{view.id}/change/", {"name": "Meine"}).status_code == 404
    assert SavedView.objects.get().name == "Große <b>"
    assert "Diese Ansicht entfernen" in clerk.get("/orders/?step=open&sort=-amount").content.decode()
    for _ in range(2):
        assert clerk.post(f"/views/{view.id}/remove/", {"next": "/orders/"}).url == "/orders/"
    assert not SavedView.objects.exists()


def test_saving_under_the_same_name_replaces_ones_own_view_only(clerk, staff_client):
    other = staff_client("back", "logistics")
    for browser in (clerk, clerk, other):
        browser.post("/views/", VIEW)
    clerk.post("/views/", VIEW | {"query": "step=held"})
    kept = SavedView.objects.order_by("query").values_list("query", flat=True)
    assert list(kept) == ["step=held", "step=open&sort=-amount"]


def test_a_view_is_not_renamed_to_another_of_ones_own(clerk):
    clerk.post("/views/", VIEW)
    clerk.post("/views/", VIEW | {"name": "Meine"})
    view = SavedView.objects.get(name="Meine")
    clerk.post(f"/views/{view.id}/change/", {"name": "Große <b>"})
    assert "Sie haben schon eine Ansicht mit diesem Namen" in clerk.get("/orders/").content.decode()
    clerk.post(f"/views/{view.id}/change/", {"name": " "})
    clerk.post(f"/views/{view.id}/change/", {"name": "a\0"})
    assert sorted(names_of(clerk)) == ["Große <b>", "Meine"]


def test_more_views_than_are_shown_are_refused(clerk, monkeypatch):
    monkeypatch.setattr("kontor.back.administration.actions.MOST_OWN_VIEWS", 2)
    for name in ("eins", "zwei", "drei", "zwei"):
        clerk.post("/views/", VIEW | {"name": name})
    assert names_of(clerk) == ["eins", "zwei"]


def test_order_and_columns_alone_are_a_view_too_but_not_what_a_tab_shows(clerk, trade):
    trade.order((trade.offering(), 1))
    for address in ("?sort=-amount", "?column=number&column=state", "?step=open&q=A"):
        assert clerk.get(f"/orders/{address}").context["listing"].may_save, address
    for address in ("", "?sort=-placed", "?step=open", "?step=nothing"):
        assert not clerk.get(f"/orders/{address}").context["listing"].may_save, address


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
