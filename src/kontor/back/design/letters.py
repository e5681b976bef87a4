"""The digest as a mail, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kontor.back.design import queries
from kontor.back.design.queries import DayCounts
from kontor.back.design.wording import SOURCES, origin_words
from kontor.kernel.ui import formats

_RULE = "-" * 60
_WORDS = 200
_MOST_WORDS = 15


@dataclass(frozen=True, slots=True)
class Addressed:
    """A mail to one member of product conception."""

    account_id: UUID
    email: str
    subject: str
    text: str
    signals: int


def digests(on: date) -> list[Addressed]:
    """The digest of a day for each member, none where nothing was heard. Three statements a language, and one."""
    letters: list[Addressed] = []
    drawn: dict[str, tuple[str, str, int]] = {}
    for account_id, email, name, language in queries.members():
        if language not in drawn:
            with override(language):
                counts = queries.day_counts(on)
                total = counts.problems + counts.needs
                drawn[language] = (_subject(counts), _text(counts), total)
        subject, text, total = drawn[language]
        if total:
            with override(language):
                greeting = _("Good morning %(name)s,") % {"name": name}
            letters.append(Addressed(account_id, email, subject, f"{greeting}\n\n{text}", total))
    return letters


def _subject(counts: DayCounts) -> str:
    values = {"day": formats.day(counts.on, "long"), **_figures(counts)}
    return _("What customers met on %(day)s: %(problems)s, %(needs)s") % values


def _figures(counts: DayCounts) -> dict[str, str]:
    problems = ngettext("%(count)s problem", "%(count)s problems", counts.problems)
    needs = ngettext("%(count)s need", "%(count)s needs", counts.needs)
    return {
        "problems": problems % {"count": formats.quantity(counts.problems)},
        "needs": needs % {"count": formats.quantity(counts.needs)},
    }


def _text(counts: DayCounts) -> str:
    intro = _("this is what customers met on %(day)s: %(problems)s and %(needs)s.") % {
        "day": formats.day(counts.on, "long"),
        **_figures(counts),
    }
    parts = [
        intro,
        _block(_("From where"), [_row(str(SOURCES[s]), times) for _k, s, times in counts.sources]),
    ]
    if counts.offerings:
        rows = [_row(f"{row.name} ({row.number})", row.problems + row.needs) for row in counts.offerings]
        parts.append(_block(_("Articles"), rows))
    said = [
        f"* {Truncator(' '.join(str(row['words']).split())).chars(_WORDS)}\n  {_about(row)}"
        for row in counts.signals
        if row["words"]
    ]
    if said:
        parts.append(_block(_("In their words"), said[:_MOST_WORDS]))
    if url := _url(counts.on):
        parts.append(_("Everything of this day stands here:\n%(link)s") % {"link": url})
    parts.append(_("Whoever said it is left out: names, addresses and numbers became words in brackets."))
    return "\n\n".join(parts) + "\n"


def _about(row: dict[str, object]) -> str:
    return " · ".join(str(part) for part in (origin_words(row), row["name"], row["lot"]) if part)


def _block(title: str, rows: Sequence[str]) -> str:
    return "\n".join((title, _RULE, *rows))


def _row(name: str, times: int) -> str:
    figure = formats.quantity(times)
    return f"{Truncator(name).chars(50):<52}{figure:>8}"


def _url(on: date) -> str:
    return f"{settings.BACK_URL}/design/digest/{on.isoformat()}/" if settings.BACK_URL else ""
