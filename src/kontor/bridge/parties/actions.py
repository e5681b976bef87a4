"""What customers do about themselves: come in, log in and out, ask for an account, say who they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError
from psycopg import Error

from kontor.bridge.parties import errors, events
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who somebody is and where they live, as they say it."""

    name: str
    street: str
    postal_code: str
    city: str
    country: str = "DE"
    extra: str = ""
    email: str = ""
    phone: str = ""

    @property
    def given_name(self) -> str:
        """All words of the name but the last."""
        return self.name.rpartition(" ")[0][:80]

    @property
    def family_name(self) -> str:
        """The last word of the name."""
        return self.name.rpartition(" ")[2][:80]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginWish:
    """What a visitor asks for; ``kind`` as in ``LoginRequest``. The password travels as salt and verifier only."""

    kind: str
    email: str
    language: str
    name: str = ""
    salt: bytes | None = None
    verifier: bytes | None = None


@transaction
def open_visit(*, token_hash: bytes, by: Actor, at: datetime) -> UUID:
    """Remember a new visitor by the hash of a token; returns the party they would become.

    Moves no money. Not repeatable: a token is drawn anew for each visit.
    """
    row = _sql.one("open_visit", token_hash=token_hash)
    return UUID(str(row.party_id)) if row else uuid7()


@transaction
def log_in(*, email: str, proof: bytes, token_hash: bytes, by: Actor, at: datetime) -> UUID | None:
    """Open a session where the proof fits the e-mail's login; None where it does not, which is counted.

    Safe to repeat: each success opens a session of its own.

    Raises:
        TooManyAttempts: ten failures for this e-mail within a quarter of an hour.
    """
    with _answering():
        row = _sql.one("log_in", email=email, proof=proof, token_hash=token_hash)
    return row.party_id if row else None


@transaction
def log_out(*, by: Actor, at: datetime) -> None:
    """End the session or visit of this transaction's token. Safe to repeat."""
    _sql.rows("log_out")


@transaction
def ask_for_login(*, wish: LoginWish, by: Actor, at: datetime) -> UUID:
    """Ask for an account or a new password; the worker answers by mail, or not at all where there is no login.

    Whether an e-mail is known is nowhere to be seen. Repeating asks again: the latest link counts as well.
    """
    request_id = uuid7()
    given_name, _, family_name = wish.name.rpartition(" ")
    _sql.execute(
        "ask_for_login",
        id=request_id,
        kind=wish.kind,
        party_id=by.party_id,
        email=wish.email,
        given_name=given_name[:80],
        family_name=family_name[:80],
        language=wish.language,
        salt=wish.salt,
        verifier=wish.verifier,
    )
    emit([events.LoginRequested(subject=wish.kind, subject_id=request_id)], by=by, at=at)
    return request_id


@transaction
def confirm_sign_up(
    *, link_hash: bytes, token_hash: bytes, proof: bytes | None = None, by: Actor, at: datetime
) -> UUID:
    """A mailed link was opened: the login comes into being, and a session with it.

    In another browser than the one that asked, ``proof`` must be that of the password chosen there: nobody opens an
    account for somebody else with a password of their own. Not to be repeated: a link works once.

    Raises:
        NotThatPassword: the proof is missing or wrong; the link stays good.
        LinkUsedUp: the link is unknown, used or older than it may be, or the e-mail has a login by now.
    """
    with _answering():
        row = _sql.one("confirm_sign_up", link_hash=link_hash, token_hash=token_hash, proof=proof)
    if row is None or row.party_id is None:
        raise errors.LinkUsedUp
    return UUID(str(row.party_id))


@transaction
def reset_password(
    *, link_hash: bytes, salt: bytes, verifier: bytes, token_hash: bytes, by: Actor, at: datetime
) -> UUID:
    """Set a new password by a mailed link; all other sessions end, a new one begins.

    Not to be repeated: a link works once.

    Raises:
        LinkUsedUp: the link is unknown, used or older than it may be.
    """
    row = _sql.one("reset_password", link_hash=link_hash, salt=salt, verifier=verifier, token_hash=token_hash)
    if row is None or row.party_id is None:
        raise errors.LinkUsedUp
    return UUID(str(row.party_id))


@in_transaction
def note_contact(contact: Contact, *, language: str, by: Actor) -> None:
    """Keep who orders and where to. A visitor becomes a party; a customer with a login keeps name and e-mail."""
    if by.kind.value == "visitor":
        _sql.execute(
            "note_party",
            id=by.party_id,
            given_name=contact.given_name,
            family_name=contact.family_name,
            email=contact.email,
            phone=contact.phone,
            language=language,
        )
    _note_address(contact, by.party_id)


@transaction
def change_details(*, contact: Contact, by: Actor, at: datetime) -> None:
    """Change a customer's own name, phone and address. Orders and papers keep what they say. Safe to repeat."""
    _sql.execute(
        "change_details",
        id=by.party_id,
        given_name=contact.given_name,
        family_name=contact.family_name,
        phone=contact.phone,
    )
    _note_address(contact, by.party_id)


def _note_address(contact: Contact, party_id: UUID | None) -> None:
    _sql.execute(
        "note_address",
        id=uuid7(),
        party_id=party_id,
        name=contact.name,
        extra=contact.extra,
        street=contact.street,
        postal_code=contact.postal_code,
        city=contact.city,
        country=contact.country,
    )


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        code = error.__cause__.sqlstate if isinstance(error.__cause__, Error) else None
        if code == "KP003":
            raise errors.TooManyAttempts from error
        if code == "KP006":
            raise errors.NotThatPassword from error
        raise
