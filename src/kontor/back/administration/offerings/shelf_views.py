"""Pages of categories and customer groups."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kontor.back.administration.offerings import queries
from kontor.back.administration.offerings.forms import CategoryForm, GroupForm, MemberForm
from kontor.bridge.catalogue.shelving import (
    add_category,
    change_category,
    keep_customer_group,
    move_category,
    put_in_groups,
    remove_category,
)
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.errors import NotFound
from kontor.kernel.language import in_german
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said, refused_on_form

get_or_post = require_http_methods(["GET", "POST"])


def _tops(shelves: list[queries.Shelf], without: str = "") -> list[tuple[str, str]]:
    name = "name_de" if in_german() else "name_en"
    return [
        (shelf.row.slug, getattr(shelf.row, name))
        for shelf in shelves
        if shelf.row.parent_id is None and shelf.row.slug != without
    ]


@get_or_post
@requires("offerings.read")
def categories(request: HttpRequest) -> HttpResponse:
    """The shelves of the shop; who may, adds one."""
    actor, shelves = actor_of(request), queries.shelves()
    form = CategoryForm(request.POST or None, _tops(shelves))
    if request.method == "POST":
        actor.require("offerings.write")
        form = CategoryForm(request.POST, _tops(shelves))
        if form.is_valid():
            with refused_on_form(form):
                made = add_category(draft=form.draft(), by=actor, at=timezone.now())
                say(request, _("The category “%(name)s” is there.") % {"name": made.name_de})
                return redirect("administration:categories")
    context = {"shelves": shelves, "form": form, "may_write": actor.has("offerings.write")}
    return render(
        request, "administration/offerings/categories.html", context, status=422 if form.errors else 200
    )


@get_or_post
@requires("offerings.write")
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Rename a category, or put it elsewhere."""
    shelves = queries.shelves()
    shelf = next((one for one in shelves if one.row.slug == slug), None)
    if shelf is None:
        raise NotFound(number=slug)
    parents = {one.row.id: one.row.slug for one in shelves}
    initial = {
        "name_de": shelf.row.name_de,
        "name_en": shelf.row.name_en,
        "parent": parents.get(shelf.row.parent_id, "") if shelf.row.parent_id else "",
    }
    form = CategoryForm(request.POST or None, _tops(shelves, without=slug), initial)
    if request.method == "POST":
        form = CategoryForm(request.POST, _tops(shelves, without=slug), initial)
        if form.is_valid():
            with refused_on_form(form):
                change_category(slug=slug, draft=form.draft(), by=actor_of(request), at=timezone.now())
                say(request, _("The category is changed."))
                return redirect("administration:categories")
    context = {"shelf": shelf, "form": form}
    return render(
        request, "administration/offerings/category.html", context, status=422 if form.errors else 200
    )


@require_POST
@requires("offerings.write")
def move(request: HttpRequest, slug: str) -> HttpResponse:
    """Exchange a category with its neighbour."""
    is_up = request.POST.get("where") == "up"
    move_category(slug=slug, is_up=is_up, by=actor_of(request), at=timezone.now())
    return redirect("administration:categories")


@require_POST
@requires("offerings.write")
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Remove an empty category."""
    with refusal_said(request):
        remove_category(slug=slug, by=actor_of(request), at=timezone.now())
        say(request, _("The category is removed."), tone="neutral")
    return redirect("administration:categories")


@get_or_post
@requires("offerings.read")
def groups(request: HttpRequest) -> HttpResponse:
    """Customer groups; who may, adds one."""
    actor = actor_of(request)
    form = GroupForm(request.POST or None)
    if request.method == "POST":
        actor.require("offerings.write")
        form = GroupForm(request.POST)
        if form.is_valid():
            cleaned = form.cleaned_data
            with refused_on_form(form):
                made = keep_customer_group(
                    code="",
                    names=(cleaned["name_de"], cleaned["name_en"]),
                    includes_tax=cleaned["prices"] == "gross",
                    by=actor,
                    at=timezone.now(),
                )
                say(request, _("The customer group “%(name)s” is there.") % {"name": made.name_de})
                return redirect("administration:customer_group", code=made.code)
    context = {"groups": queries.customer_groups(), "form": form, "may_write": actor.has("offerings.write")}
    return render(
        request, "administration/offerings/groups.html", context, status=422 if form.errors else 200
    )


@get_or_post
@requires("offerings.read", "customers.read")
def group(request: HttpRequest, code: str) -> HttpResponse:
    """Who is in a customer group; who may, adds somebody."""
    actor, found = actor_of(request), queries.customer_group(code)
    form = MemberForm(request.POST or None)
    if request.method == "POST":
        actor.require("offerings.write")
        form = MemberForm(request.POST)
        if form.is_valid():
            with refused_on_form(form, "customer"):
                party = queries.party_id_of(form.cleaned_data["customer"].strip())
                put_in_groups(members={party: code}, by=actor, at=timezone.now())
                say(request, _("%(number)s is in the group now.") % {"number": form.cleaned_data["customer"]})
                return redirect("administration:customer_group", code=code)
    context = {
        "group": found,
        "members": queries.members_of(code),
        "form": form,
        "may_write": actor.has("offerings.write"),
    }
    return render(request, "administration/offerings/group.html", context, status=422 if form.errors else 200)


@require_POST
@requires("offerings.write", "customers.read")
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Take a customer out of a group, from now on."""
    with refusal_said(request):
        party = queries.party_id_of(request.POST.get("customer", "")[:20].replace("\0", ""))
        put_in_groups(members={party: ""}, by=actor_of(request), at=timezone.now())
        say(request, _("The customer has left the group."), tone="neutral")
    return redirect("administration:customer_group", code=code)
