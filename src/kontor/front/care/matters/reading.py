"""What the inbox and the page of a matter read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from kontor.front.care.matters.errors import NoSuchMatter
from kontor.front.care.matters.receiving import QUEUES
from kontor.front.care.queries import Cursor, Happening, happenings
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.language import in_german
from kontor.kernel.sql import Statements

type View = Literal["mine", "unclaimed", "all", "waiting", "closed"]
ROWS_A_PAGE = 30
_STATEMENT = {
    "mine": "of_clerk",
    "unclaimed": "unclaimed",
    "all": "all_open",
    "waiting": "waiting",
    "closed": "closed",
}
_sql = Statements(__package__, "reading.sql")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which matters somebody wants to see. ``queues`` are the departments'; ``after`` is where the page goes on."""

    view: str
    kind: str = ""
    queues: tuple[str, ...] = QUEUES
    after: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies beside a thread: the clerk's draft, snippets, colleagues, the customer's papers."""

    draft: str
    files: Sequence[Mapping[str, Any]]
    snippets: Sequence[Mapping[str, str]]
    clerks: Sequence[tuple[str, str]]
    papers: Sequence[Mapping[str, str]]


def queues_of(actor: Actor) -> tuple[str, ...]:
    """The queues of somebody's departments; who is in none that answers sees all."""
    return tuple(queue for queue in QUEUES if queue in actor.departments) or QUEUES


def matters(asked: Asked, staff: UUID | None) -> tuple[list[Any], Cursor | None]:
    """A page of matters and where the next one begins. One statement, whatever the number of cases."""
    after = Cursor.read(asked.after)
    values: dict[str, Any] = {
        "kind": asked.kind,
        "limit": ROWS_A_PAGE + 1,
        "after_at": after.at if after else None,
        "after_id": after.id if after else None,
    }
    if asked.view == "mine":
        values["staff"] = staff
    else:
        values["queues"] = list(asked.queues)
    rows = _sql.rows(_STATEMENT[asked.view], **values)
    if len(rows) <= ROWS_A_PAGE:
        return rows, None
    last = rows[ROWS_A_PAGE - 1]
    return rows[:ROWS_A_PAGE], Cursor(last.sort_at, last.id)


def matters_called(text: str) -> list[Any]:
    """Matters with these words in subject, name or e-mail, the latest contact first. One statement."""
    pattern = text.lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return _sql.rows("by_words", pattern=f"%{pattern}%", limit=50)


def matter_numbered(text: str) -> Any | None:
    """The matter of this number, with its letter or without. One statement."""
    typed = text.strip().upper()
    return _sql.one("by_number", number=f"V-{typed}" if typed.isdigit() else typed)


def counts(actor: Actor, queues: Sequence[str]) -> Any:
    """How many matters stand in each tab, counted to a thousand. One statement."""
    return _sql.one("counts", staff=actor.id, queues=list(queues))


def matter(number: str) -> Any:
    """A case with its customer, order and what was merged into it. One statement.

    Raises:
        NoSuchMatter: there is none of this number.
    """
    found = _sql.one("case", number=number, german=in_german())
    if found is None:
        raise NoSuchMatter(number=number)
    return found


def thread(case_id: UUID) -> list[Any]:
    """Every contact of a case and of what was merged into it. One statement."""
    return _sql.rows("thread", id=case_id)


def other_matters(case: Any) -> list[Any]:
    """Further matters of the same customer. One statement."""
    email = (case.party_email or case.email).lower()
    return _sql.rows("others", id=case.id, party_id=case.party_id, email=email)


def matters_of_party(party_id: UUID, email: str) -> list[Any]:
    """The latest matters of a customer. One statement."""
    return _sql.rows("of_party", party_id=party_id, email=email.lower())


def matters_of_order(order_id: UUID) -> list[Any]:
    """The matters about an order. One statement."""
    return _sql.rows("of_order", order_id=order_id)


def desk_of(case: Any, staff: UUID | None) -> Desk:
    """What lies beside the thread. One statement."""
    row = _sql.one("desk_of", id=case.id, staff=staff, party_id=case.party_id)
    if row is None:  # pragma: no cover - a SELECT without FROM has one row
        return Desk("", (), (), (), ())
    return Desk(
        row.draft or "",
        json.loads(row.draft_files or "[]"),
        json.loads(row.snippets or "[]"),
        [(str(clerk_id), name) for clerk_id, name in json.loads(row.clerks or "[]")],
        json.loads(row.papers or "[]"),
    )


def lines_of_order(order_id: UUID) -> list[Any]:
    """The articles of an order. One statement."""
    return _sql.rows("lines_of_order", order_id=order_id)


def history(case_id: UUID, types: Sequence[str]) -> list[Happening]:
    """What staff did with a case, the latest first. One statement."""
    return happenings(_sql.rows("history", id=case_id, types=list(types)))


def attachment(file_id: UUID) -> Any:
    """A file of a contact. One statement.

    Raises:
        NotFound: there is none.
    """
    row = _sql.one("file", id=file_id)
    if row is None:
        raise NotFound(number=str(file_id)[:8])
    return row


def draft_files(number: str, staff: UUID | None) -> list[Any]:
    """The files of one's own draft. One statement."""
    return _sql.rows("draft_files", number=number, staff=staff)


def draft_file(file_id: UUID, number: str, staff: UUID | None) -> Any:
    """A file of one's own draft. One statement.

    Raises:
        NotFound: there is none, or it is a colleague's.
    """
    row = _sql.one("draft_file", id=file_id, number=number, staff=staff)
    if row is None:
        raise NotFound(number=str(file_id)[:8])
    return row


def snippets() -> list[Any]:
    """All snippets by title. One statement."""
    return _sql.rows("snippets")


def answer_times(today: date) -> dict[str, Any]:
    """The answer time of each kind and since when it holds. One statement."""
    return {row.kind: row for row in _sql.rows("answer_times_now", today=today)}


def kept_mails(before: UUID | None, *, limit: int = ROWS_A_PAGE) -> tuple[list[Any], UUID | None]:
    """Mails that were kept aside, and where the next page begins. One statement."""
    rows = _sql.rows("kept_mails", before=before, limit=limit + 1)
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else None


def kept_mail(mail_id: UUID) -> Any:
    """A mail as it came in. One statement.

    Raises:
        NotFound: there is none.
    """
    row = _sql.one("kept_mail", id=mail_id)
    if row is None:
        raise NotFound(number=str(mail_id)[:8])
    return row
