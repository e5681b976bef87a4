"""What the counter asks of the house on a customer's behalf."""

from dataclasses import dataclass

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationAsked(Event):
    """A customer wants the confirmation of an order once more. The subject is the order; ``key`` is the click's."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAnswered(Event):
    """A clerk answered a customer; the worker mails it. The subject is the case."""

    interaction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHandled(Event):
    """What staff did with a case besides answering and closing. ``what`` is a key of its words in ``matters.wording``.

    ``detail`` is a number, a state or the name of a member of staff; never a customer's words.
    """

    what: str
    detail: str
