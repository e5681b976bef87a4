"""Offerings in words: states, units, what happened, what each kind can do by now."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kontor.kernel.ui.formats import day, money, quantity
from kontor.kernel.ui.shapes import Tone

STATES: Mapping[str, str | Promise] = {
    "draft": pgettext_lazy("offering", "Draft"),
    "planned": pgettext_lazy("offering", "On sale later"),
    "on_sale": pgettext_lazy("offering", "On sale"),
    "ended": pgettext_lazy("offering", "Ended"),
}
TONES: Mapping[str, Tone] = {"draft": "neutral", "planned": "warn", "on_sale": "ok", "ended": "bad"}
KINDS: Mapping[str, str | Promise] = {
    "goods": gettext_lazy("Goods"),
    "service": gettext_lazy("Service"),
    "stay": gettext_lazy("Stay"),
    "term": gettext_lazy("Continuing contract"),
    "decision": gettext_lazy("Public act"),
}
# What a kind can and cannot do yet: nothing is pretended.
KIND_NOTES: Mapping[str, str | Promise] = {
    "goods": gettext_lazy("The shop and the counter sell it, from stock or from planned receipts."),
    "service": gettext_lazy(
        "It is kept with its prices and may be used as a way of shipping. The shop does not sell services yet."
    ),
    "stay": gettext_lazy(
        "It is kept with its prices. Selling nights needs rooms and the reception, which are not built yet."
    ),
    "term": gettext_lazy("It is kept with its prices. Contracts are not built yet, so nothing sells it."),
    "decision": gettext_lazy(
        "It is kept with its fees. Applications and the portal are not built yet, so nobody can apply for it."
    ),
}
UNITS: Mapping[str, str | Promise] = {
    "piece": pgettext_lazy("unit", "Piece"),
    "pair": pgettext_lazy("unit", "Pair"),
    "set": pgettext_lazy("unit", "Set"),
    "kg": pgettext_lazy("unit", "Kilogram"),
    "l": pgettext_lazy("unit", "Litre"),
    "m": pgettext_lazy("unit", "Metre"),
    "hour": pgettext_lazy("unit", "Hour"),
    "night": pgettext_lazy("unit", "Night"),
    "month": pgettext_lazy("unit", "Month"),
}
FIELDS: Mapping[str, str | Promise] = {
    "kind": gettext_lazy("Kind"),
    "name_de": gettext_lazy("German name"),
    "name_en": gettext_lazy("English name"),
    "color": gettext_lazy("Colour"),
    "size": gettext_lazy("Size"),
    "unit": gettext_lazy("Unit"),
    "weight_g": gettext_lazy("Weight"),
    "tax_code": gettext_lazy("Tax class"),
    "delivery": gettext_lazy("Delivery"),
    "cost": gettext_lazy("Cost"),
    "category": gettext_lazy("Category"),
    "page": gettext_lazy("Page in the shop"),
    "page_name_de": gettext_lazy("German name of the page"),
    "page_name_en": gettext_lazy("English name of the page"),
    "short_de": gettext_lazy("German short text"),
    "short_en": gettext_lazy("English short text"),
    "text_de": gettext_lazy("German description"),
    "text_en": gettext_lazy("English description"),
    "price": gettext_lazy("List price"),
    "pictures": gettext_lazy("Pictures"),
}


def field_word(name: str) -> str:
    """What a field is called."""
    return str(FIELDS.get(name, name))


def happened(type_name: str, fact: Mapping[str, Any], currency: str, groups: Mapping[str, str]) -> str:
    """An event of the catalogue in words; ``groups`` are the names of customer groups by code."""
    if type_name == "catalogue.OfferingCreated":
        return _("Drawn up.")
    if type_name == "catalogue.OfferingChanged":
        return _("Changed: %(fields)s.") % {"fields": ", ".join(field_word(one) for one in fact["fields"])}
    if type_name == "catalogue.OfferingPublished":
        values = {"day": day(datetime.fromisoformat(fact["valid_from"]))}
        return _("Put on sale from %(day)s.") % values
    if type_name == "catalogue.OfferingWithdrawn":
        return _("Ended.") if fact["is_ended"] else _("Taken off sale.")
    if type_name == "catalogue.PriceChanged":
        return _price_said(fact, currency, groups)
    return type_name


def _price_said(fact: Mapping[str, Any], currency: str, groups: Mapping[str, str]) -> str:
    values = {
        "day": day(datetime.fromisoformat(fact["valid_from"])),
        "group": groups.get(fact["customer_group"], _("everybody")),
        "pieces": quantity(Decimal(fact["min_quantity"])),
        "price": money(Decimal(fact["amount"]), currency) if fact["amount"] is not None else "",
    }
    if fact["amount"] is None:
        return _("Price for %(group)s from %(pieces)s on ended on %(day)s.") % values
    if Decimal(fact["min_quantity"]):
        return _("Price for %(group)s from %(pieces)s on: %(price)s since %(day)s.") % values
    return _("Price for %(group)s: %(price)s since %(day)s.") % values
