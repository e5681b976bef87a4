"""People behind the counter: they promise, confirm, ship and cancel; planners change what there is to promise."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from queue import Empty
from uuid import UUID

from kontor.back.warehouse.actions import NewMove, count_stock, issue_goods, receive_goods
from kontor.back.warehouse.errors import NotInStock
from kontor.back.warehouse.receiving import NewReceipt, receive_delivery
from kontor.bridge.promises.actions import (
    move_receipts,
    plan_receipts,
    promise,
    release,
    set_capacity,
    sweep_holds,
    use,
)
from kontor.bridge.promises.reasons import MoveReason
from kontor.config.stress.clients import Client
from kontor.config.stress.scene import Claim
from kontor.kernel.actor.identity import the_house
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__, "checks.sql")
_BATCH = 5  # orders confirmed at once, as the worker does
_MOST_CLAIMS = 12
_MOST_RECEIPTS = 12


@dataclass(slots=True, kw_only=True)
class Clerk(Client):
    """Orders by phone, confirmations, goods issue, cancellations."""

    def turn(self) -> None:
        """One task."""
        held = len(self.claims)
        self.chance.choices(
            (self._promise, self._confirm, self._change, self._use, self._release),
            (3 if held < _MOST_CLAIMS else 0, 3, 2 * bool(held), 4 * bool(held), 2 * bool(held)),
        )[0]()

    def _promise(self) -> None:
        claims = [self.new_claim() for _ in range(self.chance.randint(1, 3))]
        is_firm = self.chance.random() < 0.7
        if self.tally.attempt("promise", lambda: _promise(claims, is_firm)):
            for claim in claims:
                claim.live, claim.may_lapse = claim.whole, False
            if is_firm:
                self.claims += claims
            else:
                self.placed.put(claims)

    def _confirm(self) -> None:
        batch: list[Claim] = []
        try:
            for _ in range(_BATCH):
                batch += self.placed.get_nowait()
        except Empty:
            pass
        if not batch:
            return
        if self.tally.attempt("firm", lambda: _firm([claim.id for claim in batch])):
            self.claims += batch
        else:
            self.placed.put(batch)

    def _change(self) -> None:
        whole = [place for place, claim in enumerate(self.claims) if claim.live == claim.whole]
        if not whole:
            return
        place = self.chance.choice(whole)
        changed = replace(self.claims[place])
        self.wish(changed)
        if self.tally.attempt("promise_changed", lambda: _promise([changed], True)):
            changed.live = changed.whole
            self.claims[place] = changed

    def _use(self) -> None:
        claim = self.chance.choice(self.claims)
        units = self._some(claim)
        location = self.scene.location_id
        if self.tally.attempt("use", lambda: _use(claim, units, location)):
            self._takes(claim, units)

    def _release(self) -> None:
        claim = self.chance.choice(self.claims)
        units = self._some(claim)
        if self.tally.attempt("release", lambda: _release(claim.id, units)):
            self._takes(claim, units)

    def _some(self, claim: Claim) -> Decimal:
        return claim.live if self.chance.random() < 0.6 else Decimal(self.chance.randint(1, int(claim.live)))

    def _takes(self, claim: Claim, units: Decimal) -> None:
        claim.live -= units
        if claim.live <= 0:
            self.forget(claim)


@dataclass(slots=True, kw_only=True)
class Planner(Client):
    """Receipts that are planned, moved and arrive as more or less than planned; capacity that is lost and found."""

    def turn(self) -> None:
        """One change of what there is."""
        self.chance.choices(
            (self._plan, self._move, self._arrive, self._lose, self._count, self._deliver), (3, 3, 3, 4, 2, 2)
        )[0]()

    def _plan(self) -> None:
        if len(_sql.rows("open_receipts")) >= _MOST_RECEIPTS:
            return self._arrive()
        offering = self._article()
        receipts = [(offering, self._soon(), Decimal(self.chance.randint(3, 12)), "stress")]
        self._do("plan_receipt", lambda at: plan_receipts(receipts=receipts, by=the_house(), at=at))

    def _move(self) -> None:
        ids = [row.id for row in _sql.rows("open_receipts")]
        moved = self.chance.sample(ids, min(len(ids), self.chance.randint(1, 3)))
        to = self._soon()
        self._do(
            "move_receipt",
            lambda at: move_receipts(
                ids=moved, starts_at=to, reason=MoveReason.REPLANNED, by=the_house(), at=at
            ),
        )

    def _arrive(self) -> None:
        """As much as planned, less than promised, or more; sometimes only a part of it, and the rest stays planned."""
        rows = _sql.rows("open_receipts")
        if not rows:
            return
        row = self.chance.choice(rows)
        came = self.chance.choice((row.capacity, row.promised // 2, row.promised // 2, row.capacity + 2))
        receipt = NewReceipt(
            key=uuid7(),
            offering_id=row.offering_id,
            number="stress",
            location_id=self.scene.location_id,
            quantity=max(came, Decimal(1)),
            bucket_id=row.id,
            is_last=self.chance.random() < 0.6,
        )
        kind = "receive_less" if receipt.quantity < row.promised else "receive"
        if not receipt.is_last:
            kind = "receive_part"
        self._do(kind, lambda at: receive_delivery(receipt=receipt, by=the_house(), at=at))

    def _lose(self) -> None:
        """Nights, slots and planned receipts at once: a burst pipe, a sick adviser, a late ship."""
        capacities: dict[UUID, Decimal] = {}
        for target in self.chance.sample(self.scene.of_kind("nights", "slots"), 2):
            for bucket in self.chance.sample(target.planned, 2):
                capacities[bucket] = Decimal(self.chance.randint(0, 2 * int(target.usual)))
        for row in _sql.rows("open_receipts")[:1]:
            capacities[row.id] = Decimal(self.chance.randint(0, 2 * int(row.capacity) + 1))
        self._do(
            "set_capacity",
            lambda at: set_capacity(capacities=capacities, reason="stress", by=the_house(), at=at),
        )

    def _count(self) -> None:
        """A count finds a few pieces more or fewer."""
        offering, location = self._article(), self.scene.location_id
        lying = _sql.one("shelf", offering=offering, location=location)
        found = max(Decimal(0), (lying.quantity if lying else Decimal(0)) + self.chance.randint(-6, 5))
        counts = [(offering, location, found)]
        self._do("count", lambda at: count_stock(counts=counts, reason="stress", by=the_house(), at=at))

    def _deliver(self) -> None:
        move = NewMove(
            offering_id=self._article(),
            location_id=self.scene.location_id,
            quantity=Decimal(self.chance.randint(1, 5)),
            at=datetime.now(UTC),
        )
        self._do("receive_unplanned", lambda at: receive_goods(moves=[move], by=the_house(), at=at))

    def _do(self, operation: str, action: Callable[[datetime], object]) -> None:
        self.tally.attempt(operation, lambda: action(datetime.now(UTC)))

    def _article(self) -> UUID:
        return self.chance.choice(self.scene.of_kind("stock")).offering_id

    def _soon(self) -> datetime:
        return datetime(2030, 6, 1, tzinfo=UTC) + timedelta(days=self.chance.randint(0, 30))


@dataclass(slots=True, kw_only=True)
class Sweeper(Client):
    """The worker's sweep of expired holds."""

    def turn(self) -> None:
        """One sweep."""
        self.tally.attempt("sweep", _sweep)


@dataclass(slots=True, kw_only=True)
class Time(Client):
    """Ends holds before their time, as the owner: fifteen minutes would be too long to wait."""

    def turn(self) -> None:
        """One hold ends."""
        chance = self.chance.random()
        self.tally.attempt("expire", lambda: _expire(chance))


@transaction
def _promise(claims: list[Claim], is_firm: bool) -> None:
    promise([claim.wanted() for claim in claims], is_firm=is_firm)


@transaction
def _firm(demands: list[UUID]) -> None:
    _sql.rows("firm", demands=demands)


@transaction
def _use(claim: Claim, units: Decimal, location: UUID) -> None:
    if claim.target.kind == "stock" and _sql.rows("on_hand_part", demand=claim.id)[0].quantity < units:
        raise NotInStock  # it waits for a receipt, as logistics would say
    use({claim.id: units})
    if claim.target.kind == "stock":
        issue_goods(
            [(claim.id, claim.target.offering_id, units)],
            reference="stress",
            by=the_house(),
            at=datetime.now(UTC),
        )


@transaction
def _release(demand: UUID, units: Decimal) -> None:
    release({demand: units})


@transaction
def _sweep() -> None:
    sweep_holds()


@transaction
def _expire(chance: float) -> None:
    _sql.execute("expire", chance=chance)
