"""Words of the command line: the project's catalogue read with the standard library, before Django is up."""

import gettext
import os
from functools import cache

from kontor.config.catalogue import LOCALE, ensure_compiled


def language() -> str:
    """The two-letter language of this terminal, from LC_ALL, LC_MESSAGES or LANG; English without one."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "de" if value.lower().startswith("de") else "en"
    return "en"


@cache
def _catalogue() -> gettext.NullTranslations:
    ensure_compiled()
    return gettext.translation("django", localedir=LOCALE, languages=[language()], fallback=True)


def gettext_now(message: str) -> str:
    """The message in this terminal's language; the English sentence itself where there is no translation."""
    return _catalogue().gettext(message)


class HouseRefusal(Exception):
    """Something about the house forbids what was asked; the text says what is so, then what to do."""
