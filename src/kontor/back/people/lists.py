"""The list of personnel."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kontor.back.people import queries
from kontor.kernel.ui.listing.addresses import row_url
from kontor.kernel.ui.listing.declaring import Choice, Column, Listing


def _login(row: Mapping[str, Any]) -> str:
    if row["is_active"] is None:
        return "none"
    return "open" if row["is_active"] else "closed"


STAFF = Listing(
    page="people",
    title=_("Staff"),
    eyebrow=_("Personnel"),
    right="people.read",
    rows=queries.employee_rows,
    columns=(
        Column(key="name", label=_("Name"), kind="link", sort="name"),
        Column(key="number", label=_("Number"), sort="number", is_muted=True),
        Column(key="job_title", label=_("Position held"), is_wide=True),
        Column(key="departments", label=_("Departments"), is_wide=True),
        Column(
            key="login",
            label=_("Login"),
            value=_login,
            kind="pill",
            words={"none": _("None"), "open": _("Open"), "closed": _("Closed")},
            tones={"open": "ok", "closed": "bad"},
        ),
        Column(key="email", label=_("E-mail address"), is_extra=True),
        Column(key="hired_on", label=_("Here since"), kind="day", sort="hired", is_extra=True),
    ),
    sorts={"name": "name", "number": "number", "hired": "hired_on"},
    default_sort="name",
    url=row_url("people:employee", "number"),
    search=queries.by_words,
    search_label=_("Number, name or e-mail address"),
    filters=(
        Choice(
            key="department",
            label=_("Department"),
            choices=queries.department_choices,
            narrow=queries.in_department,
        ),
    ),
    empty_title=_("Nobody works here yet"),
    empty_text=_("Members of staff stand here with their departments."),
    empty_icon="users",
    template="people/list.html",
)
