"""What becomes a signal: raw words with whoever they came from, on their way to being masked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSignal:
    """Something a customer met. ``key`` names what it came from: heard again it amends the same signal.

    ``text`` is raw; it is masked before it is written. ``party_id``, ``email``, ``name`` and ``case_id`` say whom it
    came from: they are written to the origin only. ``also_named`` are other persons known to be named in the text.
    ``is_typed``: a few words of a search, in which capital letters say nothing. ``at`` None is now.
    """

    key: str
    kind: str
    source: str
    text: str = ""
    language: str = "de"
    offering_id: UUID | None = None
    order_line_id: UUID | None = None
    case_id: UUID | None = None
    party_id: UUID | None = None
    email: str = ""
    name: str = ""
    reason: str = ""
    stars: int | None = None
    times: int = 1
    outcome: str = ""
    at: datetime | None = None
    also_named: tuple[str, ...] = ()
    is_typed: bool = False
