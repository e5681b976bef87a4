"""The page of one production order, put together."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings

from kontor.back.production.forms import StopForm
from kontor.back.production.queries import SCRAP_REASONS, STATES, Order
from kontor.back.production.wording import TONES, happened, next_words
from kontor.back.warehouse.forms import CallOffForm
from kontor.bridge.promises.reasons import MoveReason, customer_words
from kontor.kernel.actor.identity import Actor
from kontor.kernel.membrane.topics import signed_topic

# So long after a move the page asks once more by itself: the orders' days may have followed before it listened.
FOLLOWS = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A work step as the page shows it."""

    step: Any
    scrap_reason: str
    form: StopForm
    may_begin: bool
    may_end: bool
    is_next: bool


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A move to another day: the back's word and the customers'."""

    shift: Any
    reason: str
    words: str


def order_context(order: Order, actor: Actor) -> dict[str, Any]:
    """Everything the template of one production order asks for."""
    row = order.row
    words, note = next_words(order)
    may_write = actor.has("production.write") and order.is_open
    open_steps = [step for step in order.steps if step.stopped_at is None]
    next_id = open_steps[0].id if open_steps and row.state == "started" else None
    steps = [_step(step, next_id, may_write=may_write) for step in order.steps]
    topic = signed_topic(settings.HOUSE.secret("live-back"), "milestones")
    return {
        "order": order,
        "row": row,
        "state": str(STATES[row.state]),
        "tone": "bad" if order.is_late else TONES.get(row.state, "neutral"),
        "next_words": words,
        "next_note": note,
        "steps": steps,
        "shifts": [
            ShiftRow(shift, str(MoveReason(shift.reason).label), customer_words(shift.reason))
            for shift in order.shifts
        ],
        "history": [
            (event.at, happened(event.type, event.fact), event.actor_name) for event in order.history
        ],
        "may_write": may_write,
        "may_start": may_write and row.state == "planned",
        "may_finish": may_write and row.state == "started",
        "is_finish_next": not open_steps,
        "more_waiting": max(0, order.effect.orders - len(order.waiting)),
        "hurries": any(order.now - shift.at < FOLLOWS for shift in order.shifts),
        # Who orders it and whose day has followed a move shows as a milestone.
        "live_url": f"{settings.LIVE_URL}/watch?topic={topic}",
        "may_see_orders": actor.has("orders.read"),
        "may_see_stock": actor.has("warehouse.read"),
        "call_off_form": CallOffForm(auto_id="call_off_%s"),
    }


def _step(step: Any, next_id: Any, *, may_write: bool) -> StepRow:
    is_open = may_write and step.stopped_at is None
    return StepRow(
        step=step,
        scrap_reason=str(SCRAP_REASONS.get(step.scrap_reason, "")),
        form=StopForm(auto_id=f"step_{step.position}_%s"),
        may_begin=is_open and step.started_at is None,
        may_end=is_open and step.started_at is not None,
        is_next=step.id == next_id,
    )
