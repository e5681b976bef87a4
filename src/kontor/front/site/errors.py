"""Why a page is not published or kept."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal, refuses


class DraftChanged(Refusal):
    message = _(
        "%(who)s has changed this text meanwhile. Copy your words, reload the page and put them in again."
    )


class NothingToPublish(Refusal):
    message = _("There is no draft of this page. Write one first.")


class TitleMissing(Refusal):
    message = _("The German title is missing. Write one, then publish.")
    status = 422


class PublishedTooEarly(Refusal):
    message = _("A page cannot be published for the past. Choose a later day or leave the field empty.")
    status = 422


class EndsBeforeItBegins(Refusal):
    message = _("The page would end before it begins. Choose a later end.")
    status = 422


class NameTaken(Refusal):
    message = _("There is a page of the name “%(slug)s” already. Choose another one.")
    status = 422


class NeverWithoutTerms(Refusal):
    message = _("The website always needs this text. Publish a new one in its place.")


# Two begin to write the same page at the same moment.
refuses("a_page_has_one_draft", lambda: DraftChanged(who=_("A colleague")))
