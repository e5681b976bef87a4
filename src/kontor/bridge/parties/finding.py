"""Finding customers, and the card of one: for staff at both sides of the counter."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kontor.kernel.errors import NotFound
from kontor.kernel.sql import Statements, loaded

_sql = Statements(__package__, "finding.sql")


@dataclass(frozen=True, slots=True)
class PartyHit:
    """A customer that was found, with where they live."""

    id: UUID
    number: str
    name: str
    email: str
    phone: str
    postal_code: str
    city: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAddress:
    """A postal address of a customer; ``id`` as text, as forms carry it."""

    id: str
    name: str
    extra: str
    street: str
    postal_code: str
    city: str
    country: str
    is_billing: bool
    is_shipping: bool


@dataclass(frozen=True, slots=True)
class PartyCard:
    """Who a customer is, with all addresses, the latest first."""

    id: UUID
    number: str
    kind: str
    given_name: str
    family_name: str
    organisation: str
    email: str
    phone: str
    language: str
    vat_id: str
    created_at: datetime
    erased_at: datetime | None
    addresses: tuple[KnownAddress, ...]

    @property
    def name(self) -> str:
        """The organisation, or given and family name."""
        return self.organisation or self.person

    @property
    def person(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    def address(self, address_id: str) -> KnownAddress | None:
        """The address of this id, if it is one of this customer's."""
        return next((address for address in self.addresses if address.id == address_id), None)


def find_parties(text: str, *, limit: int = 8) -> list[PartyHit]:
    """Customers by number, name, e-mail, phone, street, postcode or town; by likeness where nothing fits exactly.

    An exact number comes first. One statement.
    """
    return [PartyHit(*row) for row in _sql.rows("find", text=text, limit=limit)]


def party_with_email(email: str) -> PartyHit | None:
    """The latest customer with this e-mail address. One statement."""
    row = _sql.one("with_email", email=email) if email else None
    return PartyHit(*row) if row else None


def latest_parties(*, limit: int = 8) -> list[PartyHit]:
    """The customers who came last. One statement."""
    return [PartyHit(*row) for row in _sql.rows("latest", limit=limit)]


def party_card(number: str) -> PartyCard:
    """One customer with all addresses. One statement.

    Raises:
        NotFound: there is no customer of this number.
    """
    row = _sql.one("card", number=number)
    if row is None:
        raise NotFound(number=number)
    facts = row._asdict()
    addresses = facts["addresses"]
    found: list[dict[str, Any]] = loaded(addresses)
    return PartyCard(**facts | {"addresses": tuple(KnownAddress(**address) for address in found)})
