"""Sales in the tabs and the palette, and articles in the one search of the counter."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.front.sales.page import stock_said
from kontor.front.sales.queries import find_articles
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.navigation import Entry
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import Hit, HitGroup

ENTRIES = (Entry("sales", gettext_lazy("Order by phone"), "sales:order", "phone", "orders.place"),)
_MOST_HITS = 6


def find(text: str, actor: Actor) -> Sequence[HitGroup]:
    """Articles by number or words, with price, stock and the day on which more comes in. At most one statement.

    Who may take an order is led to it, with one piece on it; everybody else to the shop.
    """
    if len(text) < 2 or not actor.has("customers.read"):
        return ()
    return (HitGroup(_("Articles"), [_article(row, actor) for row in find_articles(text)[:_MOST_HITS]]),)


def _article(row: Any, actor: Actor) -> Hit:
    price = formats.money(row.price, row.currency) if row.price is not None else ""
    hint = " · ".join(part for part in (row.number, price, *stock_said(row)) if part)
    if actor.has("orders.place"):
        url = f"{reverse('sales:order')}?{urlencode({'number': row.number, 'quantity': '1'})}"
    else:
        url = f"{settings.PUBLIC_URL}/product/{quote(row.group_slug or '')}/?{urlencode({'variant': row.number})}"
    return Hit(row.name, url, "package", hint)
