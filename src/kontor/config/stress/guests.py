"""Visitors of the shop: they hold, change their minds, let go, come too late, and order."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from kontor.bridge.orders.actions import place_orders
from kontor.bridge.orders.placing import NewLine, NewOrder, PostalAddress
from kontor.bridge.promises.actions import hold, let_go
from kontor.config.stress.clients import Client
from kontor.config.stress.scene import Claim
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.session import acting_with
from kontor.kernel.transactions import transaction

_ADDRESS = PostalAddress(name="Anna Behrens", street="Am Deich 12", postal_code="28199", city="Bremen")
_MOST_LINES = 4


@dataclass(slots=True, kw_only=True)
class Guest(Client):
    """A browser with a cookie; the database knows it by its token only."""

    party: UUID
    token: str

    def turn(self) -> None:
        """One click."""
        with acting_with(self.token):
            if not self.claims:
                return self._put_in()
            self.chance.choices(
                (self._put_in, self._look_again, self._change, self._let_go, self._place),
                (3 if len(self.claims) < _MOST_LINES else 0, 2, 4, 2, 3),
            )[0]()

    def _put_in(self) -> None:
        claims = [self.new_claim() for _ in range(self.chance.randint(1, 2))]
        if self.tally.attempt("hold", lambda: _hold(claims)):
            self._has(claims)
            self.claims += claims

    def _look_again(self) -> None:
        claims = list(self.claims)
        if self.tally.attempt("hold_again", lambda: _hold(claims)):
            self._has(claims)

    def _change(self) -> None:
        place = self.chance.randrange(len(self.claims))
        changed = replace(self.claims[place])
        self.wish(changed)
        if self.tally.attempt("hold_changed", lambda: _hold([changed])):
            self._has([changed])
            self.claims[place] = changed

    def _let_go(self) -> None:
        claims = self.chance.sample(self.claims, self.chance.randint(1, len(self.claims)))
        if self.tally.attempt("let_go", lambda: _let_go([claim.id for claim in claims])):
            for claim in claims:
                self.forget(claim)

    def _place(self) -> None:
        """The basket becomes an order: what lapsed meanwhile is held anew or refused."""
        order, claims = self._order(), list(self.claims)
        by = Actor(ActorKind.VISITOR, party_id=self.party)
        if self.tally.attempt("place", lambda: _place(order, by, datetime.now(UTC))):
            self._has(claims)
            for claim in claims:
                claim.may_lapse = False
            self.claims.clear()
            self.placed.put(claims)

    def _has(self, claims: list[Claim]) -> None:
        for claim in claims:
            claim.live = claim.whole

    def _order(self) -> NewOrder:
        lines = [
            NewLine(
                id=uuid7(),
                offering_id=claim.target.offering_id,
                number=claim.target.number,
                name=claim.target.number,
                quantity=claim.quantity,
                unit_price=Decimal("9.90"),
                tax_code="standard",
                tax_rate=Decimal("19.00"),
                demand_id=claim.id,
            )
            for claim in self.claims
        ]
        return NewOrder(
            id=uuid7(), key=uuid7(), party_id=self.party, channel="web", currency="EUR", email="a@example.org",
            billing=_ADDRESS, shipping=_ADDRESS, payment_method="invoice", shipping_method="parcel", lines=lines,
        )  # fmt: skip


@transaction
def _hold(claims: list[Claim]) -> None:
    hold([claim.wanted() for claim in claims])


@transaction
def _let_go(demands: list[UUID]) -> None:
    let_go(demands)


@transaction
def _place(order: NewOrder, by: Actor, at: datetime) -> None:
    place_orders([order], by=by, at=at)
