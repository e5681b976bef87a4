"""Personnel in words."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.kernel.actor.departments import DEPARTMENTS, RIGHTS

if TYPE_CHECKING:
    from kontor.kernel.actor.models import Department


def rights_of(departments: "Sequence[Department]", codes: Collection[str]) -> list[str]:
    """What somebody of these departments may do, in the order of the canonical table."""
    held = {right for department in departments if department.code in codes for right in department.rights}
    return [str(words) for right, words in RIGHTS.items() if right in held]


def happened(type_name: str, fact: Mapping[str, Any]) -> str:
    """An event in words."""
    if type_name == "people.DepartmentsChanged":
        is_german = (get_language() or "de").startswith("de")
        names = {row.code: row.name_de if is_german else row.name_en for row in DEPARTMENTS}
        words = ", ".join(names.get(code, code) for code in fact["departments"])
        return _("Departments are now: %(departments)s") % {"departments": words or _("none")}
    if type_name == "people.AccountSwitched":
        return _("Login opened.") if fact["is_active"] else _("Login closed.")
    return type_name
