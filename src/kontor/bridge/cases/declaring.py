"""The words of a withdrawal made with the form: the house's own sentence around what somebody wrote."""

from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import override

_LANGUAGES = ("de", "en")
_NOTHING = "–"


def withdrawal_text(*, contract: str, name: str, email: str) -> str:
    """What stands in the matter, in the language of the moment. ``contract`` has no empty lines."""
    return "\n".join((_sentence() % {"contract": contract or _NOTHING}, "", name, email)).rstrip()


def written_in(text: str) -> str:
    """What of such a text its writer wrote about the contract; any other text as it is."""
    for language in _LANGUAGES:
        before, after = _around(language)
        if text.startswith(before):
            said = text.partition("\n\n")[0].removeprefix(before).removesuffix(after).strip()
            return "" if said == _NOTHING else said
    return text


@cache
def _around(language: str) -> tuple[str, str]:
    with override(language):
        before, _contract, after = _sentence().partition("%(contract)s")
    return before, after


def _sentence() -> str:
    return _("I hereby withdraw from this contract: %(contract)s")
