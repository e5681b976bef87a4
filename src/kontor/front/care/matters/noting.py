"""Matters that reach the house by phone, by letter or at the counter, and what care keeps for its own use."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from kontor.bridge.cases.actions import Matter, SentFile, bring
from kontor.front.care.matters.actions import RIGHT
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__)
LONGEST_ANSWER_MINUTES = 60 * 400


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedMatter:
    """What a clerk notes. ``key`` is the form's own: sent twice, it is one case. Numbers may be empty."""

    key: UUID
    kind: str
    channel: str
    subject: str
    text: str
    customer: str = ""
    order: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    claim: bool = True
    files: Sequence[SentFile] = field(default_factory=tuple)


@transaction
def note_matter(*, noted: NotedMatter, by: Actor, at: datetime) -> str:
    """Open a case for somebody who called, wrote or came by; returns its number. Moves no money.

    Safe to repeat: one ``key`` is one case. The order's customer is the case's, unless another is named.

    Raises:
        NotAllowed: ``by`` lacks the right ``cases.write``.
        NotFound: there is no such customer, or no such order.
        NothingWritten, MessageTooLong: the message is no message.
    """
    by.require(RIGHT)
    order = _sql.one("order_facts", number=noted.order.strip().upper()) if noted.order else None
    if noted.order and order is None:
        raise NotFound(number=noted.order)
    customer = noted.customer.strip().upper() or (order.customer if order else "")
    party = _sql.one("customer_facts", number=customer) if customer else None
    if noted.customer and party is None:
        raise NotFound(number=noted.customer)
    number = bring(
        matter=Matter(
            id=noted.key,
            kind=noted.kind,
            channel=noted.channel,
            subject=noted.subject,
            text=noted.text,
            party_id=party.id if party else None,
            name=noted.name or (party.name[:120] if party else ""),
            email=noted.email or (party.email if party else ""),
            phone=noted.phone or (party.phone if party else ""),
            language=party.language if party else "de",
            stated_order=order.number if order else "",
            order_id=order.id if order else None,
            files=noted.files,
        ),
        by=by,
        at=at,
    )
    if noted.claim:
        _sql.one("claim", id=noted.key, staff=by.id, name=by.name[:120], at=at)
    return number


@transaction
def keep_snippet(*, key: UUID, title: str, text_de: str, text_en: str, by: Actor, at: datetime) -> None:
    """Write a snippet, or change the one of this key. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``cases.write``.
        SnippetNamesake: another one is called so.
    """
    by.require(RIGHT)
    _sql.execute(
        "keep_snippet",
        id=key,
        title=title.strip(),
        text_de=text_de.strip(),
        text_en=text_en.strip(),
        at=at,
        by=by.name[:120],
    )


@transaction
def drop_snippet(*, key: UUID, by: Actor, at: datetime) -> None:
    """Let a snippet go. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``cases.write``.
    """
    by.require(RIGHT)
    _sql.execute("drop_snippet", id=key)


@transaction
def set_answer_time(*, kind: str, minutes: int, today: date, by: Actor, at: datetime) -> None:
    """Say within how many minutes of opening hours a kind of matter is answered, from today on. Safe to repeat.

    Dates that were set before stay as they were told.

    Raises:
        NotAllowed: ``by`` lacks the right ``cases.write``.
    """
    by.require(RIGHT)
    _sql.execute("drop_answer_time_of_today", kind=kind, today=today)
    _sql.execute(
        "set_answer_time", kind=kind, minutes=min(max(minutes, 1), LONGEST_ANSWER_MINUTES), today=today
    )
