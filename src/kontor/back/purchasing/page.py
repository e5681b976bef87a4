"""The page of one purchase order, put together."""

from typing import Any

from kontor.back.purchasing.forms import ConfirmForm
from kontor.back.purchasing.queries import STATES, Order
from kontor.back.purchasing.wording import TONES, happened, next_words
from kontor.back.warehouse.forms import CallOffForm
from kontor.back.warehouse.planning import today_of
from kontor.bridge.promises.reasons import MoveReason, customer_words
from kontor.kernel.actor.identity import Actor


def order_context(order: Order, actor: Actor) -> dict[str, Any]:
    """Everything the template of one purchase order asks for."""
    row = order.row
    words, note = next_words(order)
    may_write = actor.has("purchasing.write") and bool(order.open_lines)
    return {
        "order": order,
        "row": row,
        "state": str(STATES[row.state]),
        "tone": "bad" if order.is_late else TONES.get(row.state, "neutral"),
        "next_words": words,
        "next_note": note,
        "lines": [
            (
                line,
                str(STATES[line.row.state]),
                "bad" if line.is_late else TONES.get(line.row.state, "neutral"),
            )
            for line in order.lines
        ],
        "shifts": [
            (shift, str(MoveReason(shift.reason).label), customer_words(shift.reason))
            for shift in order.shifts
        ],
        "history": [
            (event.at, happened(event.type, event.fact), event.actor_name) for event in order.history
        ],
        "may_write": may_write,
        "is_confirm_next": row.state == "ordered" and not order.is_late,
        "may_see_stock": actor.has("warehouse.read"),
        "confirm_form": ConfirmForm.of(max(today_of(row.due_at), today_of(order.now))),
        "end_form": CallOffForm(auto_id="end_%s"),
    }
