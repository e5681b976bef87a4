"""The withdrawal form of § 356a BGB: everything is received, nothing is turned away, nothing about orders is told.

The statute (in force since 19 June 2026) wants a function labelled “Vertrag widerrufen” that is always there, stands
out and is easy to reach. It asks name, contract and where to send the acknowledgement; a button “Widerruf bestätigen”
sends the statement; receipt is acknowledged at once on a durable medium with content, date and time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kontor.bridge.cases.actions import Matter
from kontor.bridge.cases.declaring import withdrawal_text
from kontor.kernel.language import reader_language
from kontor.kernel.ui import formats

# Names the ids of withdrawals: the same statement of the same day is one case, whoever sends it however often.
_SAME_STATEMENT = UUID("6f0c9a52-0d5a-5b0e-9c53-3b1d6a5a3560")
_SALT = "site.withdrawal"
_MOST = {"name": 120, "contract": 2_000, "email": 254}


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody declared, in full; ``id`` is the case's."""

    id: UUID
    name: str
    contract: str
    email: str

    @property
    def has_reachable_email(self) -> bool:
        """Whether an acknowledgement can be sent there at all."""
        try:
            validate_email(self.email)
        except ValidationError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was received and when: for the page and for the file. ``number`` is empty where only staff may know it."""

    name: str
    contract: str
    email: str
    at: datetime
    number: str

    @property
    def text(self) -> str:
        """The acknowledgement as a text to keep."""
        rows = [
            (_("Received on"), f"{formats.instant(self.at, 'long')}"),
            (_("Reference number"), self.number),
            (_("Name"), self.name),
            (_("Contract"), self.contract),
            (_("E-mail"), self.email),
        ]
        head = _("We have received your withdrawal.")
        return "\n".join([head, "", *(f"{label}: {value}" for label, value in rows if value), ""])

    def sealed(self) -> str:
        """The receipt as an address can carry it; nobody can alter it."""
        parts = [self.name, self.contract, self.email, self.at.isoformat(), self.number]
        return signing.dumps(parts, salt=_SALT, compress=True)


def unsealed(text: str) -> Receipt | None:
    """The receipt of an address; None for one that this house did not write."""
    try:
        name, contract, email, at, number = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None
    return Receipt(name, contract, email, datetime.fromisoformat(at), number)


def statement_of(cleaned: Mapping[str, str], at: datetime) -> Statement:
    """What was written, cut to what a case can hold, with the id that makes it one case a day."""
    said = {name: str(cleaned.get(name, ""))[:most] for name, most in _MOST.items()}
    parts = [formats.day(at, "short"), *(said[name].casefold() for name in ("name", "contract", "email"))]
    return Statement(uuid5(_SAME_STATEMENT, "\n".join(parts)), said["name"], said["contract"], said["email"])


def matter_of(said: Statement, *, party_id: UUID | None, order: Any | None) -> Matter:
    """The statement as the matter that opens a case; ``order`` is one of the visitor's own, if it is meant."""
    return Matter(
        id=said.id,
        kind="withdrawal",
        channel="order" if order else "form",
        subject=_("Withdrawal: %(contract)s") % {"contract": said.contract[:150] or said.name},
        text=withdrawal_text(contract=said.contract, name=said.name, email=said.email),
        party_id=party_id,
        name=said.name,
        email=said.email if said.has_reachable_email else "",
        language=reader_language(),
        stated_order=said.contract[:120],
        order_id=order.id if order else None,
    )
