"""Telling an answer to everyone behind its signals. Notice, mail, note and closing are one transaction a chunk:
killed anywhere in between, a worker that comes back goes on where the last chunk ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from kontor.bridge.cases.events import CaseClosed
from kontor.bridge.parties.links import make_links
from kontor.bridge.parties.queries import current_house
from kontor.front.care.answers.wording import Told, letter
from kontor.front.care.mailing.queries import House
from kontor.front.care.mailing.wording import Letter
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.tasks.actions import NewTask, open_tasks
from kontor.kernel.tasks.mail import NewMail, queue_mail
from kontor.kernel.transactions import in_transaction, transaction

CHUNK = 200
LINK_LASTS = timedelta(days=180)
_REASONS = {"done": "solved", "declined": "declined"}
_sql = Statements(__package__)


@dataclass(slots=True)
class Person:
    """Somebody who is told one answer, for all the signals they are behind."""

    answer_id: UUID
    key: str
    rows: list[Any] = field(default_factory=list)
    id: UUID = field(default_factory=uuid7)
    party_id: UUID = field(default_factory=uuid7)
    link: str = ""
    letter: Letter | None = None

    @property
    def last(self) -> Any:
        """Their latest signal: its language is theirs."""
        return self.rows[-1]

    @property
    def text(self) -> str:
        """The answer in their language."""
        return str(self.last.text_en if self.last.language == "en" else self.last.text_de)

    @property
    def about(self) -> str:
        """The article their latest signal is about; empty if it is about none."""
        return str(self.last.offering_en if self.last.language == "en" else self.last.offering_de)

    @property
    def case_ids(self) -> list[UUID]:
        """Their matters."""
        return list(dict.fromkeys(row.case_id for row in self.rows if row.case_id))

    @property
    def may_have_link(self) -> bool:
        """A link without login opens all that is the party's: it goes to the party's own address only."""
        return self.last.known_id is None or self.last.own_email == self.last.email


def tell_answers(*, answers: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Tell everyone behind these answers, each once an answer, in their language; returns how many signals are told.

    Their matters are closed with it and say what was told. Who has no e-mail address becomes a task for care. Moves
    no money. Safe to repeat, and to be killed anywhere: each chunk is told whole or not at all.
    """
    told = 0
    while some := tell_some(answers=answers, by=by, at=at):
        told += some
    return told


@transaction
def tell_some(*, answers: Sequence[UUID], by: Actor, at: datetime, most: int = CHUNK) -> int:
    """Tell the next who wait for these answers; returns how many signals that were. Safe to repeat."""
    _sql.execute("lock_answers")
    rows = _sql.rows("to_tell", answers=list(answers), limit=most)
    if not rows:
        return 0
    persons = _persons(rows)
    known = _known(persons)
    new = [person for person in persons if (person.answer_id, person.key) not in known]
    for person in persons:
        person.id = known.get((person.answer_id, person.key), person.id)
    house = current_house()
    _give_links(new, at=at)
    _write_notices(new, house, at=at)
    _note_in_cases(persons, house, by=by, at=at)
    _send(new)
    notices = {row.id: person.id for person in persons for row in person.rows}
    _sql.execute(
        "note_told", ids=[row.id for row in rows], notices=[notices.get(row.id) for row in rows], at=at
    )
    return len(rows)


def _persons(rows: Sequence[Any]) -> list[Person]:
    """Who is behind these rows; who is erased, or left no trace, is nobody any more."""
    found: dict[tuple[UUID, str], Person] = {}
    for row in rows:
        key = _key(row)
        if key:
            person = found.setdefault((row.answer_id, key), Person(row.answer_id, key))
            person.rows.append(row)
            person.party_id = row.party_id or person.party_id
    return list(found.values())


def _key(row: Any) -> str:
    if row.is_erased:
        return ""
    if row.email:
        return f"mail:{row.email}"
    if row.case_id:
        return f"case:{row.case_id}"
    return f"party:{row.party_id}" if row.known_id else ""


def _known(persons: Sequence[Person]) -> Mapping[tuple[UUID, str], UUID]:
    rows = _sql.rows(
        "notices_of",
        answers=[person.answer_id for person in persons],
        persons=[person.key for person in persons],
    )
    return {(row.answer_id, row.person): row.id for row in rows}


@in_transaction
def _give_links(persons: Sequence[Person], *, at: datetime) -> None:
    linked = [person for person in persons if person.may_have_link]
    tokens = make_links([person.party_id for person in linked], at=at, lasts=LINK_LASTS)
    for person in persons:
        person.link = f"{settings.PUBLIC_URL}/answers/{person.id}/"
    for person, token in zip(linked, tokens, strict=True):
        person.link = f"{settings.PUBLIC_URL}/o/{token}/answers/{person.id}/"


def _write_notices(persons: Sequence[Person], house: House, *, at: datetime) -> None:
    for person in persons:
        subjects = dict.fromkeys(row.case_subject for row in person.rows if row.case_subject)
        told = Told(
            name=person.last.name or "",
            language=person.last.language,
            verdict=person.last.verdict,
            is_wish=person.last.kind == "need",
            text=person.text,
            subjects=tuple(subjects),
            about=person.about,
            said_at=person.last.at,
            link=person.link,
        )
        person.letter = letter(told, house)
    _sql.execute(
        "insert_notices",
        ids=[person.id for person in persons],
        answers=[person.answer_id for person in persons],
        persons=[person.key for person in persons],
        parties=[person.party_id for person in persons],
        languages=[person.last.language for person in persons],
        verdicts=[person.last.verdict for person in persons],
        texts=[person.text for person in persons],
        cases=[next(iter(reversed(person.case_ids)), None) for person in persons],
        at=at,
    )


def _note_in_cases(persons: Sequence[Person], house: House, *, by: Actor, at: datetime) -> None:
    """The matter says what was told and is closed with it; the contact has the very instant of the closing."""
    wanted = {case_id: person for person in persons for case_id in person.case_ids}
    if not wanted:
        return
    cases = _sql.rows("lock_cases", ids=list(wanted))
    notes = [(uuid7(), case, wanted[case.id]) for case in cases]
    ids, parties = [note[0] for note in notes], [case.party_id for _id, case, _person in notes]
    _sql.execute(
        "add_contacts",
        ids=ids,
        kinds=["mail" if person.last.email else "note" for _id, _case, person in notes],
        parties=parties,
        subjects=[(person.letter.subject if person.letter else "")[:250] for _id, _case, person in notes],
        texts=[person.text for _id, _case, person in notes],
        house=house.name,
        at=at,
    )
    _sql.execute("join_contacts", cases=[case.id for _id, case, _person in notes], ids=ids, parties=parties)
    told = [note for note in notes if note[2].last.email and note[1].merged_into_id is None]
    closed = _sql.rows(
        "close_cases",
        ids=[case.id for _id, case, _person in told],
        reasons=[_REASONS[person.last.verdict] for _id, _case, person in told],
        at=at,
    )
    emit(
        [CaseClosed(subject=row.number, subject_id=row.id, reason=row.reason) for row in closed],
        by=by,
        at=at,
    )


def _send(persons: Sequence[Person]) -> None:
    for person in persons:
        if person.last.email and person.letter:
            queue_mail(
                NewMail(
                    key=f"voice.answer:{person.id}",
                    recipient=person.last.email,
                    subject=person.letter.subject,
                    text=person.letter.text,
                )
            )
    open_tasks(
        [
            NewTask(
                key=f"care.tell:{person.id}",
                kind="care.tell",
                department="care",
                subject=person.last.case_number or "–",
                subject_id=person.last.case_id,
            )
            for person in persons
            if not person.last.email
        ]
    )
