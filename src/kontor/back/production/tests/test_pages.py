"""The pages of production, as the head of production and others see them."""

import csv
from datetime import timedelta

import pytest
from django.conf import settings

from kontor.back.production.models import ProductionOrder, Shift, WorkStep
from kontor.back.warehouse.models import OnHand
from kontor.bridge.promises.models import Bucket
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.topics import read_topic, topic_of
from tests.trade import NOW


@pytest.fixture
def head(house, staff_client):
    return staff_client("back", "production")


def new_order(offering, **changes):
    data = {
        "key": str(uuid7()),
        "article": f"{offering.number} · {offering.name_de}",
        "quantity": "4",
        "start_on": "2099-12-01",
        "finish_on": "2099-12-04",
        "step_1": "Montage",
        "centre_1": "Platz 2",
        "note": "",
    }
    return data | changes


def test_the_list_begins_with_what_is_still_to_be_made_and_shows_what_is_late(head, trade, works):
    late, soon = works.plan(trade.offering(), days=-2), works.plan(trade.offering(), days=3000)
    assert head.get("/production/").headers["Location"] == "/production/?step=open"
    page = head.get("/production/?step=open").content.decode()
    assert late.number in page and soon.number in page and "Überfällig" in page
    only = head.get("/production/?step=late").content.decode()
    assert late.number in only and soon.number not in only
    answer = head.get("/production/?step=all&export=csv")
    with head.inside():
        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3 and lines[0].startswith("Fertigungsauftrag;")


def test_the_list_says_how_many_orders_wait_and_which_day_was_promised_first(head, trade, works):
    bike = trade.offering(stock=0)
    works.plan(bike, 5)
    works.plan(trade.offering())
    first = trade.order((bike, 1))
    trade.order((bike, 2))
    assert "Erste Zusage" in head.get("/production/?step=open").content.decode()
    answer = head.get("/production/?step=open&column=number&column=waiting&column=promised_first&export=csv")
    with head.inside():
        rows = list(
            csv.DictReader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines(), delimiter=";")
        )
    assert {row["Es warten"]: row["Erste Zusage"] for row in rows} == {
        "2": f"{first.promised_on:%Y-%m-%d}",
        "0": "",
    }


def test_the_page_of_an_order_watches_who_waits_and_counts_those_that_do_not_fit(head, trade, works):
    bike = trade.offering(stock=0)
    made = works.start(works.plan(bike, 60, steps=[("Montage", ""), ("Prüfung", "")]))
    orders = [trade.place(trade.new_order((bike, 1))) for _ in range(52)]
    deliver_all()
    page = head.get(f"/production/{made.number}/").content.decode()
    part = page.split('id="production-order" data-live="')[1]
    signed = part.split("/watch?topic=")[1].split('"')[0]
    assert read_topic(settings.HOUSE.secret("live-back"), signed) == topic_of("milestones")
    assert sum(order.number in page for order in orders) == 50
    assert "und 2 weitere Kundenaufträge, später zugesagt" in page
    # What is pressed with gloves on is large: both steps.
    assert page.count('name="begin"') == part.count("button-large") == 2


def test_after_a_move_the_page_asks_once_more_as_soon_as_it_listens(head, trade, works, monkeypatch):
    made = works.plan(trade.offering(), 5)
    url = f"/production/{made.number}/"
    assert "data-live-hurries" not in head.get(url).content.decode()
    deed = {"ids": str(made.id), "move": "1", "reason": "capacity", "note": "", "day": "2099-12-24"}
    assert head.post("/production/move/", deed).status_code == 302
    assert "data-live-hurries" in head.get(url).content.decode()
    monkeypatch.setattr("kontor.back.production.page.FOLLOWS", timedelta(0))
    assert "data-live-hurries" not in head.get(url).content.decode()


def test_an_empty_list_says_what_to_do_and_all_is_what_show_all_shows(head, trade, works):
    begins = head.get("/production/?step=open").content.decode()
    assert "Planen Sie einen Fertigungsauftrag" in begins and 'href="?step=all"' in begins
    narrowed = head.get("/production/?step=late").content.decode()
    assert (
        "Planen Sie einen Fertigungsauftrag" not in narrowed
        and 'href="/production/"' not in narrowed.split("<main")[1]
    )


def test_the_statements_do_not_grow_with_the_rows(head, trade, works, django_assert_max_num_queries):
    bike = trade.offering(stock=0)
    made = works.plan(bike, 60, steps=[("Montage", "")])
    trade.order((bike, 1))
    for path in ("/production/?step=open", f"/production/{made.number}/"):
        with django_assert_max_num_queries(12) as few:
            assert head.get(path).status_code == 200
        for _ in range(8):
            works.plan(trade.offering())
            trade.order((bike, 1))
        with django_assert_max_num_queries(12) as many:
            head.get(path)
        assert len(many) <= len(few), path


def test_an_order_is_planned_once_with_one_form_and_can_be_promised(head, trade):
    data = new_order(trade.offering())
    for _ in range(2):
        answer = head.post("/production/new/", data)
        assert answer.status_code == 302
    made = ProductionOrder.objects.get()
    assert answer.headers["Location"] == f"/production/{made.number}/"
    assert (made.quantity, made.planned_start_at.hour) == (4, 6)
    assert WorkStep.objects.get().work_centre == "Platz 2"
    assert Bucket.objects.get(kind="receipt").source == made.number
    # The next one is made the same way, as a rule.
    assert "Platz 2" in head.get("/production/new/").content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"article": "NICHTS"},
        {"article": "VERSAND"},
        {"article": "a\0b"},
        {"article": ""},
        {"quantity": "0"},
        {"quantity": "-1"},
        {"quantity": "NaN"},
        {"quantity": "1e99"},
        {"start_on": "2099-12-09"},
        {"start_on": "gestern"},
        {"finish_on": "9999-99-99"},
        {"step_1": "x" * 81},
        {"key": "kein Schlüssel"},
    ],
)
def test_a_form_with_nonsense_plans_nothing(head, trade, changes):
    answer = head.post("/production/new/", new_order(trade.offering(), **changes))
    assert answer.status_code == 422
    assert not ProductionOrder.objects.exists()


def test_the_ticked_orders_are_moved_after_saying_what_that_touches(head, trade, works):
    bike = trade.offering(stock=0)
    made, other = works.plan(bike, 5), works.plan(trade.offering())
    trade.order((bike, 2))
    ids = [str(made.id), str(other.id)]
    page = head.post("/production/move/", {"ids": ids, "next": "/production/?step=open"})
    assert page.status_code == 200
    assert "1 Zusage in 1 Kundenauftrag" in page.content.decode()
    assert not Shift.objects.exists()
    deed = {"ids": ids, "next": "/production/?step=open", "move": "1", "reason": "capacity", "note": "intern"}
    assert head.post("/production/move/", deed | {"day": "2020-01-01"}).status_code == 422
    assert head.post("/production/move/", deed | {"day": "", "reason": "laune"}).status_code == 422
    answer = head.post("/production/move/", deed | {"day": "2099-06-01"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/production/?step=open")
    assert Shift.objects.count() == 2
    deliver_all()
    page = head.post("/production/move/", {"ids": ids}).content.decode()
    assert "1 dieser Kunden hat heute schon einen anderen Tag mitgeteilt bekommen." in page
    text = head.get(f"/production/{made.number}/").content.decode()
    assert "intern" in text and "Die Werkstatt braucht mehr Zeit als geplant." in text


@pytest.mark.parametrize("ids", [[], ["x"], ["00000000-0000-0000-0000-000000000000"]])
def test_moving_or_beginning_nothing_or_nonsense_changes_nothing(head, house, ids):
    assert head.post("/production/start/", {"ids": ids}).status_code == 302
    deed = {"ids": ids, "move": "1", "day": "2099-06-01", "reason": "capacity"}
    assert head.post("/production/move/", deed).status_code == 302


def test_steps_are_reported_and_what_was_made_is_put_on_the_shelf(head, trade, works):
    made = works.plan(trade.offering(stock=0), 5, steps=[("Montage", "Platz 2")])
    step = WorkStep.objects.get()
    url = f"/production/{made.number}/"
    head.post("/production/start/", {"ids": [str(made.id)], "next": url})
    head.post(f"{url}steps/{step.id}/", {"begin": "1"})
    assert "Beenden" in head.get(url).content.decode()
    head.post(f"{url}steps/{step.id}/", {"good": "zwei", "scrap": "", "reason": ""})
    head.post(f"{url}steps/{step.id}/", {"good": "4", "scrap": "1", "reason": ""})
    step.refresh_from_db()
    assert step.stopped_at is None
    head.post(f"{url}steps/{step.id}/", {"good": "4", "scrap": "1", "reason": "machine"})
    step.refresh_from_db()
    assert (step.good_quantity, step.scrap_quantity) == (4, 1)
    assert 'value="4"' in head.get(f"{url}finish/").content.decode()
    data = {"good": "4", "location": str(trade.location.id)}
    for _ in range(2):
        assert head.post(f"{url}finish/", data).status_code == 302
    assert OnHand.objects.get().quantity == 4
    assert "Maschinenfehler" in head.get(url).content.decode()
    wrong = {"good": "-4", "location": "nirgends"}
    assert head.post(f"{url}finish/", wrong).status_code == 422


def test_a_step_of_another_order_is_not_reported_here(head, trade, works):
    made, other = (
        works.plan(trade.offering(), steps=[("A", "")]),
        works.plan(trade.offering(), steps=[("B", "")]),
    )
    step = WorkStep.objects.get(order=other)
    head.post(f"/production/{made.number}/steps/{step.id}/", {"begin": "1"})
    step.refresh_from_db()
    assert step.started_at is None


def test_calling_off_needs_a_reason_and_is_harmless_twice(head, trade, works):
    made = works.plan(trade.offering(stock=0))
    head.post(f"/production/{made.number}/cancel/", {"reason": ""})
    made.refresh_from_db()
    assert made.state == "planned"
    for _ in range(2):
        head.post(f"/production/{made.number}/cancel/", {"reason": "Kein Stahl <b>"})
    made.refresh_from_db()
    assert (made.state, made.cancel_reason) == ("cancelled", "Kein Stahl <b>")
    assert "Kein Stahl &lt;b&gt;" in head.get(f"/production/{made.number}/").content.decode()


def test_the_palette_finds_an_order_by_its_number_and_the_first_page_tells_what_is_late(head, trade, works):
    made = works.plan(trade.offering(), days=-2)
    assert head.get(f"/search/?q={made.number}").url == f"/production/{made.number}/"
    assert "/production/?step=late" in head.get("/").content.decode()
    assert made.planned_finish_at == NOW - timedelta(days=2)


@pytest.mark.parametrize("path", ["/production/FA-0/", "/production/%00/", "/production/FA-0/finish/"])
def test_a_number_that_is_none_is_not_found(head, house, path):
    assert head.get(path).status_code == 404
