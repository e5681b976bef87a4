"""The page that moves planned receipts to another day, shared by production and purchasing."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.back.warehouse.forms import DayForm
from kontor.back.warehouse.queries import Effect
from kontor.bridge.promises.reasons import CUSTOMER_WORDS, MoveReason
from kontor.kernel.ui import formats


def effect_words(effect: Effect) -> tuple[str, str]:
    """What a move touches, and how many customers were told another day today already."""
    if not effect.promises:
        return _("Nothing is promised of it: no customer notices."), ""
    promises = ngettext("%(count)s promise", "%(count)s promises", effect.promises) % {
        "count": formats.quantity(effect.promises)
    }
    orders = ngettext("%(count)s order", "%(count)s orders", effect.orders) % {
        "count": formats.quantity(effect.orders)
    }
    words = _("This moves %(promises)s in %(orders)s.") % {"promises": promises, "orders": orders}
    if not effect.told:
        return words, ""
    note = ngettext(
        "%(count)s of these customers was told another day today already.",
        "%(count)s of these customers were told another day today already.",
        effect.told,
    )
    return words, note % {"count": formats.quantity(effect.told)}


def move_context(
    *, form: DayForm, rows: Sequence[Any], effect: Effect, list_url: str, list_title: str, next_url: str
) -> dict[str, Any]:
    """What the page asks for. ``rows`` have id, number, name, quantity and ready_at."""
    words, note = effect_words(effect)
    if len(rows) == 1:
        title = _("Move %(number)s") % {"number": rows[0]["number"]}
    else:
        title = ngettext("Move %(count)s order", "Move %(count)s orders", len(rows)) % {"count": len(rows)}
    return {
        "form": form,
        "rows": rows,
        "title": title,
        "list_url": list_url,
        "list_title": list_title,
        "next": next_url,
        "effect_words": words,
        "effect_note": note,
        "effect_tone": "warn" if effect.promises else "ok",
        "reasons": [(str(MoveReason(code).label), str(words)) for code, words in CUSTOMER_WORDS.items()],
    }
