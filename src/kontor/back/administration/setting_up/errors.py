"""Why the set-up of a house refuses."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal

LENGTH = _("It has too many or too few characters.")
CHECKSUM = _("Its check digits do not fit: probably two digits are exchanged or one is mistyped.")
COUNTRY = _("It begins with a country or part that does not exist.")
ENTITIES = _("It declares words of its own (a DTD).")
EMPTY = _("Nothing is left to draw.")
SIZELESS = _("It says neither how wide nor how high it is.")
FORM = _("It has characters in places where they do not belong.")


class WrongVatId(Refusal):
    message = _("This is no VAT identification number. %(reason)s A German one is DE and nine digits.")


class WrongTaxNumber(Refusal):
    message = _("This is no German tax number. %(reason)s It stands on letters of your tax office.")


class WrongIban(Refusal):
    message = _("This is no IBAN. %(reason)s It stands on your bank statements.")


class WrongBic(Refusal):
    message = _("This is no BIC: it has 8 or 11 letters and digits. Leave it out for a German account.")


class CurrencyFixed(Refusal):
    message = _(
        "Amounts have been booked in %(currency)s, so the currency stays. Found another house for another one."
    )


class NoPicture(Refusal):
    message = _("This file is no picture that can be a logo. Choose an SVG, PNG or JPEG file.")


class PictureTooLarge(Refusal):
    message = _("This picture is too large. A logo has at most %(size)s KB and %(pixels)s pixels a side.")


class DrawingRefused(Refusal):
    message = _(
        "This drawing cannot be used. %(reason)s Save it as a plain SVG without scripts and external files."
    )


class UnreadableHours(Refusal):
    message = _("“%(text)s” cannot be read as opening hours. Write them like 10–13, 14–18:30.")


class LeftAndLater(Refusal):
    message = _("The small-business scheme ends after it begins. Check both days.")
