"""The words and paints of colours and prices on shelves. The codes are the catalogue's."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour's name and the paint of its dot; an unknown colour has no paint."""

    label: str | Promise
    paint: str = ""


COLOURS = {
    "black": Colour(_("Black"), "#24292b"),
    "silver": Colour(_("Silver"), "#a9b3b8"),
    "red": Colour(_("Red"), "#b3262b"),
    "yellow": Colour(_("Yellow"), "#e3b11f"),
    "blue": Colour(_("Blue"), "#2568a8"),
    "white": Colour(_("White"), "#eef1ef"),
    "multi": Colour(_("Multicolour"), "#1c7b82"),
    "grey": Colour(_("Grey"), "#7d878b"),
    "silver-black": Colour(_("Silver/Black"), "#6f797d"),
}
PRICE_WORDS = (
    _("under 25 euros"),
    _("25 to 100 euros"),
    _("100 to 500 euros"),
    _("500 to 1,500 euros"),
    _("1,500 euros and more"),
)


def colour(code: str) -> Colour:
    """The colour of this code; one nobody has named yet is called by its code."""
    return COLOURS.get(code) or Colour(code.replace("-", " ").capitalize())
