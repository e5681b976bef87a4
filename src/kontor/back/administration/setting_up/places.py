"""Pages of places: usual hours, special days, public holidays, the main place."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.back.administration.setting_up.forms import WEEKDAYS, PlaceForm, SpecialDayForm
from kontor.back.administration.setting_up.hours import written
from kontor.bridge.parties.furnishing import (
    PlaceFacts,
    give_up_place,
    make_main,
    remove_special_day,
    save_place,
    set_special_day,
)
from kontor.bridge.parties.places import OpenPlace, holidays_of, places
from kontor.bridge.parties.queries import current_house
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.clocks.calendars import day_of
from kontor.kernel.errors import NotFound
from kontor.kernel.house import house_zone
from kontor.kernel.ids import uuid7
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said, refused_on_form

WRITE = "administration.write"


@require_GET
@requires("administration.read")
def show_places(request: HttpRequest) -> HttpResponse:
    """Where the house is to be found."""
    now = timezone.now()
    today = day_of(now, house_zone())
    rows = [
        (place, _week(place), place.hours.is_open(now), place.soon(today, days=14)[:3]) for place in places()
    ]
    return render(request, "administration/setup/places.html", {"places": rows})


@require_http_methods(["GET", "POST"])
@requires(WRITE)
def new_place(request: HttpRequest) -> HttpResponse:
    """Describe another place."""
    house = current_house()
    initial = {
        "name_de": house.brand or house.name,
        **{name: getattr(house, name) for name in ("street", "postal_code", "city", "country", "land")},
        **{name: getattr(house, name) for name in ("phone", "email")},
        **{f"day_{day}": "9:00–17:00" for day in range(5)},
    }
    form = PlaceForm(request.POST if request.method == "POST" else None, initial=initial)
    place_id = _key(request)
    if request.method == "POST" and form.is_valid() and _saved(request, form, place_id):
        return redirect("administration:place", place_id=place_id)
    context = {"form": form, "key": place_id}
    return render(request, "administration/setup/place.html", context, status=422 if form.errors else 200)


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid7()


@require_http_methods(["GET", "POST"])
@requires(WRITE)
def place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """One place with its week and its special days."""
    found = _place(place_id)
    form = PlaceForm(request.POST if request.method == "POST" else None, initial=_initial(found))
    if request.method == "POST" and form.is_valid() and _saved(request, form, place_id):
        return redirect("administration:place", place_id=place_id)
    return _page(request, found, form, SpecialDayForm())


@require_POST
@requires(WRITE)
def special_day(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """A closed day or special hours; or let a day be as usual again."""
    found, actor, now = _place(place_id), actor_of(request), timezone.now()
    form = SpecialDayForm(request.POST)
    if request.POST.get("deed") == "remove":
        day = form.fields["on"].clean(request.POST.get("on")) if request.POST.get("on") else None
        if day is not None:
            remove_special_day(place_id=place_id, on=day, by=actor, at=now)
            say(request, _("This day is as usual again."), tone="neutral")
        return redirect("administration:place", place_id=place_id)
    if form.is_valid():
        cleaned = form.cleaned_data
        with refused_on_form(form):
            set_special_day(
                place_id=place_id,
                on=cleaned["on"],
                spans=cleaned["hours"],
                reason=(cleaned["reason_de"], cleaned["reason_en"]),
                by=actor,
                at=now,
            )
            say(request, _("The day is noted. Customers see it on the contact page."))
            return redirect("administration:place", place_id=place_id)
    return _page(request, found, PlaceForm(initial=_initial(found)), form)


@require_POST
@requires(WRITE)
def place_deed(request: HttpRequest, place_id: UUID, deed: str) -> HttpResponse:
    """Make a place the main one, or give it up."""
    act = make_main if deed == "main" else give_up_place
    with refusal_said(request, unless=(404,)):
        act(place_id=place_id, by=actor_of(request), at=timezone.now())
    return redirect("administration:places")


def _saved(request: HttpRequest, form: PlaceForm, place_id: UUID) -> bool:
    names = [name for name in PlaceFacts.__dataclass_fields__ if name != "week"]
    values: dict[str, Any] = {name: form.cleaned_data[name] for name in names}
    values["name_en"] = values["name_en"] or values["name_de"]
    with refused_on_form(form):
        facts = PlaceFacts(**values, week=form.week())
        save_place(place_id=place_id, facts=facts, by=actor_of(request), at=timezone.now())
        say(request, _("The place and its hours are kept."))
        return True
    return False


def _place(place_id: UUID) -> OpenPlace:
    found = next((place for place in places() if place.id == place_id), None)
    if found is None:
        raise NotFound(number=str(place_id))
    return found


def _initial(found: OpenPlace) -> dict[str, Any]:
    plain = ("street", "postal_code", "city", "country", "phone", "email")
    days = {} if found.hours.is_assumed else {f"day_{day}": written(spans) for day, spans in found.week()}
    return {
        **{name: getattr(found, name) for name in plain},
        "name_de": found.name.de,
        "name_en": found.name.en,
        "land": found.land,
        "opens_on_holidays": found.opens_on_holidays,
        **days,
    }


def _week(found: OpenPlace) -> list[tuple[Any, str]]:
    return [(WEEKDAYS[day], written(spans)) for day, spans in found.week()]


def _page(request: HttpRequest, found: OpenPlace, form: PlaceForm, special: SpecialDayForm) -> HttpResponse:
    today = day_of(timezone.now(), house_zone())
    days = [
        (day, written(found.hours.spans_on(day)), known.reason)
        for day, known in sorted(found.hours.special.items())
        if day >= today
    ]
    closed = {day for day, _spans, _reason in days}
    holidays = [
        (day, name)
        for year in (today.year, today.year + 1)
        for day, name in holidays_of(found.land, year)
        if today <= day and day not in closed
    ]
    context = {
        "place": found,
        "form": form,
        "special": special,
        "days": days,
        "holidays": [] if found.opens_on_holidays else holidays[:12],
    }
    status = 422 if form.errors or special.errors else 200
    return render(request, "administration/setup/place.html", context, status=status)
