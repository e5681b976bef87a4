"""Bringing a matter as the public: once per form, own rows only, and nothing of the house's own side."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection
from django.db.transaction import atomic

from kontor.bridge.cases import errors
from kontor.bridge.cases.actions import Matter, SentFile, open_case, write_again
from kontor.bridge.cases.models import Case, Interaction
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.session import new_token, token_hash
from tests.trade import Trade

type Role = Callable[..., AbstractContextManager[None]]


@pytest.fixture
def visitor(as_role: Role, house: Any) -> tuple[Actor, str]:
    """Somebody with a token of their own."""
    token = new_token()
    with as_role("kontor_public"), connection.cursor() as cursor:
        cursor.execute("SELECT kontor_open_visit(%s)", [token_hash(token)])
        party = UUID(str(cursor.fetchone()[0]))
    return Actor(ActorKind.VISITOR, party_id=party), token


def _matter(by: Actor, **changes: Any) -> Matter:
    said = {"kind": "question", "channel": "form", "subject": "Bremse", "text": "Sie quietscht."} | changes
    return Matter(id=said.pop("id", uuid7()), party_id=by.party_id, email="a@example.org", **said)


def test_a_form_sent_twice_is_one_case(visitor: tuple[Actor, str], as_role: Role, now: datetime) -> None:
    """The form's key makes it repeatable; the public sees number and state of its own case."""
    by, token = visitor
    matter = _matter(by, files=(SentFile("a.txt", "text/plain", b"hello"),))
    with as_role("kontor_public", token=token):
        number = open_case(matter=matter, by=by, at=now)
        assert open_case(matter=matter, by=by, at=now) == number
        assert Case.objects.values_list("number", "state").get() == (number, "open")
        write_again(number=number, interaction_id=uuid7(), text="Immer noch.", files=(), by=by, at=now)
    assert number.startswith("V-")
    assert Interaction.objects.count() == 2
    kinds = list(
        Event.objects.filter(type__startswith="cases.").values_list("type", flat=True).order_by("id")
    )
    assert kinds == ["cases.CaseOpened", "cases.CaseWrittenTo"]


def test_others_see_and_write_nothing(visitor: tuple[Actor, str], as_role: Role, now: datetime) -> None:
    """Another token neither sees the case nor joins it; the number is no key."""
    by, token = visitor
    with as_role("kontor_public", token=token):
        number = open_case(matter=_matter(by), by=by, at=now)
    with as_role("kontor_public", token=new_token()):
        assert not Case.objects.values_list("number").exists()
        with pytest.raises(errors.NoSuchCase):
            write_again(number=number, interaction_id=uuid7(), text="Hallo", files=(), by=by, at=now)


def test_the_public_reads_neither_queue_nor_clerk(visitor: tuple[Actor, str], as_role: Role) -> None:
    """What the house knows of a case are columns the public has no grant on."""
    _by, token = visitor
    with (
        as_role("kontor_public", token=token),
        pytest.raises(ProgrammingError, match="permission denied"),
        atomic(),
    ):
        list(Case.objects.values_list("queue", "claimed_by_name", "due_at"))


def test_a_case_about_anothers_order_is_refused_by_the_database(
    visitor: tuple[Actor, str], as_role: Role, trade: Trade, now: datetime
) -> None:
    """Only own orders may be linked by the public itself; what it says in words is always taken."""
    by, token = visitor
    order = trade.order((trade.offering(), 1))
    with as_role("kontor_public", token=token):
        assert open_case(matter=_matter(by, stated_order=order.number), by=by, at=now)
        with pytest.raises(ProgrammingError, match="row-level security"):
            open_case(matter=_matter(by, order_id=order.id), by=by, at=now)


@pytest.mark.parametrize(
    ("text", "refusal"), [("  \n", errors.NothingWritten), ("x" * 20_001, errors.MessageTooLong)]
)
def test_no_message_is_refused(
    visitor: tuple[Actor, str], as_role: Role, now: datetime, text: str, refusal: type[Exception]
) -> None:
    """An empty and an endless message say what to do instead."""
    by, token = visitor
    with as_role("kontor_public", token=token), pytest.raises(refusal):
        open_case(matter=_matter(by, text=text), by=by, at=now)
