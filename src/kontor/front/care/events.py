"""What the counter asks of the house on a customer's behalf."""

from dataclasses import dataclass

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationAsked(Event):
    """A customer wants the confirmation of an order once more. The subject is the order; ``key`` is the click's."""

    key: str
