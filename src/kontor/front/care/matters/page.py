"""The inbox and the page of a matter, put together."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from kontor.front.care import queries
from kontor.front.care.matters import reading, wording
from kontor.front.care.matters.clock import steps_in
from kontor.front.care.matters.reading import Asked
from kontor.front.care.matters.receiving import QUEUES
from kontor.front.care.page import OpenRow, today
from kontor.front.care.wording import PAPERS, standing, who_did
from kontor.kernel.actor.identity import Actor
from kontor.kernel.house import standing as the_house
from kontor.kernel.ids import uuid7
from kontor.kernel.language import reader_language
from kontor.kernel.membrane.topics import signed_topic
from kontor.kernel.ui.shapes import PageLinks, Said, Tab

_CASE_NUMBER = re.compile(r"\bV-\d{4,12}\b")
_LIST_ROWS = 12


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A matter in a list. ``who`` works on it; ``due`` is None where nothing is due."""

    number: str
    url: str
    subject: str
    name: str
    kind: str
    channel: str
    at: datetime
    due: Said | None
    state: Said
    who: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class DraftFileRow:
    """A file of the clerk's own draft: ``url`` saves it, ``drop_url`` removes it."""

    id: str
    name: str
    size: str
    url: str
    drop_url: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a contact; ``is_lie``: its sender said it was something else."""

    name: str
    url: str
    size: str
    stated: str
    type: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact of a thread; ``of_case`` is set where it came in with a matter that was merged."""

    id: str
    direction: str
    label: str
    icon: str
    who: str
    email: str
    at: datetime
    text: str
    quoted: str
    files: Sequence[FileRow]
    of_case: str
    sent_to: str
    is_automatic: bool
    is_foreign: bool


def live_url(subject: str) -> str:
    """What a page watches."""
    return f"{settings.LIVE_URL}/watch?topic={signed_topic(settings.HOUSE.secret('live-desk'), subject)}"


def inbox_context(asked: Asked, *, text: str, actor: Actor, at: datetime) -> dict[str, Any]:
    """Everything the inbox shows. Two statements."""
    if text:
        rows, more = reading.matters_called(text), None
    else:
        rows, more = reading.matters(asked, actor.id)
    known = reading.counts(actor, asked.queues)
    return {
        "asked": asked,
        "text": text,
        "rows": matter_rows(rows, at, query=_query(asked)),
        "tabs": _tabs(asked, known) if known is not None else [],
        "kept": known.kept if known is not None else 0,
        "pages": PageLinks(
            f"?{_query(asked)}" if asked.after else "",
            f"?{_query(asked)}&{urlencode({'after': str(more)})}" if more else "",
            "",
        ),
        "kinds": wording.KINDS.items(),
        "queues": [(code, wording.QUEUES[code]) for code in QUEUES],
        "live_url": live_url("cases"),
        "may_write": actor.has("cases.write"),
    }


def matter_rows(rows: Sequence[Any], at: datetime, *, query: str = "") -> list[MatterRow]:
    """Rows of a list, for the template."""
    start = reverse("care:matter", args=["0"]).removesuffix("0/")
    ending = f"?{query}" if query else ""
    return [
        MatterRow(
            row.number,
            f"{start}{quote(row.number, safe='')}/{ending}",
            row.subject or row.number,
            row.name or row.email,
            str(wording.KINDS.get(row.kind, row.kind)),
            str(wording.CHANNELS.get(row.channel, row.channel)),
            row.last_at,
            wording.due_said(row.due_at, at),
            wording.state_said(row),
            row.claimed_by_name,
            row.state == "open",
        )
        for row in rows
    ]


def matter_context(number: str, asked: Asked, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """Everything the page of a matter shows. At most nine statements, whatever hangs on it."""
    case = reading.matter(number)
    contacts = reading.thread(case.id)
    rows, _more = reading.matters(asked, actor.id)
    on = today(at)
    orders = queries.open_orders(case.party_id, on) if case.party_number and actor.has("orders.read") else []
    language = reader_language()
    is_mine = case.claimed_by_id == actor.id
    may_write = actor.has("cases.write") and case.merged_into_id is None
    is_free = case.claimed_by_id is None or is_mine
    addresses = _addresses(case, contacts)
    return {
        "case": case,
        "kind": wording.KINDS.get(case.kind, case.kind),
        "channel": wording.CHANNELS.get(case.channel, case.channel),
        "queue": wording.QUEUES.get(case.queue, case.queue),
        "reason": wording.REASONS.get(case.close_reason, ""),
        "state": wording.state_said(case),
        "due": wording.due_said(case.due_at, at),
        "due_steps": steps_in(case.due_steps, language),
        "contacts": [_contact(row, case) for row in contacts],
        "seen": sum(row.direction == "in" and not row.is_automatic for row in contacts),
        "rows": matter_rows(rows[:_LIST_ROWS], at, query=_query(asked)),
        "asked": asked,
        "view_label": wording.VIEWS[asked.view],
        "list_url": f"{reverse('care:inbox')}?{_query(asked)}",
        "query": _query(asked),
        "orders": [
            OpenRow(order, standing(order, on), 0, reverse("care:order", args=[order.number]))
            for order in orders[:5]
        ],
        "others": matter_rows(_as_rows(reading.other_matters(case)), at),
        "same_email": (case.same_email or "").split(",") if case.same_email else [],
        "merged": json.loads(case.merged or "[]"),
        "mentions": _mentions(case, contacts),
        "history": [
            {"at": event.at, "text": wording.HAPPENED[event.type](event.fact), "who": who_did(event)}
            for event in reading.history(case.id, tuple(wording.HAPPENED))
        ],
        **_beside(case, actor),
        "addresses": addresses,
        "is_mine": is_mine,
        "is_free": is_free,
        "may_write": may_write,
        "may_answer": may_write and is_free and bool(addresses),
        "kinds": wording.KINDS.items(),
        "queues": wording.QUEUES.items(),
        "reasons": list(wording.REASONS.items()),
        "live_url": live_url(str(case.id)),
        "key": uuid7(),
        "note_key": uuid7(),
        "contact_key": uuid7(),
    }


def _beside(case: Any, actor: Actor) -> dict[str, Any]:
    """What lies beside the thread: the draft, snippets, colleagues, the customer's papers, the order's lines."""
    desk = reading.desk_of(case, actor.id)
    return {
        "lines": reading.lines_of_order(case.order_id) if case.order_id else [],
        "draft": desk.draft,
        "draft_files": draft_files(case.number, desk.files),
        "snippets": _snippets(desk.snippets, case, actor),
        "clerks": [(clerk, name) for clerk, name in desk.clerks if clerk != str(case.claimed_by_id)],
        "papers": [
            (paper["id"], f"{PAPERS.get(paper['kind'], paper['kind'])} {paper['number']}")
            for paper in desk.papers
        ],
    }


def draft_files(number: str, files: Iterable[Mapping[str, Any]]) -> list[DraftFileRow]:
    """The files of a draft with their addresses."""
    return [
        DraftFileRow(
            str(file["id"]),
            file["name"],
            wording.size_said(file["size"]),
            reverse("care:draft_file", args=[number, file["id"]]),
            reverse("care:drop_draft_file", args=[number, file["id"]]),
        )
        for file in files
    ]


def _tabs(asked: Asked, known: Any) -> list[Tab]:
    numbers = {
        "mine": known.mine,
        "unclaimed": known.unclaimed,
        "all": known.all_open,
        "waiting": known.waiting,
        "closed": None,
    }
    return [
        Tab(
            str(label),
            f"?{_query(Asked(view, asked.kind, asked.queues))}",
            is_current=view == asked.view,
            count=numbers[view],
        )
        for view, label in wording.VIEWS.items()
    ]


def _query(asked: Asked) -> str:
    values = {"view": asked.view, "kind": asked.kind}
    if len(asked.queues) == 1:
        values["queue"] = asked.queues[0]
    return urlencode({name: value for name, value in values.items() if value})


def _contact(row: Any, case: Any) -> ContactRow:
    files = [
        FileRow(
            file["name"],
            reverse("care:matter_file", args=[file["id"]]),
            wording.size_said(file["size"]),
            file["stated"],
            file["type"],
        )
        for file in json.loads(row.files or "[]")
    ]
    writers = {case.email.lower(), (case.party_email or "").lower(), ""}
    return ContactRow(
        id=str(row.id),
        direction=row.direction,
        label=str(wording.CONTACTS.get(row.kind, row.kind)),
        icon=wording.CONTACT_ICONS.get(row.kind, "mail"),
        who=row.author_name
        or row.author_email
        or (case.party_name or case.name if row.direction == "in" else ""),
        email=row.author_email,
        at=row.at,
        text=row.text,
        quoted=row.quoted,
        files=files,
        of_case="" if row.is_here else row.of_case,
        sent_to=row.sent_to,
        is_automatic=row.is_automatic,
        is_foreign=row.direction == "in" and row.author_email.lower() not in writers,
    )


def _addresses(case: Any, contacts: Sequence[Any]) -> list[str]:
    """Whom an answer may go to: the case's own address first, then the customer's, then whoever wrote in it."""
    found: dict[str, str] = {}
    written = [row.author_email for row in reversed(contacts) if row.direction == "in"]
    for email in (case.email, case.party_email or "", *written):
        if email:
            found.setdefault(email.lower(), email)
    return list(found.values())


def _mentions(case: Any, contacts: Sequence[Any]) -> list[str]:
    """Numbers of other matters that stand in the words, for merging with one click."""
    words = " ".join([case.subject, *(row.text for row in contacts if row.direction == "in")])
    return [number for number in dict.fromkeys(_CASE_NUMBER.findall(words)) if number != case.number][:3]


def _snippets(known: Sequence[Mapping[str, str]], case: Any, actor: Actor) -> list[tuple[str, str]]:
    other = "en" if case.language == "de" else "de"
    values = {
        "{name}": case.name or case.party_name or "",
        "{number}": case.number,
        "{order}": case.order_number or case.stated_order or "",
        "{clerk}": actor.name,
        "{house}": the_house().name,
        "{subject}": case.subject,
    }
    found = []
    for snippet in known:
        text = snippet[case.language] or snippet[other]
        for place, value in values.items():
            text = text.replace(place, value)
        found.append((snippet["title"], text))
    return found


def _as_rows(rows: Sequence[Any]) -> list[Any]:
    return [_Row(row) for row in rows]


class _Row:
    """A short row with what a long one has besides."""

    channel = name = email = claimed_by_name = ""
    due_at = None

    def __init__(self, row: Any) -> None:
        self.number, self.subject, self.state, self.kind = row.number, row.subject, row.state, row.kind
        self.last_at = row.opened_at
        self.due_at = getattr(row, "due_at", None)
        self.claimed_by_name = getattr(row, "claimed_by_name", "")


def short_rows(rows: Sequence[Any], at: datetime) -> list[MatterRow]:
    """Rows of the matters of a customer or an order."""
    return matter_rows(_as_rows(rows), at)


def card_of_party(party_id: UUID, email: str, number: str, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """The matters of a customer, for their page. One statement, none for who may not see them."""
    if not actor.has("cases.read"):
        return {}
    return _card(reading.matters_of_party(party_id, email), {"customer": number}, actor=actor, at=at)


def card_of_order(order_id: UUID, number: str, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """The matters about an order, for its page. One statement, none for who may not see them."""
    if not actor.has("cases.read"):
        return {}
    return _card(reading.matters_of_order(order_id), {"order": number}, actor=actor, at=at)


def _card(rows: Sequence[Any], about: dict[str, str], *, actor: Actor, at: datetime) -> dict[str, Any]:
    return {
        "matters": short_rows(rows, at),
        "new_matter_url": f"{reverse('care:new_matter')}?{urlencode(about)}"
        if actor.has("cases.write")
        else "",
        "sees_matters": True,
    }
