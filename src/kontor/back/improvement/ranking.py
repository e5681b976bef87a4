"""Which problem first: how often, how much money, how much harm. The formula is this module's; SQL counts by it.

Points = (10 × log2(1 + voices) + 10 × log10(1 + amount / 10)) × harm. Each doubling of the voices gives ten points,
each tenfold amount gives ten, and harm multiplies: the three factors of a failure mode and effects analysis
(IEC 60812: occurrence, consequence, severity) on scales that no single large figure can break.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.back.improvement.models import Problem
from kontor.kernel.actor.identity import Actor
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import WhyStep

VOICES_DAYS = 90
FACTORS = {0: Decimal(1), 1: Decimal("1.2"), 2: Decimal("1.6"), 3: Decimal("2.5")}
_RANKED_ANEW = timedelta(hours=6)
_sql = Statements(__package__)


@dataclass(frozen=True, slots=True)
class Rank:
    """The points of a problem and where they come from."""

    voices: int
    amount: Decimal
    harm: int

    @property
    def for_voices(self) -> float:
        """Points for how often."""
        return 10 * math.log2(1 + self.voices)

    @property
    def for_amount(self) -> float:
        """Points for how much money."""
        return 10 * math.log10(1 + float(self.amount) / 10)

    @property
    def points(self) -> Decimal:
        """All of it, with one decimal."""
        total = Decimal(repr(self.for_voices + self.for_amount)) * FACTORS[self.harm]
        return total.quantize(Decimal("0.1"), ROUND_HALF_UP)

    def why(self, currency: str) -> list[WhyStep]:
        """The formula with this problem's figures, for people."""
        voices = ngettext(
            "%(count)s voice in the last 90 days: %(points)s points (each doubling gives ten)",
            "%(count)s voices in the last 90 days: %(points)s points (each doubling gives ten)",
            self.voices,
        )
        return [
            WhyStep(
                voices % {"count": formats.quantity(Decimal(self.voices)), "points": _shown(self.for_voices)},
                rule="10 × log₂(1 + n)",
            ),
            WhyStep(
                _("%(amount)s of affected goods: %(points)s points (each tenfold gives ten)")
                % {"amount": formats.money(self.amount, currency), "points": _shown(self.for_amount)},
                rule="10 × log₁₀(1 + €/10)",
            ),
            WhyStep(
                _("%(harm)s: times %(factor)s")
                % {"harm": Problem.Harm(self.harm).label, "factor": formats.figures(FACTORS[self.harm])},
                source=_("The three factors of IEC 60812: occurrence, consequence, severity"),
            ),
            WhyStep(_("Together %(points)s points") % {"points": formats.figures(self.points)}),
        ]


def _shown(points: float) -> str:
    return formats.figures(Decimal(repr(points)).quantize(Decimal("0.1"), ROUND_HALF_UP))


@in_transaction
def rank(ids: Sequence[UUID], *, at: datetime) -> None:
    """Count these problems anew: signals, voices, affected amount, points. Moves no money. Safe to repeat."""
    if ids:
        _sql.execute("rank", ids=list(ids), at=at)


@transaction
def rank_due(*, by: Actor, at: datetime) -> int:
    """Count problems anew whose figures are hours old (voices grow silent); returns how many. Safe to repeat."""
    ids = [row.id for row in _sql.rows("to_rank", before=at - _RANKED_ANEW)]
    rank(ids, at=at)
    return len(ids)
