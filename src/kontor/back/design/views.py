"""Pages of product conception: the feed, one signal, articles compared, the digest of a day."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from kontor.back.design import queries
from kontor.back.design.lists import FEED
from kontor.back.design.wording import KINDS, LANGUAGES, OUTCOMES, SOURCES, TONES, origin_words
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.errors import NotFound
from kontor.kernel.house import house_zone
from kontor.kernel.membrane.topics import signed_topic
from kontor.kernel.ui import formats
from kontor.kernel.ui.listing.reading import asked_of, narrowed
from kontor.kernel.ui.listing.showing import show
from kontor.kernel.ui.shapes import Point, Tab

_PERIODS = (30, 90, 365)


@require_GET
@requires("design.read")
def feed(request: HttpRequest) -> HttpResponseBase:
    """Everything that was heard, newest first, live; its file has all columns."""
    if request.GET.get("export") in ("csv", "xlsx"):
        query = request.GET.copy()
        query.setlist(
            "column", [column.key for column in FEED.columns if column.key not in ("short", "article")]
        )
        request.GET = query  # type: ignore[assignment]  # a copy of the same kind
        return show(request, FEED)
    return show(request, FEED, live_url=live_url(), **_weeks(request))


@require_GET
@requires("design.read")
def signal(request: HttpRequest, signal_id: str) -> HttpResponse:
    """One signal with all its words, and what else was heard of the same article."""
    row = queries.signal(signal_id)
    context = {
        "signal": row,
        "kind": KINDS[row["kind"]],
        "tone": TONES[row["kind"]],
        "origin": origin_words(row),
        "outcome": OUTCOMES.get(row["outcome"], row["outcome"]),
        "written_in": dict(LANGUAGES).get(row["language"], row["language"]),
        "others": [_line(other) for other in queries.beside(row)],
        "word": quote(row["words"][:60]),
        "may_name_synonyms": row["source"] == "search" and actor_of(request).has("offerings.write"),
    }
    return render(request, "design/signal.html", context)


@require_GET
@requires("design.read")
def offerings(request: HttpRequest) -> HttpResponse:
    """Articles by how often something was heard of them, and per thousand sold."""
    text = request.GET.get("days", "")
    days = int(text) if text in [str(period) for period in _PERIODS] else _PERIODS[1]
    now = timezone.now()
    context = {
        "rows": queries.by_offering(now - timedelta(days=days), now),
        "days": days,
        "tabs": [
            Tab(
                ngettext("%(count)s day", "%(count)s days", period) % {"count": period},
                f"?days={period}",
                is_current=period == days,
            )
            for period in _PERIODS
        ],
        "is_cut": queries.MOST_OFFERINGS,
    }
    return render(request, "design/offerings.html", context)


@require_GET
@requires("design.read")
def digest(request: HttpRequest, on: str = "") -> HttpResponse:
    """One day on a page, as the digest mails it; today without a day."""
    today = timezone.now().astimezone(house_zone()).date()
    day = _day(on) if on else today
    counts = queries.day_counts(day)
    context = {
        "counts": counts,
        "is_today": day == today,
        "sources": [
            (KINDS[kind], TONES[kind], SOURCES[source], times) for kind, source, times in counts.sources
        ],
        "lines": [_line(row) for row in counts.signals],
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < today else None,
        "live_url": live_url() if day == today else "",
    }
    return render(request, "design/digest.html", context)


def live_url() -> str:
    """What the feed watches: that something was heard."""
    topic = signed_topic(settings.HOUSE.secret("live-back"), "voice")
    return f"{settings.LIVE_URL}/watch?topic={topic}"


def _weeks(request: HttpRequest) -> dict[str, Any]:
    """The bars above the feed and the figures of this week; none for a search by words, which would read them all."""
    asked, actor, now = asked_of(FEED, request.GET), actor_of(request), timezone.now()
    if asked.words:
        return {"is_quiet": True}
    is_whole = not asked.values
    weeks = queries.weeks_of_all(actor, now) if is_whole else queries.weeks_of(narrowed(asked, actor), now)
    return {
        "points": [
            Point(formats.day(monday), problems + needs, is_soft=monday != weeks[-1][0])
            for monday, problems, needs in weeks
        ],
        "first": weeks[0][0],
        "problems": formats.quantity(weeks[-1][1]),
        "problems_before": formats.quantity(weeks[-2][1]),
        "needs": formats.quantity(weeks[-1][2]),
        "needs_before": formats.quantity(weeks[-2][2]),
        "is_quiet": not any(problems + needs for _monday, problems, needs in weeks),
    }


def _line(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"kind_words": KINDS[row["kind"]], "tone": TONES[row["kind"]], "origin": origin_words(row)}


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise NotFound(number=text) from None
    if (
        not datetime(2000, 1, 1, tzinfo=UTC)
        < datetime.combine(found, time(), UTC)
        < timezone.now() + timedelta(2)
    ):
        raise NotFound(number=text)
    return found
