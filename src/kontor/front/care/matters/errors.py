"""Why a clerk cannot do something with a matter."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import NotFound, Refusal, refuses


class NoSuchMatter(NotFound):
    message = _("There is no matter %(number)s. Check the number.")


class HeldByOther(Refusal):
    message = _("%(name)s works on %(number)s already. Let them answer, or ask them to hand it over.")


class IsClosed(Refusal):
    message = _("%(number)s is closed. Open it again first.")


class IsMerged(Refusal):
    message = _("%(number)s belongs to %(target)s now. Work on it there, or part the two again.")


class WrittenMeanwhile(Refusal):
    message = _(
        "The customer has written again about %(number)s meanwhile. Read it first; your draft is kept."
    )


class NothingWritten(Refusal):
    message = _("The text is empty. Write something first.")
    status = 422


class NoAddress(Refusal):
    message = _("There is no e-mail address for %(number)s. Call, or write a letter, and note it here.")


class UnknownAddress(Refusal):
    message = _("Nobody in %(number)s writes from this address. Choose one that stands in the matter.")
    status = 422


class MergedIntoItself(Refusal):
    message = _("%(number)s and %(target)s are one matter already. Choose another one.")


class OfOtherCustomers(Refusal):
    message = _(
        "%(number)s and %(target)s belong to different customers, who would read each other's letters. "
        "Put both to the same customer first, if they are one."
    )


class NotMerged(Refusal):
    message = _("%(number)s is a matter of its own already. Nothing has to be done.")


class NoSuchClerk(Refusal):
    message = _("There is no such colleague who may answer customers. Choose one from the list.")
    status = 422


class SnippetNamesake(Refusal):
    message = _("There is a snippet of this title already. Choose another title.")


refuses("a_snippet_has_a_title_of_its_own", SnippetNamesake)
