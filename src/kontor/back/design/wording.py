"""Signals in words: where they came from, why, how it ended."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kontor.back.design.queries import CLOSE_REASONS, KINDS, MATTERS, SOURCES
from kontor.bridge.voice.reasons import CheckoutStep, ReturnReason
from kontor.kernel.ui.shapes import Tone

TONES: Mapping[str, Tone] = {"problem": "warn", "need": "neutral"}
REASONS: Mapping[str, Any] = dict((*ReturnReason.choices, *CheckoutStep.choices, *MATTERS.items()))
LANGUAGES = [("de", _("German")), ("en", _("English"))]
OUTCOMES: Mapping[str, Any] = dict(CLOSE_REASONS) | {
    "ordered": pgettext_lazy("a checkout that was left", "Ordered after all"),
}


def reason_words(code: str) -> str:
    """A reason in words: the kind of matter, why goods came back, where a checkout was left."""
    return str(REASONS.get(code, code))


def origin_words(row: Mapping[str, Any]) -> str:
    """Where a signal came from, with its reason: “Return: damaged”."""
    source = str(SOURCES.get(row["source"], row["source"]))
    if row["source"] in ("wish", "question") or not row["reason"]:
        return source
    return f"{source}: {reason_words(row['reason'])}"


__all__ = ["KINDS", "LANGUAGES", "OUTCOMES", "SOURCES", "TONES", "origin_words", "reason_words"]
