"""Reviews: written by customers who received the article, shown by rule, looked at by a person where the rule asks.

The rule: a review is shown as it was written, whatever its stars. It is kept for a person only where it names somebody
or carries addresses, numbers or links, where it insults, or where it shouts. What a review looks like is never changed.
Customers are told this where reviews stand (§ 5b (3) UWG: whether and how it is ensured that reviewers have bought).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kontor.bridge.voice import errors
from kontor.bridge.voice.actions import Heard, hear
from kontor.bridge.voice.events import ReviewWritten
from kontor.bridge.voice.hearing import NewSignal
from kontor.bridge.voice.masking import names_somebody
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.house import house_zone
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

MOST_CHARACTERS = 4_000
PROBLEM_STARS = 3
_INSULTS = re.compile(
    r"(?i)\b(?:arschl\w+|wichser\w*|hurensohn\w*|schei(?:ß|ss)\w*|fotze\w*|schlampe\w*|missgeburt\w*|betrüger\w*|"
    r"fuck\w*|cunt\w*|asshole\w*|bastard\w*|scammer\w*)\b"
)
_SHOUTED_FROM = 40  # characters
_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReview:
    """What a customer says of an article of an own order line. ``id`` is the form's key."""

    id: UUID
    order_line_id: UUID
    offering_id: UUID
    stars: int
    text: str = ""
    shown_as: str = ""
    language: str = "de"


@transaction
def write_review(*, review: NewReview, by: Actor, at: datetime) -> None:
    """A customer reviews an article that was sent to them: a request, which the worker shows or has looked at.

    Moves no money. Safe to repeat: the same ``review.id`` is one review.

    Raises:
        WrongStars, ReviewTooLong: not one to five stars, or more than 4,000 characters.
        ReviewedBefore: this customer has reviewed this article.
        NotReceived: the line is not theirs, or nothing of it has been sent.
    """
    if not 1 <= review.stars <= 5:
        raise errors.WrongStars
    if len(review.text) > MOST_CHARACTERS:
        raise errors.ReviewTooLong
    row = _sql.one("may_review", line=review.order_line_id, offering=review.offering_id, id=review.id)
    if row is None or not row.has_received:
        raise errors.NotReceived
    if row.is_same:
        return
    if row.has_reviewed:
        raise errors.ReviewedBefore
    _sql.execute(
        "insert_review",
        id=review.id,
        party=by.party_id,
        line=review.order_line_id,
        offering=review.offering_id,
        stars=review.stars,
        text=review.text.replace("\0", "").strip(),
        shown_as=" ".join(review.shown_as.replace("\0", "").split())[:40],
        language=review.language,
    )
    emit([ReviewWritten(subject="-", subject_id=review.id)], by=by, at=at)


@transaction
def check_reviews(*, ids: Sequence[UUID], by: Actor, at: datetime) -> Heard:
    """Show written reviews, or keep them for a person; those of up to three stars become problems.

    Moves no money. Safe to repeat: only what is still as written is looked at; a review is heard once.
    """
    rows = _sql.rows("reviews_to_check", ids=list(ids))
    why = {row.id: held_because(row) for row in rows if row.state == "written"}
    _decide([row.id for row in rows if why.get(row.id) == ""], state="shown", by=by, at=at)
    held = [row for row in rows if why.get(row.id)]
    _sql.execute("hold_reviews", ids=[row.id for row in held], reasons=[why[row.id] for row in held])
    return hear([_of_review(row) for row in rows if row.stars <= PROBLEM_STARS], by=by, at=at)


@transaction
def decide_review(*, review_id: UUID, is_shown: bool, by: Actor, at: datetime) -> None:
    """A person shows a review or declines it, as it was written. Moves no money. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``cases.write``.
        NoSuchReview: there is none.
    """
    by.require("cases.write")
    if not _sql.rows("lock_review", id=review_id):
        raise errors.NoSuchReview
    _decide([review_id], state="shown" if is_shown else "declined", by=by, at=at)


def held_because(row: Any) -> str:
    """Why a person must look at a review first: a code, empty where nobody must."""
    if names_somebody(row.text):
        return "personal"
    if _INSULTS.search(f"{row.text} {row.shown_as}"):
        return "insult"
    letters = [sign for sign in row.text if sign.isalpha()]
    if len(letters) >= _SHOUTED_FROM and sum(sign.isupper() for sign in letters) > len(letters) * 0.8:
        return "shouting"
    return ""


@in_transaction
def _decide(ids: Sequence[UUID], *, state: str, by: Actor, at: datetime) -> None:
    if not ids:
        return
    _sql.execute("decide_reviews", ids=list(ids), state=state, at=at, name=by.name)
    if state == "shown":
        _sql.execute("show_reviews", ids=list(ids), zone=house_zone().key)
    else:
        _sql.execute("take_down_reviews", ids=list(ids))


def _of_review(row: Any) -> NewSignal:
    return NewSignal(
        key=f"review:{row.id}",
        kind="problem",
        source="review",
        text=row.text,
        language=row.language,
        offering_id=row.offering_id,
        order_line_id=row.order_line_id,
        party_id=row.party_id,
        email=row.email,
        name=row.name,
        stars=row.stars,
        at=row.at,
    )
