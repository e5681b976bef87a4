"""What cases refuse."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal


class NoSuchCase(Refusal):
    message = _("There is no matter of this number among yours. Check the number, or write to us anew.")


class NothingWritten(Refusal):
    message = _("The message is empty. Write a few words, so that we know what it is about.")


class MessageTooLong(Refusal):
    message = _("The message is longer than 20,000 characters. Shorten it, or send the rest as a file.")
