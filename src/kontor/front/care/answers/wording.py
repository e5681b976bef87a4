"""The words of the mail that carries an answer. What improvement wrote stands as it was written."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from kontor.front.care.mailing.queries import House
from kontor.front.care.mailing.wording import Letter, greeting, signed
from kontor.kernel.ui import formats


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one person is told. ``link`` leads to their own page of the answer; ``subjects``: the matters they had
    brought; ``about``: the article that they named last."""

    name: str
    language: str
    verdict: str
    is_wish: bool
    text: str
    subjects: tuple[str, ...]
    about: str
    said_at: datetime
    link: str


def letter(told: Told, house: House) -> Letter:
    """Subject and text, in the reader's language."""
    with override(told.language):
        about = told.subjects[0] if told.subjects else ""
        return Letter(
            _subject(told) + (f": {about}" if about else ""),
            signed(
                house,
                greeting(told.name),
                _opening(told),
                told.text,
                _("Is it still broken? Tell us here, and we take it up again:\n%(link)s")
                % {"link": told.link}
                if told.verdict == "done"
                else _("You can read this again here:\n%(link)s") % {"link": told.link},
            ),
        )


def _subject(told: Told) -> str:
    if told.verdict == "done":
        return _("Your idea became something") if told.is_wish else _("We have mended what you told us of")
    return _("About your idea") if told.is_wish else _("About what you told us of")


def _opening(told: Told) -> str:
    facts = {"day": formats.day(told.said_at), "article": told.about}
    if told.is_wish and told.about:
        said = _("on %(day)s you told us an idea or a wish about “%(article)s”.")
    elif told.is_wish:
        said = _("on %(day)s you told us an idea or a wish.")
    elif told.about:
        said = _("on %(day)s you told us of a problem with “%(article)s”.")
    else:
        said = _("on %(day)s you told us of a problem.")
    return f"{said % facts} {_('Thank you: this is what became of it.')}"
