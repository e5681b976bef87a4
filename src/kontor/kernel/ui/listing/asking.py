"""What the POST of a list brings: ticked rows, and where to go afterwards."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal

MOST_TICKED = 500


class NothingTicked(Refusal):
    message = _("Nothing is selected. Tick at least one row.")
    status = 422


def selected(request: HttpRequest) -> list[UUID]:
    """The ids of the ticked rows, each once.

    Raises:
        NothingTicked: no row is ticked, or what was sent are no ids.
    """
    found: dict[UUID, None] = {}
    for text in request.POST.getlist("ids")[:MOST_TICKED]:
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    if not found:
        raise NothingTicked
    return list(found)


def back_to(request: HttpRequest, otherwise: str) -> str:
    """The address a form came from, if it is one of ours."""
    target = request.POST.get("next", "")
    # A word without "/" would be taken for the name of a page.
    is_path = target.startswith("/") and target.isprintable()
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_path and is_ours else otherwise
