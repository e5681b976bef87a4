"""The page of one problem, put together: four steps, their forms, what it brought, signals, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.back.improvement import queries
from kontor.back.improvement.effect import Effect, Rate
from kontor.back.improvement.forms import ActionForm, AnswerForm, CauseForm, EffectForm, HarmForm, OwnerForm
from kontor.back.improvement.models import Problem
from kontor.back.improvement.ranking import Rank
from kontor.back.improvement.wording import (
    HARM_TONES,
    HARMS,
    KINDS,
    SOURCES,
    STATE_TONES,
    STATES,
    VERDICTS,
    happened,
)
from kontor.bridge.parties.queries import current_house
from kontor.kernel.actor.identity import Actor
from kontor.kernel.house import house_zone
from kontor.kernel.language import in_german, reader_language
from kontor.kernel.sql import loaded
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import CheckoutStep, Point

_ORDER = ("plan", "do", "check", "act", "closed")


@dataclass(frozen=True, slots=True)
class SignalRow:
    """A signal in words: where it came from, what it is about, how it stands."""

    row: Any
    source: str
    words: str
    offering: str


def signal_rows(rows: Sequence[Any]) -> list[SignalRow]:
    """Signals as tables show them."""
    is_german = in_german()
    return [
        SignalRow(
            row,
            str(SOURCES.get(row.source, row.source)),
            row.words or row.reason or _("(no words)"),
            (row.offering_de if is_german else row.offering_en) or "",
        )
        for row in rows
    ]


def problem_context(
    number: str, *, actor: Actor, at: datetime, form: forms.Form | None = None, edit: str = ""
) -> dict[str, Any]:
    """Everything the page of a problem asks for. ``form`` stands in for the one of its kind, with its errors.

    ``edit`` names a form that is shown although its step is done or not yet there: cause, action or answer.
    """
    found = queries.problem(number)
    may_write = actor.has("improvement.write")
    owners = queries.owners() if may_write else []
    waiting = queries.waiting_groups(found.id)
    currency = current_house().currency
    return {
        "problem": found,
        "offering": (found.offering_de if in_german() else found.offering_en) or "",
        "kind": KINDS[found.kind],
        "state": STATES[found.state],
        "state_tone": STATE_TONES[found.state],
        "harm": HARMS[found.harm],
        "harm_tone": HARM_TONES[found.harm],
        "verdict": VERDICTS.get(found.verdict, ""),
        "cause_kind": dict(Problem.Cause.choices).get(found.cause_kind, ""),
        "effect_word": dict(Problem.Effect.choices).get(found.effect, ""),
        "steps": _steps(found),
        "is_late": found.due_at is not None and found.due_at <= at,
        "due_on": queries.last_day(found.due_at),
        "due_why": _due_why(found),
        "rank_why": Rank(found.voices, found.affected_amount, found.harm).why(currency),
        "currency": currency,
        "effect": _effect(found, at),
        "weeks": _weeks(found, at),
        "signals": signal_rows(queries.signals_of(found.id)),
        "waiting": waiting,
        "waiting_count": sum(row.size for row in waiting),
        "history": [
            (row.at, happened(row.type, fact), row.actor_name) for row, fact in queries.history_of(found.id)
        ],
        "may_write": may_write,
        "edit": edit,
        "next": _next(found),
        **(_forms(found, owners, form) if may_write else {}),
    }


def _forms(found: Any, owners: Sequence[tuple[str, str]], sent: forms.Form | None) -> dict[str, Any]:
    whys = {f"why_{place}": why for place, why in enumerate(found.whys or [], 1)}
    made: dict[str, forms.Form] = {
        "owner_form": OwnerForm(None, owners, found.owner_id),
        "harm_form": HarmForm(initial={"harm": found.harm}),
        "cause_form": CauseForm(initial={"cause": found.cause, "kind": found.cause_kind, **whys}),
        "action_form": ActionForm(initial={"action": found.action, "due_on": found.action_due_on}),
        "effect_form": EffectForm(initial={"effect": found.effect, "note": found.effect_note}),
        "answer_form": AnswerForm(may_be_done=found.state == "act"),
    }
    if sent is not None:
        name = next(name for name, form in made.items() if type(form) is type(sent))
        made[name] = sent
    return made


def _steps(found: Any) -> list[CheckoutStep]:
    place = _ORDER.index(found.state)
    words = (_("Plan: the cause"), _("Do: the action"), _("Check: the effect"), _("Act: the answer"))
    return [
        CheckoutStep(text, f"#{code}", is_done=nth < place, is_current=nth == place)
        for nth, (code, text) in enumerate(zip(_ORDER[:4], words, strict=True))
    ]


def _next(found: Any) -> str:
    """What is to be done next, in one sentence."""
    if found.state == "plan":
        return _("Find out why it happens.") if found.owner_id else _("Somebody must look after it.")
    if found.state == "do":
        if found.action_due_on is None:
            return _("Decide what is changed, and until when.")
        return _("Make the change until %(day)s.") % {"day": formats.day(found.action_due_on)}
    return {
        "check": _("See whether it works, and say so."),
        "act": _("Tell everyone behind the signals what became of it."),
    }.get(found.state, "")


def _due_why(found: Any) -> list[str]:
    if found.state == "do" and found.action_due_on is not None:
        return [_("The action was to be done by %(day)s.") % {"day": formats.day(found.action_due_on)}]
    steps = found.due_steps
    known = loaded(steps)
    return list(known[reader_language()]) if known else []


def _effect(found: Any, at: datetime) -> dict[str, Any] | None:
    if found.acted_at is None:
        return None
    effect = queries.effect_of(found.id, turn=found.acted_at, at=at)
    return {
        "before": _rate(effect.before),
        "after": _rate(effect.after),
        "says": _says(effect),
        "tone": {True: "ok", False: "warn", None: "neutral"}[effect.has_fallen],
    }


def _rate(rate: Rate) -> dict[str, str]:
    counted = ngettext(
        "%(count)s signal on %(sold)s sold", "%(count)s signals on %(sold)s sold", rate.signals
    ) % {"count": formats.quantity(rate.signals), "sold": formats.quantity(rate.sold)}
    if rate.per_thousand is None or rate.limits is None:
        return {"rate": "–", "counted": counted, "limits": _("Nothing was sold: no rate")}
    low, high = (_one_place(limit) for limit in rate.limits)
    return {
        "rate": _one_place(rate.per_thousand),
        "counted": counted,
        "limits": _("95 in 100 times between %(low)s and %(high)s") % {"low": low, "high": high},
    }


def _one_place(value: float) -> str:
    return formats.figures(Decimal(repr(value)), 1)


def _says(effect: Effect) -> str:
    if effect.has_fallen is None:
        return _("It is too early to say: wait until enough is sold.")
    if effect.has_fallen:
        return _("Fewer than before, and more so than chance explains.")
    return _("Not clearly fewer than before: chance alone may explain it.")


def _weeks(found: Any, at: datetime) -> list[Point]:
    turn = found.acted_at.astimezone(house_zone()).date() if found.acted_at else None
    return [
        Point(formats.day(row.begins, "brief"), row.signals, is_soft=turn is not None and row.begins < turn)
        for row in queries.weeks_of(found.id, at=at)
    ]
