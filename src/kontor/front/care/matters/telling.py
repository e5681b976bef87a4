"""The mails of care about matters: receipts, answers, the question how it was. Every cause is told once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.conf import settings

from kontor.bridge.parties.links import make_links
from kontor.bridge.parties.queries import current_house
from kontor.front.care.matters import letters
from kontor.front.care.matters.letters import Receipt
from kontor.front.care.matters.tokens import reply_address, token_of
from kontor.kernel.actor.identity import Actor
from kontor.kernel.sql import Statements
from kontor.kernel.tasks.mail import MailFile, NewMail, message_id_of, queue_mail
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__, "telling.sql")
_receiving = Statements(__package__, "receiving.sql")


@in_transaction
def send_receipts(receipts: Sequence[Receipt], *, at: datetime) -> None:
    """Queue the receipt of each case: number, what was written, when it came in, a link. Safe to repeat.

    A withdrawal's receipt holds the declaration with date and time, on a durable medium (section 356a (4) BGB).
    """
    if not receipts:
        return
    house = current_house()
    ids = [receipt.case_id for receipt in receipts]
    words = {row.case_id: row for row in _receiving.rows("first_words", ids=ids)}
    # A withdrawal too long for a letter came in as a file, which belongs to the receipt; nobody's other files do.
    whole = [
        said.interaction_id
        for one in receipts
        if one.kind == "withdrawal"
        and (said := words.get(one.case_id))
        and said.kind == "form"
        and said.files
    ]
    files = _files_of(whole) if whole else {}
    links = links_for([(one.party_id, one.email, one.number) for one in receipts], at=at)
    for receipt, link in zip(receipts, links, strict=True):
        said = words.get(receipt.case_id)
        letter = letters.receipt(
            receipt,
            house,
            text=said.text if said else "",
            files=(said.files or "") if said else "",
            link=link,
        )
        earlier = said.message_id if said and said.message_id else ""
        queue_mail(
            NewMail(
                id=receipt.case_id,
                key=f"cases.received:{receipt.case_id}",
                recipient=receipt.email,
                subject=f"{letter.subject} [{token_of(receipt.number)}]",
                text=letter.text,
                files=files.get(said.interaction_id, ()) if said else (),
                reply_to=reply_address(receipt.number),
                in_reply_to=earlier,
                references=[earlier] if earlier else [],
            )
        )


@transaction
def send_replies(*, ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Mail what staff answered, in its thread, with files and a link to the matter; returns how many.

    Moves no money. Safe to repeat: an answer is mailed once, also when the worker dies in between.
    """
    found = _sql.rows("replies", ids=list(ids))
    known = (
        {row.key for row in _sql.rows("told", keys=[_replied(row.id) for row in found])} if found else set()
    )
    replies = [row for row in found if _replied(row.id) not in known]
    if not replies:
        return 0
    house = current_house()
    files = _files_of([row.id for row in replies])
    links = links_for([(row.party_id, row.sent_to, row.number) for row in replies], at=at)
    for row, link in zip(replies, links, strict=True):
        letter = letters.answer(row, house, link=link)
        earlier = list(reversed(row.earlier or [message_id_of(row.case_id)]))
        queue_mail(
            NewMail(
                id=row.id,
                key=_replied(row.id),
                recipient=row.sent_to,
                subject=f"{letter.subject} [{token_of(row.number)}]",
                text=letter.text,
                files=files.get(row.id, ()),
                reply_to=reply_address(row.number),
                in_reply_to=earlier[-1],
                references=earlier,
                is_personal=True,
            )
        )
    _sql.execute(
        "note_message_ids",
        ids=[row.id for row in replies],
        message_ids=[message_id_of(row.id) for row in replies],
    )
    return len(replies)


@transaction
def tell_closed(*, ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Tell writers that their matter is settled and ask how it was; who was answered just then is not told again.

    Moves no money. Safe to repeat: once for each time it was closed.
    """
    rows = _sql.rows("closed", ids=list(ids))
    if not rows:
        return 0
    house = current_house()
    links = links_for([(row.party_id, row.email, row.number) for row in rows], at=at)
    for row, link in zip(rows, links, strict=True):
        letter = letters.closed(row, house, link=link)
        queue_mail(
            NewMail(
                key=f"cases.closed:{row.id}:{row.closed_at:%Y%m%d%H%M%S%f}",
                recipient=row.email,
                subject=f"{letter.subject} [{token_of(row.number)}]",
                text=letter.text,
                reply_to=reply_address(row.number),
                in_reply_to=message_id_of(row.id),
                references=[message_id_of(row.id)],
            )
        )
    return len(rows)


@in_transaction
def links_for(wanted: Sequence[tuple[UUID | None, str, str]], *, at: datetime) -> list[str]:
    """For each (party, recipient, case number) the address of the matter's page.

    A link that opens without a login shows all that is the party's: it goes to the party's own e-mail only, or where
    the party is just this one case. Everybody else gets the address behind the login.
    """
    parties = {party for party, _email, _number in wanted if party}
    own = {row.id: row.email for row in _sql.rows("emails_of", ids=list(parties))} if parties else {}
    may = [
        party is not None and own.get(party, email.lower()) == email.lower()
        for party, email, _number in wanted
    ]
    tokens = iter(
        make_links(
            [party for (party, _e, _n), free in zip(wanted, may, strict=True) if party and free], at=at
        )
    )
    return [
        f"{settings.PUBLIC_URL}/o/{next(tokens)}/matters/{quote(number)}/"
        if free
        else f"{settings.PUBLIC_URL}/account/matters/{quote(number)}/"
        for (_party, _email, number), free in zip(wanted, may, strict=True)
    ]


def _files_of(ids: Iterable[UUID]) -> Mapping[UUID, list[MailFile]]:
    files: dict[UUID, list[MailFile]] = {}
    for row in _sql.rows("files_of", ids=list(ids)):
        # Files of customers are sent on as bytes, whatever they are: a reader's program decides by the name.
        files.setdefault(row.interaction_id, []).append(
            MailFile(row.name, _sendable(row.media_type), bytes(row.content))
        )
    return files


def _sendable(media_type: str) -> str:
    return "application/octet-stream" if media_type == "text/html" else media_type


def _replied(interaction_id: UUID) -> str:
    return f"cases.reply:{interaction_id}"
