"""What customers of the demo house said and what the house answered, through the real actions, dated back."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from importlib import resources
from typing import Any
from uuid import UUID, uuid5

from kontor.bridge.cases.actions import Matter, bring
from kontor.bridge.cases.models import Case, Interaction
from kontor.bridge.orders.models import Order, OrderLine
from kontor.bridge.voice.listening import count_sales, hear_searches
from kontor.bridge.voice.models import Review, SearchMiss
from kontor.bridge.voice.reviewing import check_reviews
from kontor.config.demo.past import key_of
from kontor.front.care.matters.actions import claim
from kontor.front.care.matters.answering import Answer, reply
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.actor.models import StaffAccount
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.transactions import transaction

type Said = Mapping[str, Any]
_CLERK = "linda.mitchell@weserrad.example"
_KEYS = UUID("9d0a5b8e-3f5c-4c61-8a35-7b0f9f2f4c22")


def speak(*, by: Actor, at: datetime) -> int:
    """Bring what customers said up to ``at``; returns how many matters there are.

    Safe to repeat: each matter, review and search has a key of its own.
    """
    said = tomllib.loads(resources.files(__package__).joinpath("voices.toml").read_text(encoding="utf-8"))
    said["matter"].sort(key=lambda row: -row["days_ago"])
    orders = {
        order.key: order
        for order in Order.objects.filter(key__in=[key_of(row["order"]) for row in _spoken(said)])
    }
    _bring(said["matter"], orders, by=by, at=at)
    deliver_all()
    clerk = actor_for(StaffAccount.objects.get(email=_CLERK))
    for row in said["matter"]:
        _answer(row, by=clerk, at=at)
    _review(said["review"], orders, by=by, at=at)
    _search(said["search"], at=at)
    count_sales(by=by, at=at)
    hear_searches(by=by, at=at)
    deliver_all()
    return len(said["matter"])


def _spoken(said: Said) -> list[Said]:
    return [*said["matter"], *said["review"]]


def _then(row: Said, at: datetime, days: str = "days_ago") -> datetime:
    then = at - timedelta(days=row[days])
    return min(
        then.replace(hour=row.get("hour", 12), minute=17, second=0, microsecond=0), at - timedelta(hours=2)
    )


def _line(order: Order, article: str) -> OrderLine:
    return OrderLine.objects.only("id", "offering_id", "party_id").get(order=order, number=article)


@transaction
def _bring(rows: Sequence[Said], orders: Mapping[UUID, Order], *, by: Actor, at: datetime) -> None:
    for row in rows:
        case_id = uuid5(_KEYS, f"matter {row['order']} {row['subject']}")
        order, then = orders[key_of(row["order"])], _then(row, at)
        if Case.objects.filter(id=case_id).exists():
            continue
        line = _line(order, row["article"])
        matter = Matter(
            id=case_id,
            kind=row["kind"],
            channel=row["channel"],
            subject=row["subject"],
            text=row["text"],
            party_id=order.party_id,
            name=order.billing_name,
            email=order.email,
            language=row.get("language", "de"),
            order_id=order.id,
            order_line_id=line.id,
            offering_id=line.offering_id,
        )
        bring(matter=matter, by=by, at=then)
        Case.objects.filter(id=case_id).update(opened_at=then, last_at=then)
        Interaction.objects.filter(cases__case_id=case_id).update(at=then)


def _answer(row: Said, *, by: Actor, at: datetime) -> None:
    case = Case.objects.get(id=uuid5(_KEYS, f"matter {row['order']} {row['subject']}"))
    if "reply" not in row or case.first_answered_at is not None:
        return
    then = _then(row, at, "reply_days_ago") + timedelta(hours=1)
    claim(number=case.number, by=by, at=then)
    answer = Answer(
        id=uuid5(case.id, "reply"),
        text=row["reply"],
        sent_to=case.email,
        seen=1,
        afterwards="closed" if "close" in row else "waiting",
        reason=row.get("close", "answered"),
    )
    reply(number=case.number, answer=answer, by=by, at=then)
    Case.objects.filter(id=case.id).update(rating=row.get("rating"))
    deliver_all()


@transaction
def _write_reviews(rows: Sequence[Said], orders: Mapping[UUID, Order], *, at: datetime) -> None:
    for row in rows:
        order = orders[key_of(row["order"])]
        line = _line(order, row["article"])
        Review.objects.get_or_create(
            party_id=order.party_id,
            offering_id=line.offering_id,
            defaults={
                "order_line_id": line.id,
                "stars": row["stars"],
                "text": row["text"],
                "shown_as": order.billing_name.partition(" ")[0],
                "language": row.get("language", "de"),
                "at": _then(row, at),
            },
        )


def _review(rows: Sequence[Said], orders: Mapping[UUID, Order], *, by: Actor, at: datetime) -> None:
    _write_reviews(rows, orders, at=at)
    written = Review.objects.filter(state="written").values_list("id", flat=True)
    check_reviews(ids=list(written), by=by, at=at)


@transaction
def _search(rows: Sequence[Said], *, at: datetime) -> None:
    for row in rows:
        SearchMiss.objects.get_or_create(
            on=(at - timedelta(days=row["days_ago"])).date(),
            language=row.get("language", "de"),
            text=row["text"],
            defaults={"times": row["times"]},
        )
