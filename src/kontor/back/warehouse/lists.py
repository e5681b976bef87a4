"""The lists of the warehouse."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from kontor.back.warehouse import queries
from kontor.kernel.ui.listing.addresses import row_url
from kontor.kernel.ui.listing.declaring import Choice, Column, Listing, Period, Tab


def _free(row: Mapping[str, Any]) -> Decimal:
    on_hand, promised = row["all_of_it"] or Decimal(0), row["promised"] or Decimal(0)
    return max(Decimal(0), on_hand - promised)


STOCK = Listing(
    page="warehouse.stock",
    title=_("Stock"),
    eyebrow=_("Warehouse"),
    right="warehouse.read",
    rows=queries.stock_rows,
    columns=(
        Column(key="number", label=_("Article"), kind="link", sort="number"),
        Column(key="name", label=_("Name"), is_wide=True),
        Column(key="code", label=_("Location"), is_muted=True),
        Column(key="quantity", label=_("Here"), kind="quantity", says_label=True),
        Column(key="all_of_it", label=_("In all"), kind="quantity", says_label=True),
        Column(key="promised", label=_("Promised"), kind="quantity", says_label=True),
        Column(key="free", label=_("Free"), value=_free, kind="quantity", says_label=True),
    ),
    # Not by quantity: every move of goods would write its index anew, and what is short or used up has a tab.
    sorts={"number": "number"},
    default_sort="number",
    url=row_url("warehouse:article", "number"),
    search=queries.stock_by_words,
    search_label=_("Article number or name"),
    filters=(
        Choice(key="location", label=_("Location"), choices=queries.location_choices, field="location_id"),
        Choice(
            key="stock",
            label=_("Stock"),
            choices=(("there", _("On the shelf")), ("empty", _("Used up")), ("short", _("Short"))),
            narrow=queries.with_stock,
        ),
    ),
    tabs=(
        Tab(label=_("All")),
        Tab(label=_("On the shelf"), query="stock=there"),
        Tab(label=_("Used up"), query="stock=empty"),
        Tab(label=_("Short"), query="stock=short"),
    ),
    empty_title=_("Nothing lies here yet"),
    empty_text=_("Receive goods for an article, and it stands in this list."),
    empty_icon="boxes",
)

MOVES = Listing(
    page="warehouse.moves",
    title=_("Moves"),
    eyebrow=_("Warehouse"),
    right="warehouse.read",
    rows=queries.move_rows,
    columns=(
        Column(key="at", label=_("When"), kind="instant", is_muted=True),
        Column(key="number", label=_("Article"), kind="link"),
        Column(key="name", label=_("Name"), is_wide=True),
        Column(key="kind", label=_("Kind"), words=queries.MOVE_KINDS),
        Column(key="code", label=_("Location"), is_muted=True),
        Column(key="quantity", label=_("Quantity"), kind="quantity"),
        Column(key="reason", label=_("Reason"), is_extra=True),
        Column(key="actor_name", label=_("By"), is_extra=True),
    ),
    sorts={"written": "id"},
    default_sort="-written",
    url=row_url("warehouse:article", "number"),
    search=queries.moves_by_words,
    search_label=_("Article number"),
    filters=(
        Choice(key="kind", label=_("Kind"), choices=tuple(queries.MOVE_KINDS.items()), field="kind"),
        Period(key="at", label_from=_("from"), label_until=_("until"), field="at", is_instant=True),
    ),
    empty_title=_("Nothing has moved yet"),
    empty_text=_("Every receipt, issue, count and return stands here, and none is ever changed."),
    empty_icon="arrow-up-down",
)
