"""The shapes that page builders hand to the components. Frozen, typed, nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from kontor.kernel.money import Money

Tone = Literal["neutral", "ok", "warn", "bad"]
MilestoneState = Literal["done", "current", "planned", "late"]


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of a navigation; ``count`` shows open work, ``None`` shows nothing."""

    label: str
    url: str
    icon: str = ""
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class NavGroup:
    """A department with its rooms."""

    label: str
    items: Sequence[NavItem]


@dataclass(frozen=True, slots=True)
class Tab:
    """A saved view or a tab: a link with a count."""

    label: str
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A step in a timeline; ``when`` is a date, an instant or words."""

    title: str
    state: MilestoneState = "planned"
    when: date | datetime | str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A state: tone and words."""

    tone: Tone
    text: str


@dataclass(frozen=True, slots=True)
class SumRow:
    """A line above the grand total."""

    label: str
    amount: Money


@dataclass(frozen=True, slots=True)
class WhyStep:
    """One step of an explanation: what was done, by which rule in which version, from which source."""

    text: str
    rule: str = ""
    version: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CheckoutStep:
    """A step of a stepper; a finished one may be a link back."""

    label: str
    url: str = ""
    is_done: bool = False
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Keyset neighbours of a list page and what the page shows, in words."""

    previous_url: str = ""
    next_url: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A point or bar of a chart."""

    label: str
    value: Decimal | int
    is_soft: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A result in the palette; ``hint`` says what it is or its shortcut."""

    label: str
    url: str
    icon: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Palette results of one kind."""

    label: str
    hits: Sequence[Hit]
