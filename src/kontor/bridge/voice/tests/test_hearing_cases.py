"""What the worker hears of customers' matters: one signal each, in masked words, that follows the matter."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kontor.bridge.cases.actions import Matter, open_case
from kontor.bridge.cases.events import CaseClosed, CaseOpened, CaseReopened
from kontor.bridge.cases.models import Case
from kontor.bridge.parties.models import Address, Party
from kontor.bridge.voice.actions import hear_cases
from kontor.bridge.voice.handlers import hear_matters
from kontor.bridge.voice.models import Signal, SignalOrigin
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.emitting import Event as Fact
from kontor.kernel.events.hearing import Heard
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7
from tests.trade import NOW, Trade

type Role = Callable[..., AbstractContextManager[None]]


def _bring(trade: Trade, party: Party | None = None, **changes: Any) -> UUID:
    said = {
        "kind": "complaint",
        "channel": "form",
        "subject": "Bremse",
        "text": "Die Bremse quietscht. Viele Grüße, Anna Behrens",
        "email": "anna.behrens@example.org",
        "name": "Anna Behrens",
        "party_id": party.id if party else None,
    } | changes
    matter = Matter(id=uuid7(), **said)
    open_case(matter=matter, by=trade.by, at=NOW)
    return matter.id


def _close(case: UUID, reason: str = "solved") -> None:
    Case.objects.filter(id=case).update(state="closed", closed_at=NOW, close_reason=reason)


def test_a_complaint_becomes_a_problem_without_its_writer(trade: Trade) -> None:
    """Article and lot stand on the signal; the party on the origin alone."""
    party, article = trade.party(), trade.offering()
    order = trade.order((article, 1), party=party)
    line = order.lines.get(kind="item")
    Address.objects.create(
        party=party, name="Anna Behrens", street="Am Deich 12", postal_code="28199", city="Bremen"
    )
    _bring(
        trade,
        party,
        order_id=order.id,
        text=f"Meine Bestellung {order.number} kam nach Bremen, Am Deich 12. Die Bremse quietscht. Gruß Anna",
    )
    deliver_all()
    signal = Signal.objects.get()
    assert (signal.kind, signal.source, signal.reason) == ("problem", "case", "complaint")
    assert signal.offering_id == article.id
    assert "Die Bremse quietscht" in signal.words
    for planted in ("Anna", "Behrens", "Deich", "Bremen", order.number):
        assert planted not in signal.words
    origin = SignalOrigin.objects.get()
    assert (origin.party_id, origin.order_line_id, origin.email) == (
        party.id,
        line.id,
        "anna.behrens@example.org",
    )


def test_a_wish_is_a_need(trade: Trade) -> None:
    """Ideas are heard as needs, with the article they are about."""
    article = trade.offering()
    _bring(trade, kind="wish", subject="Idee", text="Ein Gepäckträger wäre schön.", offering_id=article.id)
    deliver_all()
    signal = Signal.objects.get()
    assert (signal.kind, signal.source, signal.offering_id) == ("need", "wish", article.id)


def test_the_signal_follows_its_case(trade: Trade) -> None:
    """Closed: the outcome; open again: none. Nobody is told a second time."""
    case = _bring(trade)
    deliver_all()
    _close(case, "declined")
    hear_cases(ids=[case], by=the_house(), at=NOW)
    assert Signal.objects.values_list("outcome", flat=True).get() == "declined"
    Case.objects.filter(id=case).update(state="open", closed_at=None, close_reason="")
    hear_cases(ids=[case], by=the_house(), at=NOW)
    signal = Signal.objects.get()
    assert (signal.outcome, signal.amended_at) == ("", NOW)
    assert Event.objects.filter(type="voice.SignalHeard").count() == 1


def _heard(kind: type[Fact], case: UUID, at: datetime = NOW) -> Heard:
    return Heard(kind.type_name, "V-1", case, {"kind": "complaint"}, at)


@pytest.mark.parametrize(
    "order",
    [
        (CaseOpened, CaseClosed),
        (CaseClosed, CaseOpened),
        (CaseClosed, CaseClosed),
        (CaseReopened, CaseClosed),
    ],
)
def test_facts_may_come_twice_and_out_of_order(trade: Trade, order: tuple[type[Fact], type[Fact]]) -> None:
    """What is written is what the case says now, not what was told of it."""
    case = _bring(trade)
    _close(case)
    for kind in order:
        hear_matters([_heard(kind, case), _heard(kind, case)])
    assert list(Signal.objects.values_list("outcome", flat=True)) == ["solved"]
    assert SignalOrigin.objects.count() == 1


def test_a_fact_about_nothing_is_heard_without_harm(trade: Trade) -> None:
    """A visitor may state a fact about a case that never was."""
    hear_matters([_heard(CaseOpened, uuid7())])
    assert not Signal.objects.exists()


def test_many_matters_cost_as_many_statements_as_one(trade: Trade) -> None:
    """Sets, not rows."""
    first = _bring(trade)
    many = [_bring(trade, subject=f"Bremse {number}") for number in range(60)]
    with CaptureQueriesContext(connection) as one:
        hear_cases(ids=[first], by=the_house(), at=NOW)
    with CaptureQueriesContext(connection) as sixty:
        hear_cases(ids=many, by=the_house(), at=NOW)
    assert len(one) == len(sixty) <= 12  # with the test's own savepoints
    assert Signal.objects.count() == 61


def test_the_worker_may_do_it_and_the_counter_may_not(trade: Trade, as_role: Role) -> None:
    """Hearing is the worker's: its role has what it takes."""
    case = _bring(trade, trade.party())
    with as_role("kontor_back"):
        hear_cases(ids=[case], by=the_house(), at=NOW)
    assert Signal.objects.count() == 1
