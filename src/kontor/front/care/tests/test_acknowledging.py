"""Receipts: whoever writes is received, and nobody's mailbox is filled with a stranger's words."""

import pytest
from django.utils import timezone

from kontor.bridge.cases.actions import Matter, SentFile, open_case
from kontor.bridge.cases.models import Case
from kontor.bridge.parties.models import House
from kontor.front.care.matters import acknowledging
from kontor.front.care.matters.receiving import receive_cases
from kontor.kernel.actor.identity import the_house
from kontor.kernel.ids import uuid7
from kontor.kernel.tasks.models import Mail, Task
from tests.trade import Trade

WORDS = "Gewinnen Sie jetzt auf https://win.example"


def brought(email: str, *, kind: str = "question", count: int = 1) -> list[Case]:
    """Matters that the worker receives in one batch."""
    ids = [uuid7() for _ in range(count)]
    for key in ids:
        matter = Matter(
            id=key,
            kind=kind,
            channel="form",
            subject=f"Frage: {WORDS}"[:60],
            text=WORDS,
            party_id=None,
            name="win.example",
            email=email,
            files=[SentFile("win.example.txt", "text/plain", b"a")],
        )
        open_case(matter=matter, by=the_house(), at=timezone.now())
    receive_cases(ids=ids, by=the_house(), at=timezone.now())
    cases = list(Case.objects.filter(id__in=ids).order_by("id"))
    assert all(case.received_at for case in cases)
    return cases


def test_a_stranger_is_told_the_number_and_nothing_that_was_written(house: House) -> None:
    (case,) = brought("victim@example.net")
    mail = Mail.objects.get()
    assert case.number in mail.text and f"/matters/{case.number}/" in mail.text
    assert "win.example" not in mail.text + mail.subject and "Gewinnen" not in mail.text + mail.subject


def test_who_has_ordered_reads_their_own_words(trade: Trade) -> None:
    anna = trade.party()
    brought(anna.email)
    assert WORDS not in Mail.objects.get().text
    trade.order(party=anna)
    brought(anna.email.upper())
    assert WORDS in Mail.objects.order_by("queued_at", "id").last().text  # type: ignore[union-attr]


def test_withdrawals_are_quoted_and_beyond_twenty_a_day_become_tasks(house: House) -> None:
    brought("victim@example.net", kind="withdrawal", count=19)
    last = brought("Victim@example.net", kind="withdrawal", count=3)
    mails = Mail.objects.filter(key__startswith="cases.received:")
    assert mails.count() == 20 and all(WORDS in mail.text for mail in mails.all())
    tasks = Task.objects.order_by("subject")
    assert [task.subject for task in tasks.all()] == [case.number for case in last[1:]]
    assert {(task.kind, task.department) for task in tasks.all()} == {("care.receipt", "care")}
    brought("somebody@example.net", kind="withdrawal")
    assert mails.count() == 21
    receive_cases(ids=[case.id for case in last], by=the_house(), at=timezone.now())
    assert mails.count() == 21 and tasks.count() == 2


def test_receipts_to_strangers_have_an_end_within_the_hour(
    trade: Trade, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acknowledging, "MOST_TO_STRANGERS_AN_HOUR", 3)
    anna = trade.party()
    trade.order(party=anna)
    brought(anna.email)
    for place in range(5):
        brought(f"victim{place}@example.net", kind="withdrawal" if place % 2 else "question")
    assert Mail.objects.exclude(recipient=anna.email).count() == 3 and Task.objects.count() == 2
    brought(anna.email)
    assert Mail.objects.filter(recipient=anna.email).count() == 2
