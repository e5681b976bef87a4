"""What is read of parties and of the house itself."""

from dataclasses import dataclass
from uuid import UUID

from kontor.bridge.parties.models import House
from kontor.kernel.sql import Statements

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True)
class Seen:
    """Whom the token of this request belongs to. ``kind``: visit, session or link."""

    party_id: UUID
    kind: str
    name: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class OwnDetails:
    """What a customer has told the house about themselves; the address is None before there is one."""

    given_name: str
    family_name: str
    organisation: str
    email: str
    phone: str
    address_name: str | None
    extra: str | None
    street: str | None
    postal_code: str | None
    city: str | None
    country: str | None


def current_house() -> House:
    """The organisation as it stands: its latest row."""
    return House.objects.latest("id")


def whose_token() -> Seen | None:
    """Whom this request's token belongs to; None without a valid one. One statement."""
    row = _sql.one("visit")
    return Seen(*row) if row else None


def login_salt(email: str) -> bytes:
    """The salt to prove a password with. Unknown e-mails have one too, so nobody learns which are known."""
    row = _sql.one("login_salt", email=email)
    return bytes(row.salt) if row else bytes(16)


def own_details(party_id: UUID | None) -> OwnDetails | None:
    """Name, contact and latest address of the token's own party, if it is one yet. One statement."""
    row = _sql.one("own_details", party_id=party_id) if party_id else None
    return OwnDetails(*row) if row else None
