"""Pages of the set-up: the checklist, the organisation, its look, terms and taxes, doors."""

from collections.abc import Mapping
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.back.administration.setting_up import forms
from kontor.back.administration.setting_up.actions import change_organisation, hang_logo
from kontor.back.administration.setting_up.checklist import checklist
from kontor.back.administration.setting_up.history import changes_of_the_house
from kontor.back.administration.wording import range_name
from kontor.bridge.parties.furnishing import switch_door
from kontor.bridge.parties.queries import current_house, doors, forget_house_terms
from kontor.kernel.actor.departments import DEPARTMENTS
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.errors import Refusal
from kontor.kernel.numbers.queries import is_any_used, range_of, ranges
from kontor.kernel.numbers.ranging import set_range
from kontor.kernel.ui.listing.asking import back_to
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refused_on_form

WRITE = "administration.write"


@require_GET
@requires("administration.read")
def set_up(request: HttpRequest) -> HttpResponse:
    """What is done and what comes next."""
    return render(request, "administration/setup/checklist.html", {"list": checklist()})


def facts_of_house(names: list[str]) -> dict[str, Any]:
    """These facts of the house as it stands, and which row they were read from."""
    house = current_house()
    facts = {**{name: getattr(house, name) for name in names}, "seen": house.id or 0}
    if not house.street and "land" in facts:  # nobody has said yet where the house stands
        facts["land"] = ""
    return facts


def _changed(request: HttpRequest, form: django_forms.Form, facts: Mapping[str, Any]) -> bool:
    """Change the house; a refusal becomes an error of the form."""
    wanted = {name: value for name, value in facts.items() if name != "seen"}
    try:
        change_organisation(changes=wanted, seen=int(facts["seen"]), by=actor_of(request), at=timezone.now())
    except Refusal as refusal:
        field = "currency" if refusal.code == "CurrencyFixed" else None
        form.add_error(field, str(refusal))
        return False
    return True


@require_http_methods(["GET", "POST"])
@requires(WRITE)
def organisation(request: HttpRequest) -> HttpResponse:
    """Name, address, legal lines, tax numbers, bank, currency and time zone."""
    names = [name for name in forms.OrganisationForm.base_fields if name != "seen"]
    form = forms.OrganisationForm(
        request.POST if request.method == "POST" else None, initial=facts_of_house(names)
    )
    if request.method == "POST" and form.is_valid() and _changed(request, form, form.cleaned_data):
        say(request, _("The organisation is as you have said. It holds for what is written from now on."))
        return redirect("administration:organisation")
    context = {
        "form": form,
        "is_currency_fixed": is_any_used(),
        "history": changes_of_the_house(),
    }
    return render(
        request, "administration/setup/organisation.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@requires(WRITE)
def look(request: HttpRequest) -> HttpResponse:
    """Two hues and the roundness, shown while they are moved; the logo beside."""
    initial = facts_of_house(["hue", "hue_accent", "radius"])
    form = forms.LookForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid() and _changed(request, form, form.cleaned_data):
        say(request, _("All three sites wear the new look within seconds."))
        return redirect("administration:look")
    logo = forms.LogoForm(initial={"seen": initial["seen"]})
    return _look_page(request, form, logo)


@require_POST
@requires(WRITE)
def logo(request: HttpRequest) -> HttpResponse:
    """Hang up a logo, or take it down."""
    form = forms.LogoForm(request.POST, request.FILES)
    if request.POST.get("deed") == "remove":
        facts = {"logo": "", "seen": current_house().id or 0}
        if _changed(request, forms.LookForm(), facts):
            say(request, _("The logo is taken down."), tone="neutral")
        return redirect("administration:look")
    if form.is_valid():
        with refused_on_form(form, "logo"):
            content = form.cleaned_data["logo"].read()
            hang_logo(
                content=content, seen=form.cleaned_data["seen"], by=actor_of(request), at=timezone.now()
            )
            say(request, _("The logo hangs on all three sites within seconds."))
            return redirect("administration:look")
    return _look_page(request, forms.LookForm(initial=facts_of_house(["hue", "hue_accent", "radius"])), form)


def _look_page(request: HttpRequest, form: forms.LookForm, logo: forms.LogoForm) -> HttpResponse:
    context = {"form": form, "logo_form": logo, "organisation": current_house()}
    status = 422 if form.errors or logo.errors else 200
    return render(request, "administration/setup/look.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(WRITE)
def money(request: HttpRequest) -> HttpResponse:
    """Terms, the small-business scheme, number ranges."""
    names = [name for name in forms.TermsForm.base_fields if name != "seen"]
    terms = forms.TermsForm(initial=facts_of_house(names))
    small = forms.SmallBusinessForm(initial=facts_of_house(["small_business_from", "small_business_until"]))
    if request.method == "POST":
        if request.POST.get("part") == "small":
            small = forms.SmallBusinessForm(request.POST)
        else:
            terms = forms.TermsForm(request.POST)
        form: django_forms.Form = small if small.is_bound else terms
        if form.is_valid() and _changed(request, form, form.cleaned_data):
            say(request, _("This holds for what is ordered and written from now on."))
            return redirect("administration:money")
    house = current_house()
    context = {
        "organisation": house,
        "terms": terms,
        "small": small,
        "ranges": [(range_name(row.code), row) for row in ranges()],
    }
    status = 422 if terms.errors or small.errors else 200
    return render(request, "administration/setup/money.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(WRITE)
def number_range(request: HttpRequest, code: str) -> HttpResponse:
    """How the numbers of one range look."""
    found = range_of(code)
    initial = {"begins_with": found.prefix, "width": found.width, "next_value": found.next_value}
    form = forms.RangeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refused_on_form(form, "next_value"):
            cleaned = form.cleaned_data
            prefix = cleaned.pop("begins_with")
            set_range(code=code, prefix=prefix, **cleaned, by=actor_of(request), at=timezone.now())
            say(request, _("The numbers look so from now on."))
            return redirect("administration:money")
    context = {"form": form, "range": found, "name": range_name(code)}
    return render(request, "administration/setup/range.html", context, status=422 if form.errors else 200)


@require_GET
@requires("administration.read")
def show_doors(request: HttpRequest) -> HttpResponse:
    """What is open to customers."""
    context = {
        "doors": doors(),
        "departments": {row.code: row for row in DEPARTMENTS},
        "public_url": settings.PUBLIC_URL,
        "may_switch": actor_of(request).has(WRITE),
    }
    return render(request, "administration/setup/doors.html", context)


@require_POST
@requires(WRITE)
def door(request: HttpRequest, code: str) -> HttpResponse:
    """Open a door or shut it."""
    is_open = request.POST.get("door") == "open"
    found = switch_door(code=code, is_open=is_open, by=actor_of(request), at=timezone.now())
    forget_house_terms()
    label = {"door": found.label_de if request.LANGUAGE_CODE.startswith("de") else found.label_en}
    if is_open:
        say(request, _("“%(door)s” is open.") % label)
    else:
        say(request, _("“%(door)s” is shut: gone from menus, and not found.") % label, tone="neutral")
    return redirect(back_to(request, "administration:doors"))
