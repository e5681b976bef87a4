"""Problems in words: steps, sources, what happened."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kontor.back.improvement.models import Problem
from kontor.kernel.ui.shapes import Tone

KINDS: Mapping[str, str | Promise] = {"problem": gettext_lazy("Problem"), "need": gettext_lazy("Wish")}
STATES: Mapping[str, str | Promise] = dict(Problem.State.choices)
STATE_TONES: Mapping[str, Tone] = {
    "plan": "warn",
    "do": "warn",
    "check": "neutral",
    "act": "warn",
    "closed": "ok",
}
HARMS: Mapping[int, str | Promise] = dict(Problem.Harm.choices)
HARM_TONES: Mapping[int, Tone] = {0: "neutral", 1: "neutral", 2: "warn", 3: "bad"}
VERDICTS: Mapping[str, str | Promise] = {
    "done": gettext_lazy("Done"),
    "declined": gettext_lazy("Declined"),
}
SOURCES: Mapping[str, str | Promise] = {
    "case": gettext_lazy("Customer's matter"),
    "return": gettext_lazy("Return"),
    "review": gettext_lazy("Review"),
    "search": gettext_lazy("Search without result"),
    "question": gettext_lazy("Unanswered question"),
    "checkout": gettext_lazy("Checkout left"),
    "wish": gettext_lazy("Idea or wish"),
    "still": gettext_lazy("Still broken"),
}


def happened(kind: str, fact: Mapping[str, Any]) -> str:
    """An event of a problem as its history tells it."""
    name = kind.partition(".")[2]
    if name in ("ProblemOpened", "SignalsJoined", "SignalsParted", "ProblemRecurred"):
        return _counted(name, int(fact.get("signals", 0)))
    texts = {
        "OwnerChanged": _("%(name)s looks after it") % {"name": fact.get("owner", "")},
        "HarmJudged": _("Harm judged: %(harm)s") % {"harm": HARMS.get(fact.get("harm", 0), "")},
        "CauseFound": _("Cause found"),
        "ActionDecided": _("Action decided"),
        "ActionDone": _("Action done"),
        "EffectChecked": _("Effect checked: %(effect)s")
        % {"effect": dict(Problem.Effect.choices).get(fact.get("effect", ""), "")},
        "ProblemClosed": _("Answered: %(verdict)s") % {"verdict": VERDICTS.get(fact.get("verdict", ""), "")},
        "ProblemReopened": _("Opened again: still broken")
        if fact.get("reason") == "still"
        else _("Opened again: it came again"),
    }
    return texts.get(name, name)


def _counted(name: str, count: int) -> str:
    if name == "ProblemOpened":
        text = ngettext("Made of %(count)s signal", "Made of %(count)s signals", count)
    elif name == "SignalsJoined":
        text = ngettext("%(count)s signal joined", "%(count)s signals joined", count)
    elif name == "SignalsParted":
        text = ngettext("%(count)s signal taken out", "%(count)s signals taken out", count)
    else:
        text = ngettext("%(count)s new signal looks like it", "%(count)s new signals look like it", count)
    return text % {"count": count}
