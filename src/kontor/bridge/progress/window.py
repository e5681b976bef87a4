"""The window: how ordered goods come about, why their day moved, and why it is that day. Safe for customers.

Steps, days and closed lists of words only: nothing here names a supplier, a cost, a person or a number of the back.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.bridge.orders.condition import Terms
from kontor.bridge.promises.reasons import customer_words
from kontor.kernel.clocks.terms import delivery_date
from kontor.kernel.house import house_zone
from kontor.kernel.language import reader_language
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import MilestoneRow, WhyStep

TAKEN_AS_ARRIVED = timedelta(days=30)
"""What left so long ago has arrived, though nobody noted it: a house need not note deliveries at all."""

_TITLES: dict[str, LazyText] = {
    "production": gettext_lazy("Being built"),
    "quality": gettext_lazy("Built and checked"),
    "material": gettext_lazy("Goods have come in"),
}


def travelling_from(today: date) -> datetime:
    """What left before is taken as arrived."""
    return datetime.combine(today, time.min, UTC) - TAKEN_AS_ARRIVED


@dataclass(frozen=True, slots=True)
class Making:
    """A step on the way to goods that were not on the shelf: reached, or planned for an instant."""

    step: str
    reached_at: datetime | None
    planned_at: datetime | None
    is_late: bool = False  # the planned day is over, and nobody has named a new one

    @property
    def is_reached(self) -> bool:
        """Whether no part waits for it any more."""
        return self.reached_at is not None and self.planned_at is None

    @property
    def title(self) -> str:
        """The step in words."""
        return str(_TITLES[self.step])


@dataclass(frozen=True, slots=True)
class Move:
    """The promised day became another one."""

    at: datetime
    was_on: date | None
    promised_on: date | None
    reason: str

    @property
    def words(self) -> str:
        """Why, in one plain sentence."""
        return customer_words(self.reason) or _("A delivery to us comes on another day than planned.")


@dataclass(frozen=True, slots=True)
class Window:
    """What ``progress_window`` says of an order; moves latest first."""

    making: Sequence[Making] = ()
    moves: Sequence[Move] = ()
    travelling_since: datetime | None = None
    packing_since: datetime | None = None  # something was taken from the shelf and has not left yet

    @staticmethod
    def read(text: str | None) -> "Window":
        """What the database's function returned."""
        if not text:
            return Window()
        said = json.loads(text)
        return Window(
            [
                Making(step, _instant(reached), _instant(planned), bool(is_late))
                for step, reached, planned, is_late in said["making"]
            ],
            [
                Move(datetime.fromisoformat(at), _day(was), _day(on), why)
                for at, was, on, why in said["moves"]
            ],
            _instant(said["travelling_since"]),
            _instant(said["packing_since"]),
        )

    def is_travelling(self, today: date) -> bool:
        """Whether something that left the house has not arrived yet."""
        return self.travelling_since is not None and self.travelling_since >= travelling_from(today)

    @property
    def last_move(self) -> Move | None:
        """How the day moved last."""
        return self.moves[0] if self.moves else None

    @property
    def next_step(self) -> Making | None:
        """The next step of the making that is planned."""
        planned = [step for step in self.making if step.planned_at is not None]
        return min(planned, key=lambda step: (step.planned_at or step.reached_at, step.step), default=None)

    @property
    def ready_at(self) -> datetime | None:
        """When the last of what is still awaited is planned to be there; None where nothing is awaited."""
        return max((step.planned_at for step in self.making if step.planned_at is not None), default=None)

    @property
    def is_late(self) -> bool:
        """Whether something is awaited whose day is over: the promised day does not hold, a new one follows."""
        return any(step.is_late for step in self.making)

    def rows(self, at: datetime) -> list[MilestoneRow]:
        """The steps of the making for a timeline."""
        shown: list[MilestoneRow] = []
        for step in self.making:
            if step.is_reached:
                shown.append(MilestoneRow(step.title, "done", step.reached_at))
            elif step.planned_at is not None:
                is_late = step.is_late or step.planned_at < at
                has_begun = step.reached_at is not None
                state = "late" if is_late else ("current" if has_begun else "planned")
                planned = _("planned for %(day)s") % {"day": formats.day(step.planned_at)}
                if step.is_late:
                    planned = _("a new day follows")
                elif step.step == "production" and not has_begun and _on(step.planned_at) < _on(at):
                    planned = _("has not begun yet")
                shown.append(MilestoneRow(step.title, state, planned))  # type: ignore[arg-type]
        return shown


def why_this_day(
    window: Window, *, promised_on: date, confirmed_at: datetime | None, terms: Terms
) -> list[WhyStep]:
    """The promised day, step by step: what it waits for, handling, transit; then how it moved.

    The steps are shown where they lead to the promised day; else (terms changed since) only how it moved is said.
    """
    steps = _counted(window, promised_on=promised_on, confirmed_at=confirmed_at, terms=terms)
    for move in reversed(window.moves):
        values = {
            "on": formats.day(move.at),
            "was": formats.day(move.was_on),
            "day": formats.day(move.promised_on),
            "why": move.words,
        }
        moved = (
            _("On %(on)s the day moved from %(was)s to %(day)s: %(why)s")
            if move.was_on
            else _("On %(on)s the day became %(day)s: %(why)s")
        )
        steps.append(WhyStep(moved % values))
    return steps


def _counted(
    window: Window, *, promised_on: date, confirmed_at: datetime | None, terms: Terms
) -> list[WhyStep]:
    starts = [window.ready_at, *(move.at for move in window.moves[:1]), confirmed_at]
    begins = [start.astimezone(terms.zone).date() for start in starts if start is not None]
    language = reader_language()
    for ready_on in sorted(set(begins), reverse=True):
        due = delivery_date(
            ready_on, handling_days=terms.handling_days, transit_days=terms.transit_days, land=terms.land
        )
        if due.on == promised_on:
            return [*_awaited(window), *(WhyStep(text) for text in due.why(language))]
    return _awaited(window)


def _awaited(window: Window) -> list[WhyStep]:
    awaited = [step for step in window.making if step.planned_at is not None]
    if not awaited:
        return []
    if any(step.step == "quality" for step in awaited):
        return [WhyStep(_("What you ordered is built for you: it is not on the shelf."))]
    return [WhyStep(_("What you ordered is not on the shelf: it is on its way to us."))]


def _on(at: datetime) -> date:
    return at.astimezone(house_zone()).date()


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
