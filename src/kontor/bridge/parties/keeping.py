"""What staff do about customers: draw one up, change who they are and where they live."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from kontor.bridge.parties import events
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.events.emitting import emit
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__, "keeping.sql")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyDetails:
    """Who a customer is, as staff write it down. ``kind`` as in ``Party.Kind``."""

    kind: str
    given_name: str
    family_name: str
    organisation: str
    email: str
    phone: str
    language: str
    vat_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressDetails:
    """A postal address; ``id`` is the form's key, so that a second click changes what the first one wrote."""

    id: UUID
    name: str
    street: str
    postal_code: str
    city: str
    country: str = "DE"
    extra: str = ""
    is_billing: bool = True
    is_shipping: bool = True


@transaction
def create_party(
    *, key: UUID, details: PartyDetails, addresses: Sequence[AddressDetails], by: Actor, at: datetime
) -> str:
    """Draw up a customer with addresses; returns the number.

    Moves no money. Safe to repeat: the same key finds the customer it made first and changes nothing.

    Raises:
        NotAllowed: ``by`` lacks the right ``customers.write``.
    """
    by.require("customers.write")
    row = _sql.one("insert_party", id=key, **asdict(details))
    if row is None:
        known = _sql.one("number_of", id=key)
        if known is None:
            raise NotFound(number=str(key))
        return str(known.number)
    for address in addresses:
        _keep(key, address)
    emit([events.PartyCreated(subject=row.number, subject_id=key)], by=by, at=at)
    return str(row.number)


@transaction
def change_party(*, party_id: UUID, details: PartyDetails, by: Actor, at: datetime) -> bool:
    """Change who a customer is; orders and papers keep what they say. Returns whether anything changed.

    Moves no money. Safe to repeat: what stands already is not told again.

    Raises:
        NotAllowed: ``by`` lacks the right ``customers.write``.
        NotFound: there is no such customer, or their data was erased.
    """
    by.require("customers.write")
    row = _sql.one("lock_party", id=party_id)
    if row is None:
        raise NotFound(number=str(party_id))
    changed = tuple(name for name, value in asdict(details).items() if getattr(row, name) != value)
    if not changed:
        return False
    _sql.execute("change_party", id=party_id, **asdict(details))
    emit([events.PartyChanged(subject=row.number, subject_id=party_id, fields=changed)], by=by, at=at)
    return True


@transaction
def keep_address(*, party_id: UUID, address: AddressDetails, by: Actor, at: datetime) -> bool:
    """Add an address to a customer, or change the one of this id. Returns whether anything changed.

    Moves no money; orders and papers keep their own. Safe to repeat: the same address stands once.

    Raises:
        NotAllowed: ``by`` lacks the right ``customers.write``.
        NotFound: there is no such customer, or their data was erased.
    """
    by.require("customers.write")
    row = _sql.one("lock_party", id=party_id)
    if row is None:
        raise NotFound(number=str(party_id))
    if not _keep(party_id, address):
        return False
    emit([events.PartyChanged(subject=row.number, subject_id=party_id, fields=("address",))], by=by, at=at)
    return True


@in_transaction
def _keep(party_id: UUID, address: AddressDetails) -> int:
    return _sql.execute("keep_address", party_id=party_id, **asdict(address))
