"""Material for the components page: invented, constant, and without a database."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.kernel.money import Money
from kontor.kernel.ui.shapes import (
    CheckoutStep,
    Hit,
    HitGroup,
    MilestoneRow,
    NavGroup,
    NavItem,
    PageLinks,
    Point,
    SumRow,
    Tab,
    WhyStep,
)
from kontor.kernel.ui.widgets import DayInput

WEEKS = (31, 34, 29, 38, 41, 37, 44, 43, 52, 47, 55, 61)


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(
        label=gettext_lazy("Name"), help_text=gettext_lazy("As it should stand on the parcel.")
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"))
    quantity = forms.IntegerField(label=gettext_lazy("Quantity"), min_value=1, initial=2)
    price = forms.DecimalField(
        label=gettext_lazy("Price"), decimal_places=2, initial=Decimal("1249.00"), localize=True
    )
    delivery_on = forms.DateField(label=gettext_lazy("Delivery on"), widget=DayInput)
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        choices=[
            ("DE", gettext_lazy("Germany")),
            ("AT", gettext_lazy("Austria")),
            ("CH", gettext_lazy("Switzerland")),
        ],
    )
    town = forms.CharField(label=gettext_lazy("Town"), required=False)
    payment = forms.ChoiceField(
        label=gettext_lazy("How would you like to pay?"),
        widget=forms.RadioSelect,
        initial="invoice",
        choices=[
            ("invoice", gettext_lazy("Invoice, within 14 days")),
            ("prepayment", gettext_lazy("Prepayment by bank transfer")),
            ("card", gettext_lazy("Card")),
        ],
    )
    terms = forms.BooleanField(label=gettext_lazy("I have read the terms and conditions."))
    news = forms.BooleanField(label=gettext_lazy("Tell me when my order moves"), required=False, initial=True)
    words = forms.CharField(
        label=gettext_lazy("Idea or wish?"), widget=forms.Textarea({"rows": 3}), required=False
    )
    picture = forms.FileField(label=gettext_lazy("Picture of the damage"), required=False)


def _navigation() -> list[NavGroup]:
    return [
        NavGroup(
            _("Sales"),
            [
                NavItem(_("Orders"), "#orders", "clipboard-list", is_current=True, count=23),
                NavItem(_("Customers"), "#customers", "users"),
            ],
        ),
        NavGroup(
            _("Warehouse"),
            [
                NavItem(_("Pick list"), "#picks", "package", count=7),
                NavItem(_("Shipments"), "#shipments", "truck"),
            ],
        ),
        NavGroup(
            _("Accounting"),
            [
                NavItem(_("Invoices"), "#invoices", "receipt-text"),
                NavItem(_("Journal"), "#journal", "book-open"),
            ],
        ),
    ]


def _rows() -> list[dict[str, Any]]:
    states = [("neutral", _("Placed")), ("ok", _("Paid")), ("warn", _("Due soon")), ("bad", _("Overdue"))]
    names = [
        "Hotel Weserblick GmbH",
        "Anna Behrens",
        "Kaffeerösterei Lloyd",
        "Donaudampfschifffahrtsgesellschaft mbH",
    ]
    return [
        {
            "number": f"A-{1480 - index}",
            "name": names[index % 4],
            "on": date(2026, 11, 22 - index),
            "tone": states[index % 4][0],
            "state": states[index % 4][1],
            "amount": Money(Decimal(177092 + index * 48219) / 100, "EUR"),
        }
        for index in range(6)
    ]


def _products() -> list[dict[str, Any]]:
    faces = [
        ("bike", "Road-150", _("Road bicycle"), "3579.00", "ok", _("In stock")),
        ("bike", "Touring-1000", _("Touring bicycle"), "2384.00", "warn", _("Only 2 left")),
        ("package", "Mountain-200", _("Mountain bicycle"), "2319.90", "neutral", _("From 3 December")),
        ("tag", "Sport-100", _("Helmet"), "34.99", "bad", _("Sold out")),
    ]
    return [
        {
            "icon": icon,
            "name": name,
            "note": note,
            "price": Money(Decimal(price), "EUR"),
            "tone": tone,
            "state": state,
        }
        for icon, name, note, price, tone, state in faces
    ]


def _milestones() -> list[MilestoneRow]:
    return [
        MilestoneRow(_("Order received"), "done", datetime(2026, 11, 18, 8, 12, tzinfo=UTC)),
        MilestoneRow(_("Built in the workshop"), "done", date(2026, 11, 20)),
        MilestoneRow(_("Being packed"), "current", date(2026, 11, 23)),
        MilestoneRow(
            _("Handed to the carrier"),
            "late",
            date(2026, 11, 25),
            _("One day later: the rims arrive on Tuesday."),
        ),
        MilestoneRow(_("Delivered"), "planned", date(2026, 11, 27)),
    ]


def _sum() -> dict[str, Any]:
    return {
        "rows": [
            SumRow(_("Net"), Money(Decimal("1049.58"), "EUR")),
            SumRow(_("VAT 19%"), Money(Decimal("199.42"), "EUR")),
        ],
        "total": Money(Decimal("1249.00"), "EUR"),
    }


def _why() -> list[WhyStep]:
    return [
        WhyStep(
            _("Ordered on Wednesday after 2 p.m., so the work begins on Thursday."),
            _("Cut-off time"),
            _("from 2026-01-01"),
        ),
        WhyStep(
            _("Packing takes one working day, the carrier two."),
            _("Handling and transit"),
            _("from 2026-03-01"),
        ),
        WhyStep(_("Sunday is not a delivery day."), _("Working days in Bremen"), "2026", "§ 193 BGB"),
    ]


def _forms() -> dict[str, SampleForm]:
    filled = {"name": "", "email": "anna.behrens", "quantity": "-1", "payment": "invoice", "country": "DE"}
    wrong = SampleForm({f"wrong-{name}": value for name, value in filled.items()}, prefix="wrong")
    return {"form": SampleForm(prefix="blank"), "wrong": wrong}


def everything(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the components page."""
    return {
        "navigation": _navigation(),
        "site": {
            "home_url": "#",
            "search_url": "#",
            "staff_name": "Gesa Petersen",
            "staff_role": _("Order administration"),
        },
        "densities": [("compact", _("Compact")), ("regular", _("Regular")), ("touch", _("Touch"))],
        "rows": _rows(),
        "milestones": _milestones(),
        "sum": _sum(),
        "why": _why(),
        "points": [
            Point(_("Week %(number)s") % {"number": 36 + index}, value) for index, value in enumerate(WEEKS)
        ],
        "months": [Point(str(index + 1), value, is_soft=index < 11) for index, value in enumerate(WEEKS)],
        "tabs": [
            Tab(_("All"), "#", is_current=True, count=1480),
            Tab(_("Open"), "#", count=23),
            Tab(_("Overdue"), "#", count=4),
            Tab(_("Public bodies"), "#", count=61),
        ],
        "steps": [
            CheckoutStep(_("Address"), "#", is_done=True),
            CheckoutStep(_("Payment"), is_current=True),
            CheckoutStep(_("Check and order")),
        ],
        "page": PageLinks("", "#", _("%(shown)s of %(total)s") % {"shown": "1–50", "total": "1.480"}),
        "groups": [
            HitGroup(
                _("Customers"),
                [
                    Hit("Anna Behrens", "#", "user", "K-1042"),
                    Hit("Anna Behrens-Osterloh", "#", "user", "K-1187"),
                ],
            ),
            HitGroup(_("Pages"), [Hit(_("Orders"), "#", "clipboard-list", "g o")]),
        ],
        "products": _products(),
        "now": datetime(2026, 11, 22, 10, 5, tzinfo=UTC),
        "figures": {
            "money": Money(Decimal("-1240.5"), "EUR"),
            "pounds": Money(Decimal("99.9"), "GBP"),
            "rate": Decimal("19.00"),
            "amount": Decimal("1234567.2500"),
        },
        "icons": "truck package warehouse receipt-text scale users bike calendar search shield-check".split(),
        **_forms(),
    }
