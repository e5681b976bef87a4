"""What is promised under stress: few hot articles, rooms by the night and advisers by the slot, all of them scarce."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection

from kontor.back.warehouse.models import Location
from kontor.bridge.catalogue.models import Offering
from kontor.bridge.promises.actions import Wanted
from kontor.bridge.promises.models import Bucket, Pool
from kontor.config.bench.ground import stock_ground
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.session import new_token, token_hash

ARTICLES, PIECES = 6, 8
ROOMS, NIGHTS, ROOMS_OF_A_TYPE = 3, 14, 4
ADVISERS, SLOTS, SEATS = 2, 16, 2
_BEGINNING = datetime(2030, 6, 1, 14, 0, tzinfo=UTC)
_SLOT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Target:
    """Something scarce. ``starts`` are its nights or slots; ``planned`` their buckets; empty for stock."""

    offering_id: UUID
    number: str
    kind: str
    starts: tuple[datetime, ...] = ()
    planned: tuple[UUID, ...] = ()
    usual: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Scene:
    """All that is fought over, and the visitors who fight."""

    targets: tuple[Target, ...]
    location_id: UUID
    parties: tuple[UUID, ...]
    tokens: tuple[str, ...]

    def of_kind(self, *kinds: str) -> list[Target]:
        """The targets of these kinds."""
        return [target for target in self.targets if target.kind in kinds]


@dataclass(slots=True)
class Claim:
    """What one client believes to have: ``live`` units, or nothing where ``may_lapse``."""

    id: UUID
    target: Target
    quantity: Decimal
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    live: Decimal = Decimal(0)
    may_lapse: bool = True

    @property
    def whole(self) -> Decimal:
        """Pieces, or rooms times nights."""
        if self.target.kind != "nights" or self.starts_at is None or self.ends_at is None:
            return self.quantity
        return self.quantity * (self.ends_at - self.starts_at).days

    def wanted(self, party: UUID | None = None) -> Wanted:
        """As the actions take it."""
        return Wanted(
            self.id,
            self.target.offering_id,
            self.quantity,
            self.target.number,
            party,
            self.starts_at,
            self.ends_at,
        )


def set_scene(*, visitors: int) -> Scene:
    """Found a house with this little to sell, and open a visit for each visitor."""
    ground = stock_ground(articles=ARTICLES, customers=visitors, pieces=PIECES)
    stock = [Target(article.id, article.number, "stock") for article in ground.articles]
    nights = [_nights(place) for place in range(ROOMS)]
    slots = [_slots(place) for place in range(ADVISERS)]
    tokens = _open_visits(ground.parties)
    location = Location.objects.get(code="MAIN")
    return Scene((*stock, *nights, *slots), location.id, tuple(ground.parties), tokens)


def _nights(place: int) -> Target:
    starts = tuple(_BEGINNING + timedelta(days=night) for night in range(NIGHTS))
    number = f"ROOM-{place}"
    return _planned(number, Pool.Kind.NIGHTS, starts, timedelta(days=1), capacity=Decimal(ROOMS_OF_A_TYPE))


def _slots(place: int) -> Target:
    starts = tuple(_BEGINNING + _SLOT * slot for slot in range(SLOTS))
    return _planned(f"ADVICE-{place}", Pool.Kind.SLOTS, starts, _SLOT, capacity=Decimal(SEATS))


def _planned(
    number: str, kind: Pool.Kind, starts: Sequence[datetime], length: timedelta, *, capacity: Decimal
) -> Target:
    of_kind = Bucket.Kind.NIGHT if kind == Pool.Kind.NIGHTS else Bucket.Kind.SLOT
    offering = Offering.objects.create(
        number=number,
        kind=Offering.Kind.STAY if kind == Pool.Kind.NIGHTS else Offering.Kind.SERVICE,
        name_de=number,
        name_en=number,
        is_published=True,
        valid_from=datetime(2020, 1, 1, tzinfo=UTC),
    )
    pool = Pool.objects.create(kind=kind, offering=offering)
    buckets = Bucket.objects.bulk_create(
        [
            # Every fifth one may be overbooked by one, as hotels do.
            Bucket(
                pool=pool,
                kind=of_kind,
                starts_at=start,
                ends_at=start + length,
                capacity=capacity,
                overbooking=Decimal(place % 5 == 0),
            )
            for place, start in enumerate(starts)
        ]
    )
    planned = tuple(bucket.id for bucket in buckets)
    return Target(offering.id, number, kind.value, tuple(starts), planned, capacity)


def _open_visits(parties: Sequence[UUID]) -> tuple[str, ...]:
    tokens = tuple(new_token() for _ in parties)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO parties_token (hash, party_id, kind, expires_at)"
            " VALUES (%s, %s, 'visit', now() + interval '1 day')",
            [(token_hash(token), party) for token, party in zip(tokens, parties, strict=True)],
        )
    return tokens


def fresh_id() -> UUID:
    """The key of a new claim."""
    return uuid7()
