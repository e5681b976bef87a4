"""The page behind the link of an answer: what became of it, and "still broken". A GET changes nothing."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kontor.bridge.parties.middleware import visit_of
from kontor.front.account import answers, errors
from kontor.front.account.strangers import lead_on


class StillBrokenForm(forms.Form):
    """What is still wrong; a press alone is enough."""

    words = forms.CharField(
        label=_("What is still wrong?"),
        required=False,
        max_length=answers.MOST_CHARACTERS,
        widget=forms.Textarea,
        help_text=_("A few words help us. You may also leave this empty."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, notice_id: UUID, token: str = "") -> HttpResponse:
    """An answer of the house; a POST says that it is still broken."""
    visit = visit_of(request)
    notice = answers.notice_of(notice_id)
    if notice is None:
        if not token and not visit.is_logged_in:
            return lead_on(request)
        raise errors.NoSuchAnswer
    form = StillBrokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answers.say_still_broken(
            notice_id=notice_id, words=form.cleaned_data["words"], by=visit.actor, at=timezone.now()
        )
        return redirect(request.path)
    context = {"notice": notice, "form": form, "is_wish": notice.kind == "wish"}
    return render(request, "account/answer.html", context, status=422 if form.errors else 200)
