"""What is said of an article: whether it is there, when it arrives, what may be chosen, what machines read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.bridge.catalogue.pricing import PriceQuestion, step_for, why_price
from kontor.front.shop.colours import colour
from kontor.front.shop.facts import Facts
from kontor.front.shop.queries import Variant
from kontor.front.shop.shelves import size_order
from kontor.front.shop.voices.reading import Rating
from kontor.kernel.language import reader_language
from kontor.kernel.money import round_half_up
from kontor.kernel.ui.formats import day
from kontor.kernel.ui.shapes import Tone

FEW = 3


@dataclass(frozen=True, slots=True)
class Availability:
    """A state in colour, icon and words; ``arrives`` and ``why`` where there is something to deliver."""

    tone: Tone
    icon: str
    title: str
    arrives: str = ""
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A link to another variant; ``paint`` only for colours."""

    label: str
    url: str
    is_current: bool
    is_out: bool
    paint: str = ""


def on_request() -> Availability:
    """What is said of what consumes no stock and travels nowhere: a service, a stay, a contract, a decision."""
    return Availability("neutral", "message-square-text", _("On request"))


def availability(*, free_now: int, next_at: datetime | None, facts: Facts, at: datetime) -> Availability:
    """Say whether an article is there and by when it arrives with the first shipping method."""
    if free_now <= 0 and next_at is None:
        return Availability("bad", "ban", _("Sold out"))
    due = facts.arrival(None if free_now > 0 else next_at, facts.way(""), at)
    arrives = _("with you by %(day)s") % {"day": day(due.on, "brief")}
    why = tuple(due.why(reader_language()))
    if free_now > FEW:
        return Availability("ok", "circle-check", _("In stock"), arrives, why)
    if free_now > 0:
        left = ngettext("Only %(count)d left", "Only %(count)d left", free_now) % {"count": free_now}
        return Availability("warn", "clock", left, arrives, why)
    title = _("Back in stock on %(day)s") % {"day": day(next_at, "brief")}
    return Availability("warn", "truck", title, arrives, why)


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of the page, with the address that puts it on the stage."""

    name: str
    width: int
    height: int
    alt: str
    url: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """A row of the small table of quantities: from so many pieces on, one costs this (gross), so much less."""

    quantity: Decimal
    price: Decimal
    saved: Decimal


def gallery(pictures: str | None, chosen: Variant) -> tuple[Shot, ...]:
    """The pictures for this variant: its own first, then those of all variants."""
    rows = [row for row in json.loads(pictures or "[]") if row[0] in ("", chosen.number)]
    rows.sort(key=lambda row: row[0] == "")
    return tuple(
        Shot(
            name,
            width,
            height,
            alt or chosen.name,
            f"?{urlencode({'variant': chosen.number, 'picture': place})}#stage",
        )
        for place, (_number, name, width, height, alt) in enumerate(rows, start=1)
    )


def on_stage(shots: Sequence[Shot], asked: str) -> Shot | None:
    """The picture asked for (by its place), else the first one."""
    place = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1
    return shots[place - 1] if 0 < place <= len(shots) else (shots[0] if shots else None)


def prices(chosen: Variant, rate: Decimal) -> dict[str, Any]:
    """What the page says about the price: the step of one piece, the table of quantities, and why."""
    first = step_for(chosen.steps, Decimal(1))
    if first is None:
        return {"price_step": None, "price_steps": (), "price_why": (), "net_price": None}
    rows = tuple(
        StepRow(
            step.quantity,
            step.unit_price,
            round_half_up((1 - step.unit_price / chosen.price) * 100, places=0),
        )
        for step in chosen.steps
        if step.quantity > 1 and chosen.price
    )
    asked = PriceQuestion(chosen.list_price, chosen.currency, rate)
    has_news = first.is_own or rows or first.unit_price != chosen.list_price
    return {
        "price_step": first,
        "price_steps": rows,
        "price_why": tuple(why_price(first, asked)) if has_news else (),
        "net_price": None if first.includes_tax else first.amount,
    }


def pick(found: Sequence[Variant], number: str) -> Variant:
    """The variant asked for, else the first one that is there, else the first."""
    asked = next((one for one in found if one.number == number), None)
    return asked or next((one for one in found if one.free_now > 0), found[0])


def color_choices(found: Sequence[Variant], chosen: Variant) -> list[Choice]:
    """One link per colour: the same size in it, where there is one."""
    choices = []
    for code in dict.fromkeys(one.color for one in found if one.color):
        of_color = [one for one in found if one.color == code]
        best = next((one for one in of_color if one.size == chosen.size), of_color[0])
        is_out = all(one.is_out for one in of_color)
        paint = colour(code)
        choices.append(Choice(str(paint.label), _link(best), code == chosen.color, is_out, paint.paint))
    return choices


def size_choices(found: Sequence[Variant], chosen: Variant) -> list[Choice]:
    """One link per size of the chosen colour, small to large."""
    of_color = [one for one in found if one.color == chosen.color and one.size]
    of_color.sort(key=lambda one: size_order(one.size))
    return [Choice(one.size, _link(one), one.number == chosen.number, one.is_out) for one in of_color]


def other_choices(found: Sequence[Variant], chosen: Variant) -> list[Choice]:
    """One link per article, where neither colour nor size tells them apart."""
    told_apart = {(one.color, one.size) for one in found}
    if len(found) < 2 or len(told_apart) == len(found):
        return []
    return [Choice(one.name, _link(one), one.number == chosen.number, one.is_out) for one in found]


def structured_data(
    *, group: Any, found: Sequence[Variant], url: str, picture_url: str, rating: Rating | None
) -> SafeString:
    """The page for machines (schema.org Product with its offers), as JSON that cannot end its script element."""
    offers = [
        {
            "@type": "Offer",
            "sku": one.number,
            "name": one.name,
            "url": url + _link(one),
            "price": f"{one.list_price:.2f}",
            "priceCurrency": one.currency,
        }
        | _schema_of_goods(one)
        for one in found
    ]
    page: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Service" if all(one.is_asked for one in found) else "Product",
        "name": group.name,
        "description": group.text,
        "url": url,
        "offers": offers[0]
        if len(offers) == 1
        else {
            "@type": "AggregateOffer",
            "lowPrice": f"{group.price_from:.2f}",
            "highPrice": f"{group.price_until:.2f}",
            "priceCurrency": group.currency,
            "offerCount": len(offers),
            "offers": offers,
        },
    }
    if picture_url:
        page["image"] = picture_url
    if rating:
        page["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": str(rating.average),
            "reviewCount": rating.count,
            "bestRating": 5,
            "worstRating": 1,
        }
    return _said(page)


def trail(steps: Sequence[tuple[str, str]]) -> SafeString:
    """The way to a page for machines (schema.org BreadcrumbList): names and addresses, the page itself last."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(steps, start=1)
    ]
    return _said({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})


def _said(page: dict[str, Any]) -> SafeString:
    text = json.dumps(page, ensure_ascii=False)
    return SafeString(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def weight(grams: int | None) -> tuple[Decimal, str] | None:
    """A weight in the unit people use for it."""
    if not grams:
        return None
    return (Decimal(grams) / 1000, "kg") if grams >= 1000 else (Decimal(grams), "g")


def _schema_of_goods(one: Variant) -> dict[str, str]:
    """Stock and condition, of which services have none."""
    if one.is_asked:
        return {}
    return {"availability": _schema_availability(one), "itemCondition": "https://schema.org/NewCondition"}


def _schema_availability(one: Variant) -> str:
    word = "InStock" if one.free_now > 0 else ("BackOrder" if one.next_at else "OutOfStock")
    return f"https://schema.org/{word}"


def _link(one: Variant) -> str:
    return f"?{urlencode({'variant': one.number})}"
