"""The lists of logistics."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kontor.back.logistics import queries
from kontor.kernel.ui.listing.addresses import row_url
from kontor.kernel.ui.listing.declaring import Bulk, Choice, Column, Listing, Period, Tab


def _place(row: Mapping[str, Any]) -> str:
    return f"{row['shipping_country']} {row['shipping_postal_code']} {row['shipping_city']}"


READY = Listing(
    page="logistics.ready",
    title=_("Ready to ship"),
    eyebrow=_("Logistics"),
    right="logistics.read",
    rows=queries.ready_rows,
    columns=(
        Column(key="number", label=pgettext_lazy("office", "Order"), kind="link"),
        Column(
            key="placed_at", label=_("Placed on"), kind="instant", sort="placed", is_muted=True, is_wide=True
        ),
        Column(key="shipping_name", label=_("Goes to"), is_wide=True),
        Column(key="place", label=_("Town"), value=_place, is_muted=True, is_wide=True),
        Column(key="promised_on", label=_("Promised for"), kind="day", says_label=True, is_wide=True),
    ),
    sorts={"placed": "placed_at"},
    default_sort="placed",
    url=row_url("logistics:ship", "number"),
    search=queries.ready_by_words,
    search_label=_("Order number or postal code"),
    filters=(
        Choice(
            key="much",
            label=_("How much"),
            choices=(("all", _("All of it")), ("part", _("Part of it"))),
            narrow=queries.of_kind,
        ),
    ),
    tabs=(
        Tab(label=_("All")),
        Tab(label=_("All of it"), query="much=all"),
        Tab(label=_("Part of it"), query="much=part"),
    ),
    bulk=(
        Bulk(
            label=_("Ship what is there"),
            url_name="logistics:ship_many",
            right="logistics.ship",
            icon="truck",
        ),
    ),
    empty_title=_("Nothing is waiting to be shipped"),
    empty_text=_("Orders stand here as soon as they are released and their goods lie on the shelf."),
    empty_icon="truck",
)


def _state(row: Mapping[str, Any]) -> str:
    return "delivered" if row["delivered_at"] else "travelling"


SHIPMENTS = Listing(
    page="logistics.shipments",
    title=_("Shipments"),
    eyebrow=_("Logistics"),
    right="logistics.read",
    rows=queries.shipment_rows,
    columns=(
        Column(key="number", label=_("Shipment"), kind="link"),
        Column(
            key="shipped_at",
            label=_("Shipped on"),
            kind="instant",
            sort="shipped",
            is_muted=True,
            is_wide=True,
        ),
        Column(key="customer", label=_("Goes to"), is_wide=True),
        Column(key="city", label=_("Town"), is_muted=True),
        Column(
            key="state",
            label=_("State"),
            value=_state,
            kind="pill",
            words={"delivered": _("Delivered"), "travelling": _("On its way")},
            tones={"delivered": "ok", "travelling": "warn"},
        ),
        Column(key="delivered_at", label=_("Delivered on"), kind="day", is_extra=True),
        Column(key="actor_name", label=_("By"), is_extra=True),
    ),
    sorts={"shipped": "shipped_at"},
    default_sort="-shipped",
    url=row_url("logistics:shipment", "number"),
    search=queries.shipments_by_words,
    search_label=_("Shipment, order or tracking number"),
    filters=(
        Choice(
            key="state",
            label=_("State"),
            choices=(("travelling", _("On its way")), ("delivered", _("Delivered"))),
            narrow=queries.shipments_in,
        ),
        Period(
            key="shipped",
            label_from=_("Shipped from"),
            label_until=_("Shipped until"),
            field="shipped_at",
            is_instant=True,
        ),
    ),
    tabs=(
        Tab(label=_("All")),
        Tab(label=_("On its way"), query="state=travelling"),
        Tab(label=_("Delivered"), query="state=delivered"),
    ),
    bulk=(
        Bulk(
            label=_("Delivered"),
            url_name="logistics:deliver",
            right="logistics.deliver",
            icon="package-check",
        ),
    ),
    empty_title=_("Nothing has been shipped yet"),
    empty_text=_("What leaves the house stands here with its parcels and their numbers."),
    empty_icon="truck",
)
