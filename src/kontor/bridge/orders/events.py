"""What happens to orders. References and figures only."""

from dataclasses import dataclass
from datetime import date

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced(Event):
    """A customer, a clerk or an import placed an order. Nothing in it is believed before it is checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderConfirmed(Event):
    """Prices, tax and total were found right; the promises are firm and the charges stand."""

    payment_method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderHeld(Event):
    """Something about the order was not as it should be: a person looks at it, and nothing ships."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReleased(Event):
    """The order may be picked and shipped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(Event):
    """What had not been delivered of the order will not be."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRestCancelled(Event):
    """Part of the order was delivered; what had not been delivered will not be."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReminded(Event):
    """The order waits for money that was to be here sooner: its customer is reminded, once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPaid(Event):
    """Everything billed of the order has been paid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAccepted(Event):
    """A person accepted a held order as it was placed, and said why."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseDateMoved(Event):
    """The promised day is another one; ``reason``: a receipt moved (a code of ``MoveReason``), or ``LateStart``."""

    was_on: date | None
    promised_on: date
    reason: str = ""
