"""States of invoices in words and tones."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from kontor.kernel.ui.shapes import Tone

STATES: Mapping[str, LazyText] = {
    "posting": _("Being posted"),
    "open": _("Open"),
    "overdue": _("Overdue"),
    "settled": _("Settled"),
    "credit": _("Credit open"),
}
TONES: Mapping[str, Tone] = {"open": "warn", "overdue": "bad", "settled": "ok", "credit": "warn"}


def state_of(
    *, kind: str, open_amount: Decimal | None, gross_amount: Decimal, due_on: date, today: date
) -> str:
    """How a document stands: what is open of it, and whether that is late."""
    if open_amount is None:
        return "posting" if gross_amount else "settled"
    if not open_amount:
        return "settled"
    if kind == "credit_note":
        return "credit"
    return "overdue" if due_on < today else "open"


def state_of_row(row: Mapping[str, Any], today: date) -> str:
    """The state of a row of the list."""
    return state_of(
        kind=row["kind"],
        open_amount=row["open_amount"],
        gross_amount=row["gross_amount"],
        due_on=row["due_on"],
        today=today,
    )
