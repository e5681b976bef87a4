"""Signals in words: where they came from, why, how it ended."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kontor.bridge.cases.models import Case
from kontor.bridge.voice.models import Signal
from kontor.bridge.voice.reasons import REASONS
from kontor.kernel.ui.shapes import Tone

KINDS: Mapping[str, Any] = dict(Signal.Kind.choices)
SOURCES: Mapping[str, Any] = dict(Signal.Source.choices)
TONES: Mapping[str, Tone] = {"problem": "warn", "need": "neutral"}
LANGUAGES = [("de", _("German")), ("en", _("English"))]
OUTCOMES: Mapping[str, Any] = dict(Case.CloseReason.choices) | {
    "ordered": pgettext_lazy("a checkout that was left", "Ordered after all"),
}


def reason_words(code: str) -> str | Promise:
    """A reason in words: the kind of matter, why goods came back, where a checkout was left."""
    return REASONS.get(code, code)


def origin_words(row: Mapping[str, Any]) -> str:
    """Where a signal came from, with its reason: “Return: damaged”."""
    source = str(SOURCES.get(row["source"], row["source"]))
    if row["source"] in ("wish", "question") or not row["reason"]:
        return source
    return _("%(source)s: %(reason)s") % {"source": source, "reason": reason_words(row["reason"])}
