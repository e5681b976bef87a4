"""What is read of parties and of the house itself."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from kontor.bridge.parties.models import Door, House
from kontor.kernel.house import forget_standing, standing
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


@dataclass(frozen=True, slots=True)
class Terms:
    """What dates are computed with: the house's zone and Land, its days (online: hours) for packing and for paying."""

    zone: ZoneInfo
    land: str
    handling_days: int
    payment_days: int
    reminder_days: int
    prepayment_days: int
    online_hours: int


_terms: dict[tuple[str, int], Terms] = {}


def house_terms() -> Terms:
    """The house's terms, read anew when the house has changed: hot paths ask without a statement."""
    key = connection.settings_dict["NAME"], standing().version
    terms = _terms.get(key)
    if terms is None:
        house = current_house()
        terms = Terms(
            zone=ZoneInfo(house.time_zone),
            land=house.land,
            handling_days=house.handling_days,
            payment_days=house.payment_days,
            reminder_days=house.reminder_days,
            prepayment_days=house.prepayment_days,
            online_hours=house.online_hours,
        )
        _terms.clear()
        _terms[key] = terms
    return terms


def forget_house_terms() -> None:
    """Let this process read the terms anew: call it after changing the house."""
    _terms.clear()
    forget_standing()


# What customers' processes may not read of the organisation (access.py names what they may).
OFFICE_ONLY = ("since", "release_limit", "changed_by")


def current_house() -> House:
    """The organisation as it stands: its latest row; one without a name of its own before there is any.

    What only the office may know of it is read when it is asked for.
    """
    house = House.objects.defer(*OFFICE_ONLY).order_by("-id").first()
    return house or House(name="Kontor")


def latest_house() -> House | None:
    """The organisation's latest row; None before anybody has said anything about it."""
    return House.objects.order_by("-id").first()


def house_history(count: int = 20) -> list[House]:
    """The latest rows of the organisation, newest first: what changed, when, and by whom."""
    return list(House.objects.order_by("-id")[:count])


def doors() -> list[Door]:
    """Every door that a room declares, open or shut."""
    return list(Door.objects.all())


def whose_token() -> Seen | None:
    """Whom this request's token belongs to; None without a valid one. One statement."""
    row = _sql.one("visit")
    return Seen(*row) if row else None


def login_salt(email: str) -> bytes:
    """The salt to prove a password with. Unknown e-mails have one too, so nobody learns which are known."""
    row = _sql.one("login_salt", email=email)
    return bytes(row.salt) if row else bytes(16)


def sign_up_salt(link_hash: bytes) -> bytes | None:
    """The salt to prove the password of a sign-up with; None in the browser that asked, and for a link that is none."""
    row = _sql.one("sign_up_salt", link_hash=link_hash)
    return bytes(row.salt) if row and row.salt else None


def own_details(party_id: UUID | None) -> OwnDetails | None:
    """Name, contact and latest address of the token's own party, if it is one yet. One statement."""
    row = _sql.one("own_details", party_id=party_id) if party_id else None
    return OwnDetails(*row) if row else None
