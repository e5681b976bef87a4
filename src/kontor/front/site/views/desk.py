"""The website at the counter: what stands, what is planned, what is being written."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.bridge.parties.queries import current_house
from kontor.front.site import actions, errors, queries
from kontor.front.site.drawing import Drawn, Ground, drawn
from kontor.front.site.forms import PublishForm, WordsForm
from kontor.front.site.pages import BY_SLUG, Text
from kontor.front.site.pictures import OURS, alt_of, choices, picture_url
from kontor.front.site.wording import states_of
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.errors import NotFound
from kontor.kernel.house import house_zone
from kontor.kernel.pictures import store_picture
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said, refused_on_form
from kontor.kernel.ui.shapes import Tab

LANGUAGES = ("de", "en")


@require_GET
@requires("site.write")
def pages(request: HttpRequest) -> HttpResponse:
    """Every page of the house, pages and legal texts apart."""
    at = timezone.now()
    rows = [(row, states_of(row, at)) for row in queries.pages_standing(at)]
    context = {
        "groups": [
            (_("Pages"), [(row, states, BY_SLUG[row.slug]) for row, states in rows if row.kind == "page"]),
            (
                _("Legal texts"),
                [(row, states, BY_SLUG[row.slug]) for row, states in rows if row.kind == "legal"],
            ),
        ],
        "tabs": tabs("list"),
        "unchecked": [row for row, _states in rows if row.is_unchecked],
        "public_url": settings.PUBLIC_URL,
    }
    return render(request, "site/desk/pages.html", context)


def tabs(current: str) -> list[Tab]:
    """The two halves of the website."""
    return [
        Tab(_("Pages"), reverse("website:list"), is_current=current == "list"),
        Tab(_("News"), reverse("website:news"), is_current=current == "news"),
    ]


@require_http_methods(["GET", "POST"])
@requires("site.write")
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a page: both languages side by side, how it will look, what was published before."""
    at = timezone.now()
    standing = _standing(slug, at)
    if request.method == "POST":
        form = WordsForm(request.POST, pictures=choices(_picture_of(standing)))
        if form.is_valid():
            with refused_on_form(form):
                words = _with_upload(request, form.words())
                actions.save_draft(
                    slug=slug,
                    words=words,
                    version=form.cleaned_data["version"],
                    by=actor_of(request),
                    at=at,
                )
                say(request, _("The draft is kept. Visitors do not see it yet."))
                return redirect("website:publish" if "publish" in request.POST else "website:edit", slug=slug)
    else:
        form = _form(standing)
    return render(
        request, "site/desk/edit.html", _editing(standing, form, at), status=422 if form.is_bound else 200
    )


@require_POST
@requires("site.write")
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """How a page will look as it is being written; keeps nothing."""
    at = timezone.now()
    form = WordsForm(request.POST, pictures=choices(request.POST.get("picture", "")))
    words = form.words() if form.is_valid() else None
    drawings = _drawings(slug, words, at) if words else []
    return render(request, "site/desk/preview.html", {"drawings": drawings, "form": form})


@require_http_methods(["GET", "POST"])
@requires("site.write")
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the draft, now or from a day on."""
    at = timezone.now()
    standing = _standing(slug, at)
    if standing.draft is None:
        raise errors.NothingToPublish
    form = PublishForm(
        request.POST if request.method == "POST" else None, initial={"version": standing.draft.version}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refused_on_form(form):
            edition = actions.publish_page(
                draft_id=standing.draft.id,
                version=said["version"],
                valid_from=_at_home(said["valid_from"]),
                valid_until=_at_home(said["valid_until"]),
                note=said["note"],
                by=actor_of(request),
                at=at,
            )
            told = (
                _("“%(title)s” is published.") if edition.valid_from <= at else _("“%(title)s” is planned.")
            )
            say(request, told % {"title": standing.title})
            return redirect("website:edit", slug=slug)
    drawings = _drawings(slug, _words_of(standing.draft), at)
    context = {"standing": standing, "form": form, "drawings": drawings, "lacks": _lacking(standing)}
    return render(request, "site/desk/publish.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires("site.write")
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw the draft away."""
    version = request.POST.get("version", "")
    is_news = slug not in BY_SLUG
    with refusal_said(request):
        gone = actions.discard_draft(
            slug=slug,
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0,
            by=actor_of(request),
            at=timezone.now(),
        )
        if gone:
            say(request, _("The draft is gone. What is published stays."))
        return redirect("website:news") if is_news else redirect("website:edit", slug=slug)
    return redirect("website:edit", slug=slug)


@require_GET
@requires("site.write")
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition as it was published."""
    found = queries.edition(slug, number)
    if found is None:
        raise NotFound(number=f"{slug} {number}")
    at = timezone.now()
    standing = _standing(slug, at)
    context = {
        "standing": standing,
        "edition": found,
        "drawings": _drawings(slug, _words_of(found), at),
        "is_shown": standing.shown == found,
        "is_planned": found.valid_from > at
        and (found.valid_until is None or found.valid_until > found.valid_from),
    }
    return render(request, "site/desk/edition.html", context)


@require_POST
@requires("site.write")
def restore(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take an older edition's words into the draft."""
    actions.restore_edition(slug=slug, number=number, by=actor_of(request), at=timezone.now())
    say(request, _("The draft now has the words of version %(number)s.") % {"number": number})
    return redirect("website:edit", slug=slug)


@require_POST
@requires("site.write")
def take_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """End an edition, or call off a planned one."""
    with refusal_said(request):
        gone = actions.take_back(slug=slug, number=number, by=actor_of(request), at=timezone.now())
        if gone:
            say(request, _("Version %(number)s is taken back.") % {"number": number})
    return redirect("website:edit", slug=slug)


def _with_upload(request: HttpRequest, words: actions.NewWords) -> actions.NewWords:
    """The words with a picture that came along in place of the chosen one."""
    file = request.FILES.get("upload")
    if not isinstance(file, UploadedFile) or not file.size:
        return words
    kept = store_picture(file, name=file.name or "", size=file.size, prefix=OURS)
    return replace(words, picture=kept.name)


def _standing(slug: str, at: datetime) -> queries.Standing:
    standing = queries.page_standing(slug, at)
    if standing is None:
        raise Http404
    return standing


def _words_of(row: queries.Draft | queries.Edition) -> actions.NewWords:
    names = actions.NewWords.__dataclass_fields__
    return actions.NewWords(**{name: getattr(row, name) for name in names})


def _known_words(standing: queries.Standing) -> actions.NewWords:
    """What the editor begins with: the draft, else what is shown or was last, else the starting text."""
    row = standing.draft or standing.shown or standing.planned or standing.ended
    return _words_of(row) if row else actions.starting_words(standing.slug)


def _picture_of(standing: queries.Standing) -> str:
    return _known_words(standing).picture


def _form(standing: queries.Standing) -> WordsForm:
    words = _known_words(standing)
    values = {name: getattr(words, name) for name in actions.NewWords.__dataclass_fields__}
    version = standing.draft.version if standing.draft else 0
    return WordsForm(initial={**values, "version": version}, pictures=choices(words.picture))


def _editing(standing: queries.Standing, form: WordsForm, at: datetime) -> dict[str, Any]:
    words = form.words() if form.is_bound and form.is_valid() else _known_words(standing)
    kind = "news" if standing.kind == "news" else ""
    address = "/" if standing.slug == "home" else f"/{kind or 'site'}/{standing.slug}/"
    return {
        "standing": standing,
        "form": form,
        "states": states_of(standing, at),
        "drawings": _drawings(standing.slug, words, at),
        "editions": queries.editions_of(standing.slug),
        "columns": [
            ("de", _("German"), form["title_de"], form["teaser_de"], form["body_de"], form["picture_alt_de"]),
            (
                "en",
                _("English"),
                form["title_en"],
                form["teaser_en"],
                form["body_en"],
                form["picture_alt_en"],
            ),
        ],
        "is_home": standing.slug == "home",
        "has_body": True,
        "public_url": f"{settings.PUBLIC_URL}{address}",
        "now": at,
    }


def _drawings(slug: str, words: actions.NewWords, at: datetime) -> list[tuple[str, Drawn, str, str]]:
    """The page in both languages, as visitors will see it: language, drawing, address of its picture, its words."""
    ground = Ground(current_house(), queries.ways_to_ship(), at)
    page = queries.Shown(
        slug=slug,
        kind="",
        number=0,
        texts={
            language: Text(*(getattr(words, f"{part}_{language}") for part in ("title", "teaser", "body")))
            for language in LANGUAGES
        },
        picture=words.picture,
        alts={language: getattr(words, f"picture_alt_{language}") for language in LANGUAGES},
    )
    found = []
    for language in LANGUAGES:
        one = drawn(page, ground, language=language)
        url = picture_url(one.picture, route="website:picture")
        found.append((language, one, url, alt_of(one.picture, one.alt)))
    return found


def _lacking(standing: queries.Standing) -> list[str]:
    """What a person should know before publishing; none of it forbids it."""
    draft = standing.draft
    lacks: list[str] = []
    if draft is None:
        return lacks
    if not draft.title_en or bool(draft.body_de) != bool(draft.body_en):
        lacks.append(_("The English text is not complete: English readers see German there."))
    if draft.kind == "legal" and not draft.is_checked:
        lacks.append(_("Nobody who knows the law has checked this text."))
    if draft.picture and not draft.picture.startswith("art:") and not draft.picture_alt_de:
        lacks.append(_("The picture has no words for who cannot see it."))
    return lacks


def _at_home(value: datetime | None) -> datetime | None:
    """What somebody wrote is meant on the house's clock."""
    return value.replace(tzinfo=house_zone()) if value else None
