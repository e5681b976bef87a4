"""From what customers say to the answer that reaches each of them once, as improvement and the customers see it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from kontor.back.improvement.answering import NewAnswer, answer_problem
from kontor.back.improvement.models import Group, Problem
from kontor.bridge.cases.actions import Matter, open_case
from kontor.bridge.cases.models import Case, Interaction
from kontor.bridge.voice.models import Answer, Notice, Reply, Signal, Telling
from kontor.front.care.answers.telling import tell_answers, tell_some
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.errors import NotAllowed
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from kontor.kernel.tasks.models import Mail, Task
from tests.improvement.walk import BY, DONE, complain, improve, make_owner, problem_of_all
from tests.trade import NOW

WORDS = (
    ("Die Bremse quietscht laut und bremst kaum", "de"),
    ("Meine Bremse quietscht bei jedem Bremsen sehr laut", "de"),
    ("Bremse quietscht, das ist nicht auszuhalten", "de"),
)


@pytest.fixture
def owner(house):
    """Somebody of product conception."""
    return make_owner()


def mails_of(kind="voice.answer:"):
    return {mail.recipient: mail for mail in Mail.objects.filter(key__startswith=kind)}


@pytest.fixture
def three(house):
    """Three complaints about the same brake, of two people."""
    cases = [
        complain(text, email=email, language=language)
        for (text, language), email in zip(
            WORDS, ("a@example.org", "b@example.org", "A@example.org"), strict=True
        )
    ]
    deliver_all()
    return cases


def test_signals_that_look_alike_are_suggested_as_one_group(three):
    group = Group.objects.get()
    assert (group.size, group.kind, group.state) == (3, "problem", "open")
    assert Signal.objects.count() == 3


def test_an_answer_reaches_each_person_once_in_their_matter_and_by_mail(three, owner):
    number = problem_of_all(by=owner)
    improve(number, owner)
    answer_problem(number=number, answer=DONE, by=owner, at=NOW + timedelta(days=31))
    deliver_all()
    deliver_all()

    mails = mails_of()
    assert set(mails) == {"a@example.org", "b@example.org"}
    assert DONE.text_de in mails["a@example.org"].text and "/answers/" in mails["a@example.org"].text
    assert Notice.objects.count() == 2 and not Telling.objects.filter(told_at=None).exists()
    for case in three:
        case.refresh_from_db()
        assert (case.state, case.close_reason) == ("closed", "solved")
    assert not mails_of("cases.closed:")
    assert Problem.objects.get().state == "closed"


def test_the_worker_killed_between_answer_and_mails_tells_nobody_twice_and_forgets_nobody(three, owner):
    number = problem_of_all(by=owner)
    improve(number, owner)
    answer_id = answer_problem(number=number, answer=DONE, by=owner, at=NOW + timedelta(days=31))
    assert tell_some(answers=[answer_id], by=BY, at=NOW, most=1) == 1  # and here the worker dies
    assert len(mails_of()) == 1
    deliver_all()  # another one hears the event
    tell_answers(answers=[answer_id], by=BY, at=NOW)
    assert len(mails_of()) == 2 == Notice.objects.count()
    assert not Telling.objects.filter(told_at=None).exists()


def test_still_broken_opens_problem_and_matter_again_once(three, owner, public_client):
    number = problem_of_all(by=owner)
    improve(number, owner)
    answer_problem(number=number, answer=DONE, by=owner, at=NOW + timedelta(days=31))
    deliver_all()
    link = re.search(r"http\S+(/o/\S+/answers/\S+/)", mails_of()["b@example.org"].text).group(1)

    page = public_client.get(link)
    assert page.status_code == 200 and DONE.text_de in page.content.decode()
    case = Case.objects.get(email="b@example.org")
    matter = link.partition("answers/")[0] + f"matters/{case.number}/"
    assert link in public_client.get(matter).content.decode()
    assert not Reply.objects.exists()
    for _ in range(2):
        assert public_client.post(link, {"words": "Quietscht immer noch"}).status_code == 302
        deliver_all()

    assert Reply.objects.count() == 1
    problem = Problem.objects.get()
    assert (problem.state, problem.rounds, problem.signals) == ("plan", 2, 4)
    assert Signal.objects.get(source="still").words == "Quietscht immer noch"
    task = Task.objects.get(kind="improvement.reopened")
    assert (task.subject, task.claimed_by_id, task.done_at) == (number, owner.id, None)
    assert Case.objects.get(email="b@example.org").state == "open"
    assert "b@example.org" in mails_of() and Answer.objects.count() == 1


def test_nobody_elses_answer_can_be_read_or_answered(three, owner, public_client):
    number = problem_of_all(by=owner)
    improve(number, owner)
    answer_problem(number=number, answer=DONE, by=owner, at=NOW + timedelta(days=31))
    deliver_all()
    mine = re.search(r"http\S+(/o/\S+/answers/)(\S+)/", mails_of()["b@example.org"].text)
    other = Notice.objects.exclude(id=mine.group(2)).get()
    foreign = f"{mine.group(1)}{other.id}/"
    assert public_client.get(foreign).status_code == 404
    assert public_client.post(foreign, {"words": ""}).status_code == 404
    assert not Reply.objects.exists()


def test_a_wish_is_declined_with_a_reason_and_its_author_is_told_in_english(trade, owner):
    bicycle = trade.offering()
    words = "Please offer a child seat for the cargo bike"
    case = complain(words, email="c@example.org", kind="wish", language="en", offering=bicycle)
    deliver_all()
    number = problem_of_all(by=owner)
    declined = NewAnswer(
        verdict="declined", text_de="Leider nein, weil …", text_en="Sorry, no, because of safety."
    )
    answer_problem(number=number, answer=declined, by=owner, at=NOW)
    deliver_all()
    mail = mails_of()["c@example.org"]
    assert "Sorry, no, because of safety." in mail.text and mail.subject.startswith("About your idea")
    assert f"you told us an idea or a wish about “{bicycle.name_en}”. Thank you" in mail.text
    case.refresh_from_db()
    assert (case.state, case.close_reason) == ("closed", "declined")


def test_who_has_no_mail_address_becomes_a_task_for_care(house, owner):
    matter = Matter(
        id=uuid7(),
        kind="complaint",
        channel="call",
        subject="Bremse",
        text="Die Bremse quietscht",
        party_id=None,
    )
    open_case(matter=matter, by=BY, at=NOW)
    deliver_all()
    number = problem_of_all(by=owner)
    answer_problem(
        number=number, answer=NewAnswer(verdict="declined", text_de="Nein.", text_en="No."), by=owner, at=NOW
    )
    deliver_all()
    assert Task.objects.get(kind="care.tell").subject == Case.objects.get().number
    assert not mails_of() and Case.objects.get().state == "open"
    assert Interaction.objects.get(kind="note").direction == "internal"


def test_who_may_not_work_on_problems_is_refused(three):
    clerk = Actor(ActorKind.STAFF, id=uuid4(), name="Clerk", rights=frozenset({"improvement.read"}))
    with pytest.raises(NotAllowed):
        problem_of_all(by=clerk)
    assert not Problem.objects.exists()
