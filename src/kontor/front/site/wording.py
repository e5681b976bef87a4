"""How a page stands, in words."""

from datetime import datetime

from django.utils.translation import gettext as _

from kontor.front.site.queries import Standing
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import Said


def states_of(page: Standing, at: datetime) -> list[Said]:
    """What is shown, what is planned, what is being written, and whether a legal text waits to be checked."""
    states = []
    if page.shown and page.shown.valid_until:
        words = _("Shown until %(day)s") % {"day": formats.instant(page.shown.valid_until, "brief")}
        states.append(Said("ok", words))
    elif page.shown:
        states.append(Said("ok", _("Shown since %(day)s") % {"day": formats.day(page.shown.valid_from)}))
    elif page.kind == "news":
        states.append(Said("neutral", _("No longer shown") if page.ended else _("Not shown yet")))
    else:
        states.append(Said("neutral", _("Starting text")))
    if page.planned:
        words = _("Planned for %(day)s") % {"day": formats.instant(page.planned.valid_from, "brief")}
        states.append(Said("neutral", words))
    if page.draft:
        states.append(Said("warn", _("Draft of %(who)s") % {"who": page.draft.changed_by}))
    if page.is_unchecked:
        states.append(Said("bad", _("To be checked")))
    return states
