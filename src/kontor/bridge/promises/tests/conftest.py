"""What tests of the promise ledger look at: capacity, promises, demands; never at Python's memory of them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from kontor.bridge.promises import actions
from kontor.bridge.promises.actions import Allotted, Wanted
from kontor.bridge.promises.models import Bucket, Demand, Pool, Promise
from kontor.kernel.actor.identity import the_house
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.session import acting_with, new_token, token_hash
from kontor.kernel.transactions import transaction
from tests.clone import clone

__all__ = ["clone"]

SOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


class Ledger:
    """Short words for what is done to the ledger and what stands in it."""

    def __init__(self) -> None:
        self.party = uuid7()
        self.token = self.open(self.party)

    def open(self, party: UUID) -> str:
        """A token of a party."""
        token = new_token()
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO parties_token (hash, party_id, kind, expires_at)"
                " VALUES (%s, %s, 'visit', now() + interval '1 day')",
                [token_hash(token), party],
            )
        return token

    def hold(self, *wanted: Wanted, token: str | None = None) -> list[Allotted]:
        with acting_with(token or self.token):
            return transaction(lambda: actions.hold(wanted))()

    def promise(self, *wanted: Wanted, is_firm: bool = True) -> list[Allotted]:
        return transaction(lambda: actions.promise(wanted, is_firm=is_firm))()

    def let_go(self, *demands: UUID, token: str | None = None) -> None:
        with acting_with(token or self.token):
            transaction(lambda: actions.let_go(demands))()

    def use(self, demand: UUID, quantity: object) -> None:
        transaction(lambda: actions.use({demand: Decimal(str(quantity))}))()

    def release(self, demand: UUID, quantity: object) -> None:
        transaction(lambda: actions.release({demand: Decimal(str(quantity))}))()

    def expire(self, *demands: UUID) -> None:
        """The quarter of an hour is over."""
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE promises_promise SET expires_at = now() - interval '1 second' WHERE demand_id = ANY(%s)",
                [list(demands)],
            )

    def plan(self, offering: Any, quantity: object, *, at: datetime = SOON, source: str = "B-1") -> Bucket:
        (bucket,) = actions.plan_receipts(
            receipts=[(offering.id, at, Decimal(str(quantity)), source)], by=the_house(), at=SOON
        )
        return Bucket.objects.get(id=bucket)

    def nights(
        self, offering: Any, first: datetime, *capacities: object, kind: str = "nights"
    ) -> list[Bucket]:
        """A room type (or a counter) with a bucket for each of these nights (or slots)."""
        pool = Pool.objects.create(kind=kind, offering=offering)
        return [
            Bucket.objects.create(
                pool=pool,
                kind="night" if kind == "nights" else "slot",
                starts_at=first + timedelta(days=place),
                capacity=Decimal(str(capacity)),
            )
            for place, capacity in enumerate(capacities)
        ]

    def on_hand(self, offering: Any) -> tuple[Decimal, Decimal, Decimal]:
        """Capacity, promised and short of the stock on hand."""
        return Bucket.objects.values_list("capacity", "promised", "short").get(
            pool__offering=offering, kind="on_hand"
        )

    def of(self, demand: UUID) -> list[tuple[str, str, Decimal]]:
        """(kind of bucket, state, quantity) of every promise of a demand, live ones first, in order of time."""
        rows = Promise.objects.filter(demand_id=demand).order_by("bucket__starts_at", "state", "id")
        return list(rows.values_list("bucket__kind", "state", "quantity"))

    def live(self, demand: UUID) -> list[tuple[str, str, Decimal]]:
        return [row for row in self.of(demand) if row[1] in ("hold", "firm")]

    def at_risk(self) -> set[UUID]:
        return set(Demand.objects.filter(is_at_risk=True).values_list("id", flat=True))

    def adds_up(self) -> bool:
        """Every bucket's `promised` is the sum of its live promises."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM promises_bucket b WHERE b.promised <> coalesce((SELECT sum(p.quantity)"
                " FROM promises_promise p WHERE p.bucket_id = b.id AND p.state IN ('hold', 'firm')), 0)"
                " OR b.promised > b.capacity + b.overbooking + b.short"
            )
            return bool(cursor.fetchone() == (0,))


def want(offering: Any, quantity: object = 1, *, id: UUID | None = None, **more: Any) -> Wanted:
    """So much of an offering, as a new demand."""
    return Wanted(id or uuid7(), offering.id, Decimal(str(quantity)), offering.name_de, **more)


@pytest.fixture
def ledger(house: Any) -> Ledger:
    return Ledger()
