"""The thread of a matter: brought by a visitor, received, claimed, answered, rated."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from conftest import PlaneClient, stranger
from django.utils import timezone

from kontor.bridge.cases.actions import Matter, open_case
from kontor.bridge.cases.models import Case, Interaction
from kontor.bridge.parties.models import House
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Delivery, Event
from kontor.kernel.ids import uuid7
from kontor.kernel.tasks.models import Mail


@pytest.fixture
def clerk(house: House, staff_client: Callable[..., PlaneClient]) -> PlaneClient:
    return staff_client("desk", "care", email="linda@example.org")


@pytest.fixture
def colleague(house: House, staff_client: Callable[..., PlaneClient]) -> PlaneClient:
    return staff_client("desk", "care", email="kim@example.org")


def brought(**said: Any) -> Case:
    """A matter that somebody brought and the worker received."""
    facts: dict[str, Any] = {
        "kind": "question",
        "channel": "form",
        "subject": "Bremse",
        "text": "Sie quietscht.",
    }
    facts |= {"party_id": None, "email": "eva@example.org", "name": "Eva Lund", "id": uuid7()} | said
    open_case(matter=Matter(**facts), by=the_house(), at=timezone.now())
    deliver_all()
    assert list(Delivery.objects.exclude(error="").values_list("error", flat=True)) == []
    return Case.objects.get(id=facts["id"])


def text(response: Any) -> str:
    return str(response.content.decode())


def answer(client: PlaneClient, case: Case, **said: Any) -> Any:
    facts = {
        "key": str(uuid7()),
        "seen": "1",
        "text": "Wir helfen.",
        "to": case.email,
        "afterwards": "waiting",
    } | said
    return client.post(f"/inbox/{case.number}/answer/", facts, follow=True)


def test_a_matter_is_received_with_a_due_date_that_explains_itself_and_a_receipt(house: House) -> None:
    case = brought()

    assert case.queue == "care" and case.due_at is not None and case.received_at is not None
    assert (
        case.due_steps
        and "Öffnungszeit" in case.due_steps["de"][-1]
        and "opening hours" in case.due_steps["en"][-1]
    )
    mail = Mail.objects.get(key=f"cases.received:{case.id}")
    assert (
        case.number in mail.subject
        and "Sie quietscht." not in mail.text  # whose address it is nobody knows
        and f"/matters/{case.number}/" in mail.text
    )
    deliver_all()
    assert Mail.objects.count() == 1


def test_a_withdrawal_is_acknowledged_with_what_the_law_asks_for(house: House) -> None:
    """Section 356a (4) of the Civil Code: the declaration with its date and time, also the eighth within an hour."""
    for _ in range(8):
        case = brought(
            kind="withdrawal", subject="Widerruf: A-100001", stated_order="A-100001", text="Ich widerrufe."
        )
    mails = Mail.objects.filter(key__startswith="cases.received")
    assert mails.count() == 8
    words = mails.get(key=f"cases.received:{case.id}").text
    assert all(
        fact in words for fact in ("Ich widerrufe.", "Eva Lund", "A-100001", "eva@example.org", case.number)
    )
    assert case.opened_at.astimezone(ZoneInfo("Europe/Berlin")).strftime("%d.%m.%Y, %H:%M") in words


def test_clerk_answers_and_the_customer_reads_and_rates(clerk: PlaneClient) -> None:
    case = brought()
    assert case.number in text(clerk.get("/inbox/"))
    page = text(clerk.get(f"/inbox/{case.number}/"))
    assert "Sie quietscht." in page and "Warum" in page

    answer(clerk, case, afterwards="closed")
    deliver_all()

    case.refresh_from_db()
    assert (case.state, case.close_reason, case.claimed_by_name) == ("closed", "answered", "Care")
    reply = Interaction.objects.get(direction="out")
    mail = Mail.objects.get(key=f"cases.reply:{reply.id}")
    assert mail.in_reply_to == f"<{case.id}@weserrad.example>" and "★★★★★" in mail.text
    assert not Mail.objects.filter(key__startswith="cases.closed").exists()

    link = mail.text.split("/o/")[1].split("/matters/")[0]
    reader = stranger()
    page = text(reader.get(f"/o/{link}/matters/{case.number}/"))
    assert "Wir helfen." in page
    assert text(reader.get(f"/o/{link}/matters/{case.number}/rate/5/")).count("checked") == 1
    case.refresh_from_db()
    assert case.rating is None
    reader.post(f"/o/{link}/matters/{case.number}/rate/5/", {"rating": "5"})
    assert Case.objects.get().rating == 5
    assert Event.objects.filter(type="cases.CaseRated").count() == 1
