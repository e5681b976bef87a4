"""The pages of improvement, as product conception and others see them."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kontor.back.improvement.confirming import NewProblem, open_problem
from kontor.back.improvement.matching import match_all
from kontor.back.improvement.models import Group, Membership, Problem
from kontor.bridge.voice.models import Signal
from kontor.kernel.actor.identity import the_house
from tests.trade import NOW

BY = the_house()
SQUEALS = (
    "Die Bremse quietscht laut",
    "Bremse quietscht immer",
    "die bremse quietscht bei Nässe",
    "Bremse quietscht",
)


def hear(*words, kind="problem", at=NOW):
    """Signals, in their groups."""
    place = Signal.objects.count()
    ids = [
        Signal.objects.create(
            key=f"t:{place + nth}", kind=kind, source="case", words=text, at=at + timedelta(seconds=nth)
        ).id
        for nth, text in enumerate(words)
    ]
    match_all(ids=ids, by=BY, at=at)
    return ids


def make_problem(title="Bremse quietscht"):
    group = Group.objects.filter(state="open").order_by("-size").first()
    signals = list(Membership.objects.filter(group=group).values_list("signal_id", flat=True))
    return open_problem(
        problem=NewProblem(key=uuid4(), title=title, group_id=group.id, signals=signals), by=BY, at=NOW
    )


@pytest.fixture
def conception(house, staff_client):
    return staff_client("back", "product-conception")


def test_a_suggestion_becomes_a_problem_by_screens(conception):
    hear(*SQUEALS, "Lieferung kam zu spät an")
    page = conception.get("/improvement/suggestions/").content.decode()
    assert "Diese 4 ähneln sich" in page and "Die Bremse quietscht laut" in page
    group = Group.objects.order_by("-size").first()
    address = f"/improvement/suggestions/{group.id}/"
    assert conception.get(address).content.decode().count('name="ids"') == 4
    ids = list(Membership.objects.filter(group=group).values_list("signal_id", flat=True))
    key = uuid4()
    for _ in range(2):
        answer = conception.post(
            address, {"key": key, "title": "Bremse quietscht", "ids": ids[:3], "open": "1"}
        )
        assert answer.status_code == 302
    problem = Problem.objects.get()
    assert (problem.signals, problem.state, problem.owner.name) == (3, "plan", "Product-Conception")
    left = Membership.objects.get(signal_id=ids[3])
    assert left.problem_id is None and left.group_id != group.id and group.id in left.parted_from


def test_the_four_steps_are_walked_by_screens(conception):
    hear(*SQUEALS)
    number = make_problem()
    me = conception.get("/improvement/").wsgi_request.actor
    base = f"/improvement/{number}"
    assert conception.post(f"{base}/owner/", {"owner": me.id}).status_code == 302
    assert conception.post(f"{base}/cause/", {"cause": "", "kind": ""}).status_code == 422
    assert (
        conception.post(f"{base}/cause/", {"cause": "Zug", "kind": "material", "why_1": "Weil"}).status_code
        == 302
    )
    assert conception.post(f"{base}/done/").status_code == 302
    assert Problem.objects.get().state == "do"
    assert (
        conception.post(f"{base}/action/", {"action": "Neuer Zug", "due_on": "2026-12-10"}).status_code == 302
    )
    assert conception.post(f"{base}/done/").status_code == 302
    page = conception.get(f"{base}/").content.decode()
    assert "Garwood" in page and "Neuer Zug" in page
    assert conception.post(f"{base}/effect/", {"effect": "worked", "note": ""}).status_code == 302
    words = {"verdict": "done", "text_de": "Erledigt", "text_en": ""}
    assert conception.post(f"{base}/answer/", words).status_code == 422
    assert conception.post(f"{base}/answer/", words | {"text_en": "Done"}).status_code == 302
    assert Problem.objects.get().state == "closed"
    closed = conception.get(f"{base}/").content.decode()
    assert "Abgeschlossen" in closed and "Gesperrt" not in closed  # a login is blocked, a problem is not


def test_lists_and_pages_ask_the_same_number_of_statements_for_few_and_many(
    conception, django_assert_max_num_queries
):
    hear(*SQUEALS)
    number = make_problem()
    hear(*SQUEALS)
    counted = []
    for _round in range(2):
        for address in ("/improvement/", "/improvement/suggestions/", f"/improvement/{number}/"):
            with django_assert_max_num_queries(16) as asked:
                assert conception.get(address).status_code == 200
            counted.append((address, len(asked)))
        hear(*(f"Wort{nth} Sache{nth} Ding{nth}" for nth in range(30)))
    assert counted[:3] == counted[3:], counted
    assert all(count <= 12 + 2 for _address, count in counted), counted


def test_who_may_only_read_changes_nothing(house, staff_client):
    hear(*SQUEALS)
    group = Group.objects.get()
    stranger = staff_client("back", "warehouse")
    assert stranger.get("/improvement/").status_code == 403
    assert stranger.post(f"/improvement/suggestions/{group.id}/reject/").status_code == 403


def test_a_rejected_suggestion_is_not_made_again(conception):
    hear(*SQUEALS)
    group = Group.objects.get()
    assert conception.post(f"/improvement/suggestions/{group.id}/reject/").status_code == 302
    assert "Diese 4 ähneln" not in conception.get("/improvement/suggestions/").content.decode()
    hear("Bremse quietscht sehr")
    assert Group.objects.filter(state="open").get().size == 1
