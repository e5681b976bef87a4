"""The page of one offering, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from kontor.back.administration.offerings import queries
from kontor.back.administration.offerings.forms import (
    OfferingForm,
    OpeningForm,
    PicturesForm,
    PriceForm,
    SaleForm,
    VariantForm,
)
from kontor.back.administration.offerings.wording import KIND_NOTES, STATES, TONES, happened
from kontor.back.warehouse.queries import location_choices
from kontor.bridge.catalogue.selling import missing_of
from kontor.kernel.actor.identity import Actor
from kontor.kernel.house import house_zone
from kontor.kernel.language import in_german


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price as the page shows it. ``state``: past, present or future."""

    id: Any
    group: str
    code: str
    min_quantity: Decimal
    amount: Decimal
    includes_tax: bool
    valid_from: datetime | None
    valid_until: datetime | None
    state: str

    @property
    def last_day(self) -> datetime | None:
        """The last instant, which lies on the last day that forms ask for and people mean."""
        return last_instant(self.valid_until)

    @property
    def begins(self) -> str:
        """The first instant as forms carry it, to the microsecond."""
        return self.valid_from.isoformat() if self.valid_from else ""


def last_instant(until: datetime | None) -> datetime | None:
    """The last instant before an end."""
    return until and until - timedelta.resolution


def context_of(
    card: queries.Card, actor: Actor, at: datetime, *, refused: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What the page of an offering shows; ``refused`` are forms that come back with their errors, by name."""
    state = card.state(at)
    rows = price_rows(card, at)
    may_write = actor.has("offerings.write")
    names = {group.code: group.name_de if in_german() else group.name_en for group in card.groups}
    may_open = actor.has("warehouse.receive") and card.row.kind == "goods" and not card.facts.has_moved
    forms: dict[str, Any] = {
        "form": OfferingForm(None, card, queries.category_choices()),
        "price_form": PriceForm(None, group_choices(card.groups)),
        "sale_form": SaleForm(None),
        "variant_form": VariantForm(None),
        "pictures_form": PicturesForm(None, card.pictures, card.row.id),
    }
    if may_open:
        forms["opening_form"] = OpeningForm(None, location_choices())
    return {
        "card": card,
        "offering": card.row,
        "name": card.row.name_de if in_german() else card.row.name_en,
        "state": state,
        "state_word": STATES[state],
        "tone": TONES[state],
        "kind_note": KIND_NOTES[card.row.kind],
        "missing": missing_of(card.row, has_price=card.has_price(at)),
        "prices": [row for row in rows if row.state != "past"],
        "old_prices": [row for row in rows if row.state == "past"],
        "shop_url": shop_url(card),
        "sale_ends": last_instant(card.row.valid_until),
        "facts": card.facts,
        "free": max(Decimal(0), card.facts.on_hand - card.facts.promised),
        "may_write": may_write,
        "history": [
            (event.at, happened(event.type, event.fact, card.currency, names), event.actor_name)
            for event in card.history
        ],
        **forms,
        **(refused or {}),
    }


def group_choices(groups: Sequence[Any]) -> list[tuple[str, str]]:
    """Customer groups with how their prices are agreed."""
    name = "name_de" if in_german() else "name_en"
    return [
        (
            group.code,
            (_("%(group)s (with tax)") if group.includes_tax else _("%(group)s (without tax)"))
            % {"group": getattr(group, name)},
        )
        for group in groups
    ]


def price_rows(card: queries.Card, at: datetime) -> list[PriceRow]:
    """The prices of an offering, everybody's first, then each group's by quantity and day."""
    name = "name_de" if in_german() else "name_en"
    names = {group.code: getattr(group, name) for group in card.groups}
    rows = []
    for price in card.prices:
        lower, upper = price.valid.lower, price.valid.upper
        state = (
            "past" if upper is not None and upper <= at else "future" if lower and lower > at else "present"
        )
        rows.append(
            PriceRow(
                id=price.id,
                group=names.get(price.customer_group, _("Everybody")),
                code=price.customer_group,
                min_quantity=price.min_quantity,
                amount=price.amount,
                includes_tax=price.includes_tax,
                valid_from=lower,
                valid_until=upper,
                state=state,
            )
        )
    rows.sort(key=lambda row: row.code != "list")
    return rows


def shop_url(card: queries.Card) -> str:
    """Where the shop shows it; empty where it does not."""
    if not card.is_shown or card.row.group is None:
        return ""
    variant = urlencode({"variant": card.row.number})
    return f"{settings.PUBLIC_URL}/product/{quote(card.row.group.slug)}/?{variant}"


def today_of(at: datetime) -> Any:
    """The day it is in the house."""
    zone: ZoneInfo = house_zone()
    return at.astimezone(zone).date()
