"""Personnel in words."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import override

from kontor.kernel.actor.departments import RIGHTS, department_name

if TYPE_CHECKING:
    from kontor.kernel.actor.models import Department


class Letter(NamedTuple):
    """Subject and text of a mail."""

    subject: str
    text: str


def rights_of(departments: "Sequence[Department]", codes: Collection[str]) -> list[str]:
    """What somebody of these departments may do, in the order of the canonical table."""
    held = {right for department in departments if department.code in codes for right in department.rights}
    return [str(words) for right, words in RIGHTS.items() if right in held]


def invitation(*, name: str, language: str, house: str, link: str) -> Letter:
    """The mail with the link to choose a password, in the language of who gets it."""
    with override(language):
        text = _(
            "Hello %(name)s,\n\nchoose your password for the programme of %(house)s here:\n\n%(link)s\n\n"
            "The link can be used once and for seven days. If you did not expect this mail, tell your"
            " administration."
        )
        subject = _("Your login at %(house)s") % {"house": house}
        return Letter(subject, text % {"name": name, "house": house, "link": link} + "\n")


def happened(type_name: str, fact: Mapping[str, Any]) -> str:
    """An event in words."""
    if type_name in ("people.DepartmentsChanged", "people.Employed"):
        words = ", ".join(department_name(code) for code in fact["departments"]) or _("none")
        if type_name == "people.Employed":
            return _("Taken on. Departments: %(departments)s") % {"departments": words}
        return _("Departments are now: %(departments)s") % {"departments": words}
    if type_name == "people.PasswordLinkMade":
        if fact["was_mailed"]:
            return _("A link to choose a password was mailed.")
        return _("A link to choose a password was shown.")
    if type_name == "people.RightsChanged":
        given = ", ".join(str(RIGHTS.get(right, right)) for right in fact["given"])
        taken = ", ".join(str(RIGHTS.get(right, right)) for right in fact["taken"])
        parts = [_("given: %(rights)s") % {"rights": given}] if given else []
        parts += [_("taken: %(rights)s") % {"rights": taken}] if taken else []
        return "; ".join(parts)
    if type_name == "people.AccountSwitched":
        return _("Login opened.") if fact["is_active"] else _("Login closed.")
    return type_name
