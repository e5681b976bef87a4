"""What people decide about suggestions and problems: twice, at once, out of order, by the wrong one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from conftest import make_account
from django.db import connection

from kontor.back.improvement import errors
from kontor.back.improvement.actions import (
    Cause,
    check_effect,
    choose_owner,
    decide_action,
    find_cause,
    finish_action,
    judge_harm,
)
from kontor.back.improvement.answering import NewAnswer, answer_problem, reopen_problem
from kontor.back.improvement.confirming import (
    NewProblem,
    join_problem,
    open_problem,
    part_signals,
    reject_group,
)
from kontor.back.improvement.matching import match_all, match_signals
from kontor.back.improvement.models import Group, Membership, Problem
from kontor.back.improvement.ranking import Rank, rank_due
from kontor.back.improvement.regrouping import regroup, regroup_due
from kontor.bridge.voice.models import Signal
from kontor.config.founding import Founding, found_house
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.errors import NotAllowed, NotFound
from kontor.kernel.events.models import Event
from kontor.kernel.tasks.models import Task
from tests.trade import NOW

BY = the_house()
NO = NewAnswer(verdict="declined", text_de="Nein", text_en="No")
SQUEALS = (
    "Bremse quietscht laut",
    "Die Bremse quietscht",
    "Bremse quietscht bei Regen",
    "bremse quietscht sehr",
)


def say(*words, kind="problem", at=NOW, **more):
    """Signals as they are heard."""
    before = Signal.objects.count()
    made = [
        Signal.objects.create(
            key=f"d:{before + nth}",
            kind=kind,
            source="case",
            words=text,
            at=at + timedelta(minutes=nth),
            **more,
        ).id
        for nth, text in enumerate(words)
    ]
    match_all(ids=made, by=BY, at=at)
    return made


def biggest():
    return Group.objects.filter(state="open").order_by("-size").first()


def waiting(group):
    return list(Membership.objects.filter(group=group, problem=None).values_list("signal_id", flat=True))


def make(by=BY, signals=None, title="Bremse quietscht", key=None):
    group = biggest()
    new = NewProblem(key=key or uuid4(), title=title, group_id=group.id, signals=signals or waiting(group))
    return open_problem(problem=new, by=by, at=NOW)


@pytest.fixture
def somebody(house):
    account = make_account("product-conception")
    return Actor(
        ActorKind.STAFF,
        id=account.id,
        name=account.name,
        rights=frozenset({"improvement.read", "improvement.write"}),
    )


def test_a_signal_heard_twice_is_placed_once(house):
    [one] = say(SQUEALS[0])
    assert match_signals(ids=[one, one], by=BY, at=NOW) == 0
    assert Membership.objects.count() == 1 == Group.objects.get().size


def test_matching_asks_the_same_number_of_statements_for_one_and_many(house, django_assert_num_queries):
    say(*SQUEALS)
    counts = []
    for number in (1, 30):
        before = Signal.objects.count()
        ids = [
            Signal.objects.create(
                key=f"m:{before + nth}", kind="problem", source="case", words=f"Bremse {nth}"
            ).id
            for nth in range(number)
        ]
        connection.force_debug_cursor = True
        start = len(connection.queries_log)
        match_signals(ids=ids, by=BY, at=NOW)
        counts.append(len(connection.queries_log) - start)
        connection.force_debug_cursor = False
    assert counts[0] == counts[1], counts


def test_problems_and_wishes_are_never_one_group(house):
    say("Ein Ständer fehlt am Rad")
    say("Ein Ständer fehlt am Rad", kind="need")
    assert Group.objects.count() == 2


def test_the_same_lot_and_article_bring_nearer(house, trade):
    bike = trade.offering()
    say("Rahmen hat einen Riss", offering=bike, lot="FA-7")
    say("Riss am Tretlager", offering=bike, lot="FA-7")
    alone = Group.objects.count()
    say("Riss am Tretlager entdeckt worden")
    assert alone <= 2 and Group.objects.count() <= 3


def test_what_was_parted_is_not_put_back_by_grouping_anew(house):
    ids = say(*SQUEALS)
    number = make()
    assert part_signals(number=number, signals=ids[:1], by=BY, at=NOW) == 1
    assert part_signals(number=number, signals=ids[:1], by=BY, at=NOW) == 0
    home = Membership.objects.get(signal_id=ids[0]).group_id
    regroup(by=BY, at=NOW)
    parted = Membership.objects.get(signal_id=ids[0])
    assert parted.group_id == home and parted.problem_id is None
    assert Problem.objects.get().signals == 3


def test_grouping_anew_keeps_what_people_decided_and_rests_between(house):
    say(*SQUEALS)
    number = make()
    say(
        *(
            f"{text} {nth}"
            for nth in range(8)
            for text in ("Rechnung falsch", "Lieferung spät", "Sattel zu hart")
        )
    )
    taken = set(Membership.objects.filter(problem__number=number).values_list("signal_id", flat=True))
    say("Sattel zu weich", "Sattel drückt")
    assert regroup_due(by=BY, at=NOW) >= 0
    assert regroup_due(by=BY, at=NOW) == 0
    assert set(Membership.objects.filter(problem__number=number).values_list("signal_id", flat=True)) == taken
    assert sum(group.size for group in Group.objects.all()) == Membership.objects.filter(problem=None).count()


def test_a_decision_about_signals_that_were_decided_meanwhile_is_refused(house):
    say(*SQUEALS)
    group, signals = biggest(), waiting(biggest())
    number = make(signals=signals)
    new = NewProblem(key=uuid4(), title="Noch einmal", group_id=group.id, signals=signals)
    with pytest.raises(errors.NoSignalsLeft):
        open_problem(problem=new, by=BY, at=NOW)
    assert join_problem(number=number, group_id=group.id, signals=signals, by=BY, at=NOW) == 0
    assert Problem.objects.count() == 1


def test_a_wish_joins_no_problem(house):
    say(*SQUEALS)
    number = make()
    say("Kinderanhänger gewünscht", kind="need")
    with pytest.raises(errors.OtherKind):
        join_problem(number=number, group_id=biggest().id, signals=waiting(biggest()), by=BY, at=NOW)


def test_the_steps_come_in_their_order(somebody):
    say(*SQUEALS)
    number = make(by=somebody)
    later = {"by": somebody, "at": NOW + timedelta(days=1)}
    done = NewAnswer(verdict="done", text_de="Ja", text_en="Yes")
    with pytest.raises(errors.NotThatFar):
        decide_action(number=number, action="x", due_on=NOW.date(), **later)
    with pytest.raises(errors.NotThatFar):
        finish_action(number=number, **later)
    with pytest.raises(errors.NotThatFar):
        check_effect(number=number, effect="worked", note="", **later)
    with pytest.raises(errors.NotThatFar):
        answer_problem(number=number, answer=done, **later)
    find_cause(number=number, cause=Cause(whys=(), cause="Zug", kind="material"), **later)
    with pytest.raises(errors.NotThatFar):
        finish_action(number=number, **later)
    decide_action(number=number, action="Neuer Zug", due_on=NOW.date(), **later)
    assert Task.objects.get(kind="improvement.action").claimed_by_id == somebody.id
    for _ in range(2):
        finish_action(number=number, **later)
    assert Task.objects.get(kind="improvement.action").done_at is not None
    check_effect(number=number, effect="failed", note="", **later)
    problem = Problem.objects.get()
    assert (problem.state, problem.rounds) == ("plan", 2)
    with pytest.raises(errors.NotThatFar):
        answer_problem(number=number, answer=done, **later)


def test_an_answer_needs_both_languages_and_is_given_once(somebody):
    say(*SQUEALS)
    number = make(by=somebody)
    with pytest.raises(errors.NoAnswer):
        answer_problem(
            number=number,
            answer=NewAnswer(verdict="declined", text_de="Nein", text_en=" "),
            by=somebody,
            at=NOW,
        )
    first = answer_problem(number=number, answer=NO, by=somebody, at=NOW)
    assert answer_problem(number=number, answer=NO, by=somebody, at=NOW) == first
    assert Event.objects.filter(type="voice.AnswerGiven").count() == 1
    with pytest.raises(errors.ProblemIsClosed):
        judge_harm(number=number, harm=1, by=somebody, at=NOW)


def test_new_signals_that_look_like_a_closed_problem_warn_once_a_round(somebody):
    say(*SQUEALS)
    number = make(by=somebody)
    Problem.objects.update(
        state="closed", verdict="done", closed_at=NOW, answer_id=uuid4(), cause="Zug", acted_at=NOW
    )
    say("Die Bremse quietscht schon wieder", "Bremse quietscht wieder")
    problem = Problem.objects.get()
    assert (problem.state, problem.recurred) == ("closed", 2)
    assert Task.objects.get(kind="improvement.recurred").subject == number
    say("Bremse quietscht laut, wieder")
    assert Task.objects.filter(kind="improvement.recurred").count() == 1
    reopen_problem(number=number, by=somebody, at=NOW)
    reopen_problem(number=number, by=somebody, at=NOW)
    problem.refresh_from_db()
    assert (problem.state, problem.rounds, problem.recurred) == ("plan", 2, 0)
    assert Task.objects.get(kind="improvement.recurred").done_at is not None


def test_a_rejected_group_hears_no_more_and_only_its_own_signals_rest(house):
    say(*SQUEALS)
    group = biggest()
    assert reject_group(group_id=group.id, by=BY, at=NOW) == 4
    assert reject_group(group_id=group.id, by=BY, at=NOW) == 0
    say("Die Bremse quietscht laut")
    assert biggest().size == 1
    with pytest.raises(NotFound):
        reject_group(group_id=uuid4(), by=BY, at=NOW)


def test_only_who_may_work_on_problems_can_own_one(somebody):
    say(*SQUEALS)
    number = make(by=somebody)
    packer = make_account("warehouse")
    with pytest.raises(errors.NotAnOwner):
        choose_owner(number=number, account_id=packer.id, by=somebody, at=NOW)
    reader = Actor(ActorKind.STAFF, id=packer.id, name="P", rights=frozenset({"improvement.read"}))
    for act in (
        lambda: choose_owner(number=number, account_id=packer.id, by=reader, at=NOW),
        lambda: answer_problem(number=number, answer=NO, by=reader, at=NOW),
        lambda: part_signals(number=number, signals=[], by=reader, at=NOW),
        lambda: reject_group(group_id=uuid4(), by=reader, at=NOW),
        lambda: reopen_problem(number=number, by=reader, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_rank_of_the_list_is_the_one_that_is_explained_and_falls_as_voices_grow_silent(somebody, trade):
    bike = trade.offering(price="499.00")
    say(*SQUEALS, offering=bike)
    make(by=somebody)
    problem = Problem.objects.get()
    assert problem.voices == 4
    assert problem.score == Rank(problem.voices, problem.affected_amount, problem.harm).points
    judge_harm(number=problem.number, harm=3, by=somebody, at=NOW)
    problem.refresh_from_db()
    assert problem.score == Rank(problem.voices, problem.affected_amount, 3).points
    assert rank_due(by=BY, at=NOW + timedelta(days=120)) == 1
    problem.refresh_from_db()
    assert problem.voices == 0 and problem.score < Decimal(90)


def test_words_of_danger_shorten_the_time_to_act(somebody):
    say("Die Bremse hat versagt und ich bin gestürzt", "Bremse hat versagt, Sturz")
    make(by=somebody, title="Bremse versagt")
    problem = Problem.objects.get()
    assert (problem.harm, problem.harm_by_name) == (3, "")
    assert problem.due_at - NOW < timedelta(days=5)
    judge_harm(number=problem.number, harm=1, by=somebody, at=NOW)
    problem.refresh_from_db()
    assert (problem.harm, problem.harm_by_name) == (1, somebody.name) and problem.due_at - NOW > timedelta(
        days=5
    )


@pytest.fixture
def stage(own_database: None) -> None:
    """A founded house of its own, where everything is committed."""
    founded = {"name": "W", "street": "S", "postal_code": "1", "city": "B", "email": "w@example.org"}
    found_house(founding=Founding(house=founded))


@pytest.mark.slow
def test_two_workers_and_two_people_at_once_place_and_decide_each_signal_once(stage):
    ids = [
        Signal.objects.create(
            key=f"r:{nth}", kind="problem", source="case", words=f"Bremse quietscht {nth}"
        ).id
        for nth in range(24)
    ]

    def work(part):
        try:
            return match_all(ids=part, by=BY, at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        placed = list(threads.map(work, [ids, ids[::-1], ids[:12], ids[12:]]))
    assert sum(placed) == 24 == Membership.objects.count()
    group, signals = biggest(), waiting(biggest())

    def decide(title):
        new = NewProblem(key=uuid4(), title=title, group_id=group.id, signals=signals)
        try:
            return open_problem(problem=new, by=BY, at=NOW)
        except errors.NoSignalsLeft:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        made = [number for number in threads.map(decide, ["Eins", "Zwei"]) if number]
    assert len(made) == 1 == Problem.objects.count()
