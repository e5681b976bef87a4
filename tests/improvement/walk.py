"""The way from complaints to the answer, as tests walk it."""

from datetime import timedelta
from uuid import uuid4

from conftest import make_account

from kontor.back.improvement.actions import (
    Cause,
    check_effect,
    choose_owner,
    decide_action,
    find_cause,
    finish_action,
)
from kontor.back.improvement.answering import NewAnswer
from kontor.back.improvement.confirming import NewProblem, open_problem
from kontor.back.improvement.models import Group, Membership
from kontor.bridge.cases.actions import Matter, open_case
from kontor.bridge.cases.models import Case
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.ids import uuid7
from tests.trade import NOW

BY = the_house()
DONE = NewAnswer(
    verdict="done",
    text_de="Die Bremse wird jetzt mit einem stärkeren Zug geliefert.",
    text_en="The brake now comes with a stronger cable.",
)


def complain(text, *, email, kind="complaint", language="de", party=None, offering=None, name=""):
    """A visitor or customer writes; returns the case."""
    matter = Matter(
        id=uuid7(),
        kind=kind,
        channel="form",
        subject=text[:40],
        text=text,
        party_id=party.id if party else None,
        name=name,
        email=email,
        language=language,
        offering_id=offering.id if offering else None,
    )
    number = open_case(matter=matter, by=BY, at=NOW)
    return Case.objects.get(number=number)


def problem_of_all(at=NOW, by=BY):
    """Make one problem of the largest suggestion."""
    group = Group.objects.filter(state="open").order_by("-size", "-id").first()
    signals = list(Membership.objects.filter(group=group).values_list("signal_id", flat=True))
    new = NewProblem(key=uuid4(), title="Bremse quietscht", group_id=group.id, signals=signals)
    return open_problem(problem=new, by=by, at=at)


def make_owner() -> Actor:
    """Somebody of product conception."""
    account = make_account("product-conception")
    rights = frozenset({"improvement.read", "improvement.write"})
    return Actor(ActorKind.STAFF, id=account.id, name=account.name, rights=rights)


def improve(number, owner, at=NOW):
    """Plan, do and check, so that only the answer is left."""
    choose_owner(number=number, account_id=owner.id, by=owner, at=at)
    cause = Cause(whys=("Warum?", "Weil der Zug sich dehnt"), cause="Der Zug ist zu schwach", kind="material")
    find_cause(number=number, cause=cause, by=owner, at=at)
    decide_action(
        number=number, action="Stärkerer Zug", due_on=(at + timedelta(days=10)).date(), by=owner, at=at
    )
    finish_action(number=number, by=owner, at=at + timedelta(days=5))
    check_effect(number=number, effect="worked", note="Ruhe", by=owner, at=at + timedelta(days=30))
