"""News at the counter, and the pictures that pages show."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kontor.front.site import actions, queries
from kontor.front.site.forms import NewsForm
from kontor.front.site.pictures import file_of
from kontor.front.site.views.desk import tabs
from kontor.front.site.wording import states_of
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.errors import NotFound
from kontor.kernel.ids import uuid7
from kontor.kernel.ui.refusals import refused_on_form
from kontor.kernel.ui.shapes import PageLinks

_MOST_PAGES = 500


@require_GET
@requires("site.write")
def news(request: HttpRequest) -> HttpResponse:
    """Articles: those being written first, then the latest."""
    at, text = timezone.now(), request.GET.get("page", "")
    number = min(max(int(text), 1), _MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    rows = queries.news_standing(at, page=number)
    has_more = len([row for row in rows if row.shown or row.planned or row.ended]) > queries.NEWS_ON_A_PAGE
    context = {
        "rows": [(row, states_of(row, at)) for row in (rows[:-1] if has_more else rows)],
        "pages": PageLinks(
            previous_url=f"?page={number - 1}" if number > 1 else "",
            next_url=f"?page={number + 1}" if has_more else "",
            text=_("Page %(page)s") % {"page": number},
        ),
        "tabs": tabs("news"),
    }
    return render(request, "site/desk/news.html", context)


@require_http_methods(["GET", "POST"])
@requires("site.write")
def new(request: HttpRequest) -> HttpResponse:
    """Begin an article."""
    form = NewsForm(request.POST) if request.method == "POST" else NewsForm(initial={"key": uuid7()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refused_on_form(form, "title_de"):
            draft = actions.begin_news(
                key=said["key"],
                title_de=said["title_de"],
                title_en=said["title_en"],
                by=actor_of(request),
                at=timezone.now(),
            )
            return redirect("website:edit", slug=draft.slug)
        if slug := queries.slug_of_draft(said["key"]):  # the same click, sent twice at once
            return redirect("website:edit", slug=slug)
    return render(request, "site/desk/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
@requires("site.write")
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of the house, for the preview."""
    found = file_of(name)
    if found is None:
        raise NotFound(number=name[:40])
    content, media_type = found
    response = HttpResponse(content, content_type=media_type)
    response["Cache-Control"] = "private, max-age=3600"
    return response
