"""What happens to money on its way in."""

from dataclasses import dataclass

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentIntended(Event):
    """A customer wants to pay through the provider. The subject is the intent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRecorded(Event):
    """Money came in (or went out) and is to be posted. The subject is the payment."""
