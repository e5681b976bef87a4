"""``{% load shop %}``: pictures, drawings and colours of articles."""

from collections.abc import Sequence
from functools import lru_cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kontor.front.shop.colours import Colour
from kontor.front.shop.colours import colour as colour_of

register = template.Library()


@lru_cache(maxsize=512)
def _art_url(name: str, _static_url: str) -> str:
    return static(f"shop/art/{name}.svg")


@register.filter
def art(name: str) -> str:
    """The address of a drawing; articles without one of their own show the house's mark."""
    return _art_url(name or "mark", str(settings.STATIC_URL))


@lru_cache(maxsize=4096)
def _picture_url(name: str) -> str:
    return reverse("shop:picture", args=[name])


@register.filter
def picture(name: str) -> str:
    """The address of a photo."""
    return _picture_url(name)


@register.filter
def colour(code: str) -> Colour:
    """Name and paint of a colour."""
    return colour_of(code)


PER = {
    "pair": _("per pair"),
    "set": _("per set"),
    "kg": _("per kilogram"),
    "l": _("per litre"),
    "m": _("per metre"),
    "hour": _("per hour"),
    "night": _("per night"),
    "month": _("per month"),
}


@register.filter
def per(unit: str) -> str:
    """What a price is for (section 4 PAngV); empty for pieces, of which everybody knows."""
    return str(PER.get(unit, ""))


@register.filter
def first_paint(codes: Sequence[str]) -> str:
    """The class that paints a drawing in the first of these colours."""
    return f"paint-{codes[0]}" if codes else ""
