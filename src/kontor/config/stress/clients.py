"""One connection each, logged in as a plane's own role, and the book it keeps of what it was answered."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from queue import SimpleQueue

from django.db import connection
from psycopg import errors as pg

from kontor.config.house import House
from kontor.config.stress.scene import Claim, Scene, Target, fresh_id
from kontor.kernel.errors import Busy, Refusal

# As the planes' own settings have it: nobody waits for a lock for more than two seconds.
_LIMITS = (
    "-c timezone=UTC -c lock_timeout=2s -c statement_timeout=60s -c idle_in_transaction_session_timeout=10s"
)


def enter_as(house: House, role: str) -> None:
    """From now on this thread's connection is one of ``kontor_<role>``, with its password and limits."""
    named = house.connection(role)
    connection.close()
    connection.settings_dict = connection.settings_dict | {
        "USER": named["user"],
        "PASSWORD": named.get("password", ""),
        "OPTIONS": connection.settings_dict["OPTIONS"] | {"options": _LIMITS},
    }


@dataclass(slots=True)
class Tally:
    """What one client did: by operation, and why not."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    deadlocks: Counter[str] = field(default_factory=Counter)
    lock_timeouts: Counter[str] = field(default_factory=Counter)

    def attempt(self, operation: str, action: Callable[[], object]) -> bool:
        """Do it; False where the house said no, and then nothing has changed."""
        try:
            action()
        except Busy as busy:
            # Busy hides from people which of the two it was; here it matters.
            cause = busy.__cause__.__cause__ if busy.__cause__ else None
            kind = self.deadlocks if isinstance(cause, pg.DeadlockDetected) else self.lock_timeouts
            kind[operation] += 1
            return False
        except Refusal:
            self.refused[operation] += 1
            return False
        self.done[operation] += 1
        return True


@dataclass(slots=True, kw_only=True)
class Client:
    """Somebody with a connection. ``turn`` does one operation; ``claims`` is what it believes to have."""

    scene: Scene
    chance: random.Random
    placed: SimpleQueue[list[Claim]]
    tally: Tally = field(default_factory=Tally)
    claims: list[Claim] = field(default_factory=list)
    gone: list[Claim] = field(default_factory=list)

    def turn(self) -> None:
        """One operation."""
        raise TypeError(f"{type(self).__name__} has nothing to do.")

    def new_claim(self) -> Claim:
        """A wish for pieces, nights or a slot, one as often as the other."""
        kind = self.chance.choice(("stock", "stock", "nights", "slots"))
        claim = Claim(fresh_id(), self.chance.choice(self.scene.of_kind(kind)), Decimal(1))
        self.wish(claim)
        return claim

    def wish(self, claim: Claim) -> None:
        """Another quantity, other days."""
        claim.quantity = Decimal(self.chance.randint(1, 4 if claim.target.kind == "stock" else 2))
        if claim.target.kind != "stock":
            claim.starts_at, claim.ends_at = self._days(claim.target)

    def _days(self, target: Target) -> tuple[datetime, datetime]:
        start = self.chance.choice(target.starts)
        if target.kind == "slots":
            return start, start + timedelta(minutes=30)
        longest = target.starts.index(start) - len(target.starts)
        return start, start + timedelta(days=self.chance.randint(1, min(4, -longest)))

    def forget(self, claim: Claim) -> None:
        """The claim is over; the database must agree at the end."""
        claim.live, claim.may_lapse = Decimal(0), False
        self.claims.remove(claim)
        self.gone.append(claim)
