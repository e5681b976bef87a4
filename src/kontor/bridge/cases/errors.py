"""What cases refuse."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal


class NoSuchCase(Refusal):
    message = _("There is no matter of this number among yours. Check the number, or write to us anew.")
    status = 404


class NothingWritten(Refusal):
    message = _("The message is empty. Write a few words, so that we know what it is about.")


class MessageTooLong(Refusal):
    message = _("The message is longer than 20,000 characters. Shorten it, or send the rest as a file.")


class FileTooLarge(Refusal):
    message = _("“%(name)s” is larger than %(most)s MB. Make it smaller, or send it in parts.")
    status = 422


class FilesTooLarge(Refusal):
    message = _("The files are larger than %(most)s MB together. Send some of them with a second message.")
    status = 422


class TooManyFiles(Refusal):
    message = _("More than %(most)s files came along. Send the others with a second message.")
    status = 422


class EmptyFile(Refusal):
    message = _("“%(name)s” is empty. Choose the file again.")
    status = 422


class NotSettledYet(Refusal):
    message = _("The matter is not settled yet. You can rate it as soon as it is closed.")


class NoSuchRating(Refusal):
    message = _("A rating is one to five stars. Choose one of them.")
    status = 422
