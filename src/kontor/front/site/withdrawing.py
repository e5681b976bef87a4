"""The withdrawal form of § 356a BGB: everything is received, nothing is turned away, nothing about orders is told.

The statute (in force since 19 June 2026) wants a function labelled “Vertrag widerrufen” that is always there, stands
out and is easy to reach. It asks name, contract and where to send the acknowledgement; a button “Widerruf bestätigen”
sends the statement; receipt is acknowledged at once on a durable medium with content, date and time.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus
from uuid import UUID, uuid5

from django.core import signing
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kontor.bridge.cases.actions import Matter, SentFile
from kontor.bridge.cases.declaring import withdrawal_text
from kontor.kernel.language import reader_language
from kontor.kernel.ui import formats

# Names the ids of withdrawals: the same statement of the same day is one case, whoever sends it however often.
_SAME_STATEMENT = UUID("6f0c9a52-0d5a-5b0e-9c53-3b1d6a5a3560")
_SALT = "site.withdrawal"
_MOST = {"name": 120, "contract": 5_000_000, "email": 254}
# What stands in the matter itself and on the page; a longer statement lies whole in a file beside it.
_MOST_SHOWN = 15_000
_MOST_IN_ADDRESS = 3_000
# What is read of a form: more is no statement any more, but its beginning and its last field are one.
_MOST_READ = 2_400_000
_MOST_PASSED = 60_000_000
_TAIL = 4_000
_CHUNK = 65_536
_MOST_PARTS = 40


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody declared, in full; ``id`` is the case's."""

    id: UUID
    name: str
    contract: str
    email: str
    is_cut: bool = False  # more came in than can be kept

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
    def shown(self) -> str:
        """The contract as the page shows it: of a very long one the beginning."""
        return _beginning(self.contract)

    @property
    def fits_address(self) -> bool:
        """Whether it can be saved by a link; a longer one is sent along with a button."""
        return len(self.sealed()) <= _MOST_IN_ADDRESS

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


def fields_of(request: HttpRequest) -> tuple[dict[str, str], bool]:
    """The fields of the form, and whether more came in than can be kept. A byte no text may hold is left out."""
    try:
        return {name: request.POST.get(name, "").replace("\0", "") for name in _MOST}, False
    except RequestDataTooBig:
        return _fields_within(request), True


def _fields_within(request: HttpRequest) -> dict[str, str]:
    """Of a form too large to be kept whole: its beginning, and its last field, which stands at the end."""
    head, tail, passed = b"", b"", 0
    while passed < _MOST_PASSED and (chunk := request.read(_CHUNK)):
        passed += len(chunk)
        head += chunk[: _MOST_READ - len(head)]
        tail = (tail + chunk)[-_TAIL:]
    ends = tail[tail.rfind(b"&") + 1 :] if len(head) < passed and b"&" in tail else b""
    # A sign that was cut in two (%C3%) goes.
    parts = [re.sub(rb"%[0-9A-Fa-f]?$", b"", part) for part in head.split(b"&", _MOST_PARTS)[:_MOST_PARTS]]
    said = [part.partition(b"=") for part in (*parts, ends)]
    found = {unquote_plus(name.decode("latin-1")): value for name, _is, value in said}
    return {
        name: unquote_plus(found.get(name, b"").decode("latin-1"), errors="replace").replace("\0", "")
        for name in _MOST
    }


def statement_of(cleaned: Mapping[str, str], at: datetime, *, is_cut: bool = False) -> Statement:
    """What was written, whole, with the id that makes it one case a day."""
    said = {name: str(cleaned.get(name, ""))[:most] for name, most in _MOST.items()}
    parts = [formats.day(at, "short"), *(said[name].casefold() for name in ("name", "contract", "email"))]
    key = uuid5(_SAME_STATEMENT, "\n".join(parts))
    return Statement(key, said["name"], said["contract"], said["email"], is_cut)


def matter_of(said: Statement, *, party_id: UUID | None, order: Any | None) -> Matter:
    """The statement as the matter that opens a case; ``order`` is one of the visitor's own, if it is meant."""
    return Matter(
        id=said.id,
        kind="withdrawal",
        channel="order" if order else "form",
        subject=_("Withdrawal: %(contract)s") % {"contract": said.contract[:150] or said.name},
        text=withdrawal_text(contract=_beginning(said.contract), name=said.name, email=said.email),
        party_id=party_id,
        name=said.name,
        email=said.email if said.has_reachable_email else "",
        language=reader_language(),
        stated_order=said.contract[:120],
        order_id=order.id if order else None,
        files=_whole(said),
    )


def _beginning(contract: str) -> str:
    if len(contract) <= _MOST_SHOWN:
        return contract
    return f"{contract[:_MOST_SHOWN]} … ({_('the whole text is in the file')})"


def _whole(said: Statement) -> list[SentFile]:
    """A very long statement as a file of its own; what the form could not hold is said there, too."""
    if len(said.contract) <= _MOST_SHOWN:
        return []
    rows = [said.contract, "", said.name, said.email]
    if said.is_cut:
        rows.append(_("More was sent than can be kept; this is the beginning."))
    return [SentFile(f"{_('withdrawal')}.txt", "text/plain", "\n".join(rows).encode())]
