"""The page that moves planned receipts to another day, shared by production and purchasing."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.back.warehouse.forms import DayForm
from kontor.back.warehouse.planning import midnight_of, ready_on
from kontor.back.warehouse.queries import Effect, effect_of
from kontor.bridge.promises.reasons import CUSTOMER_WORDS, MoveReason
from kontor.kernel.actor.requiring import actor_of
from kontor.kernel.errors import Refusal
from kontor.kernel.ui import formats
from kontor.kernel.ui.listing.asking import back_to, selected
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refused_on_form


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


def move_page(
    request: HttpRequest,
    *,
    shift: Callable[..., int],
    told: Callable[[int], str],
    heads: Callable[[Sequence[UUID]], Sequence[Any]],
    list_url: str,
    list_title: str,
) -> HttpResponse:
    """Move the ticked rows of a list to another day: first what that touches, then do it.

    ``shift`` is the action (ids, ready_at, reason, note, by, at; returns how many really moved), ``told`` its sentence
    with count and day, ``heads`` reads what is to be moved: id, number, name, quantity, ready_at and bucket_id.
    """
    target = back_to(request, list_url)
    try:
        ids = selected(request)
    except Refusal as refusal:
        say(request, str(refusal), tone="bad")
        return redirect(target)
    form = DayForm(request.POST if "move" in request.POST else None)
    if form.is_valid():
        day = form.cleaned_data["day"]
        with refused_on_form(form):
            moved = shift(
                ids=ids,
                ready_at=ready_on(day),
                reason=MoveReason(form.cleaned_data["reason"]),
                note=form.cleaned_data["note"],
                by=actor_of(request),
                at=timezone.now(),
            )
            values = {"count": moved, "day": formats.day(day, "weekday")}
            say(request, told(moved) % values, tone="ok" if moved else "neutral")
            return redirect(target)
    rows = heads(ids)
    effect = effect_of([row["bucket_id"] for row in rows], midnight_of(timezone.now()))
    words, note = effect_words(effect)
    context = {
        "form": form,
        "rows": rows,
        "title": _title(rows),
        "list_url": list_url,
        "list_title": list_title,
        "next": target,
        "effect_words": words,
        "effect_note": note,
        "effect_tone": "warn" if effect.promises else "ok",
        "reasons": [(str(MoveReason(code).label), str(said)) for code, said in CUSTOMER_WORDS.items()],
    }
    return render(request, "warehouse/move.html", context, status=422 if form.errors else 200)


def _title(rows: Sequence[Any]) -> str:
    if len(rows) == 1:
        return _("Move %(number)s") % {"number": rows[0]["number"]}
    return ngettext("Move %(count)s order", "Move %(count)s orders", len(rows)) % {"count": len(rows)}
