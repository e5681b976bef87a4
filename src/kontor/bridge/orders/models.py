"""Orders: the agreed exchange, with its prices and taxes as they were."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least, Now
from django.utils.translation import gettext_lazy as _

from kontor.kernel.ids import uuid7

_amount: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}
_quantity: dict[str, Any] = {"max_digits": 16, "decimal_places": 4}


class ShippingMethod(models.Model):
    """How goods travel; its price is the price of the offering behind it, free from an amount on."""

    code = models.SlugField(primary_key=True, max_length=20)
    name_de = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    offering = models.ForeignKey("catalogue.Offering", models.PROTECT)
    price = models.DecimalField(**_amount)
    free_from = models.DecimalField(**_amount, null=True)
    transit_days = models.PositiveSmallIntegerField(default=2)
    position = models.PositiveSmallIntegerField(default=0)


class Order(models.Model):
    """An agreed exchange. ``key`` is the basket's id: one basket, one order."""

    class State(models.TextChoices):
        PLACED = "placed", _("Placed")
        HELD = "held", _("Under review")
        CONFIRMED = "confirmed", _("Confirmed")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    class Channel(models.TextChoices):
        WEB = "web", _("Shop")
        PHONE = "phone", _("Phone")
        IMPORT = "import", _("Import")

    class PaymentMethod(models.TextChoices):
        INVOICE = "invoice", _("Invoice")
        PREPAYMENT = "prepayment", _("Prepayment")
        PROVIDER = "provider", _("Online payment")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True)
    # Drawn by the database (sequence orders_number).
    number = models.CharField(max_length=40, unique=True, db_default="")
    state = models.CharField(max_length=10, choices=State, db_default="placed")
    channel = models.CharField(max_length=8, choices=Channel)
    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="orders", db_index=False)
    language = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    email = models.CharField(max_length=254)
    phone = models.CharField(max_length=40, blank=True)
    billing_name = models.CharField(max_length=120)
    billing_extra = models.CharField(max_length=120, blank=True)
    billing_street = models.CharField(max_length=120)
    billing_postal_code = models.CharField(max_length=12)
    billing_city = models.CharField(max_length=80)
    billing_country = models.CharField(max_length=2)
    shipping_name = models.CharField(max_length=120)
    shipping_extra = models.CharField(max_length=120, blank=True)
    shipping_street = models.CharField(max_length=120)
    shipping_postal_code = models.CharField(max_length=12)
    shipping_city = models.CharField(max_length=80)
    shipping_country = models.CharField(max_length=2)
    payment_method = models.CharField(max_length=12, choices=PaymentMethod)
    shipping_method = models.CharField(max_length=20, blank=True)
    net_amount = models.DecimalField(**_amount)
    tax_amount = models.DecimalField(**_amount)
    gross_amount = models.DecimalField(**_amount)
    placed_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True, db_default="")
    promised_on = models.DateField(null=True)
    # Of an order that waits for money: what its customer was told, when they are reminded, when it is ended.
    pay_until = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    lapses_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(gross_amount=F("net_amount") + F("tax_amount")), name="an_order_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | (~Q(state="cancelled") & Q(cancelled_at=None)),
                name="a_cancelled_order_says_when",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "-placed_at"], name="orders_of_a_party"),
            models.Index(fields=["-placed_at", "-id"], name="orders_by_date"),
            models.Index(fields=["state", "-placed_at", "-id"], name="orders_by_state"),
            models.Index(fields=["-gross_amount", "-id"], name="orders_by_amount"),
            # The worklist counts these on every page; few of many orders are in it.
            models.Index(
                fields=["payment_method"],
                condition=Q(state="confirmed", released_at=None),
                name="orders_to_release",
            ),
            # Asked every few seconds.
            models.Index(
                Least("remind_at", "lapses_at"),
                condition=Q(state="confirmed", released_at=None),
                name="orders_to_be_paid",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """One position of an order. ``gross_amount`` is quantity times unit price, rounded once."""

    class Kind(models.TextChoices):
        ITEM = "item", _("Item")
        SHIPPING = "shipping", _("Shipping")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="lines", db_index=False)
    party_id = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ITEM)
    offering = models.ForeignKey("catalogue.Offering", models.PROTECT)
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    quantity = models.DecimalField(**_quantity)
    unit = models.CharField(max_length=12, default="piece")
    unit_price = models.DecimalField(max_digits=16, decimal_places=6)
    tax_code = models.CharField(max_length=12)
    tax_rate = models.DecimalField(max_digits=5, decimal_places=2)
    gross_amount = models.DecimalField(**_amount)
    # One promise serves one line: nobody ships twice what was promised once.
    demand = models.OneToOneField("promises.Demand", models.PROTECT, null=True)
    promised_on = models.DateField(null=True)
    delivered_quantity = models.DecimalField(**_quantity, db_default=0)
    cancelled_quantity = models.DecimalField(**_quantity, db_default=0)
    returned_quantity = models.DecimalField(**_quantity, db_default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "position"], name="a_position_stands_once_in_an_order"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="an_order_line_is_of_something"),
            models.CheckConstraint(
                condition=Q(delivered_quantity__gte=0)
                & Q(cancelled_quantity__gte=0)
                & Q(quantity__gte=F("delivered_quantity") + F("cancelled_quantity")),
                name="no_more_is_delivered_than_ordered",
            ),
            models.CheckConstraint(
                condition=Q(returned_quantity__gte=0) & Q(delivered_quantity__gte=F("returned_quantity")),
                name="no_more_is_returned_than_delivered",
            ),
        ]
