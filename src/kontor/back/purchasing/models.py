"""Purchase orders: what suppliers owe the house; each line is a planned receipt that promises are pegged to."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kontor.bridge.promises.reasons import MoveReason
from kontor.kernel.ids import uuid7

_quantity: dict[str, Any] = {"max_digits": 16, "decimal_places": 4}


class Supplier(models.Model):
    """Who delivers to the house. A table of its own: suppliers are nobody's customers and no counter sees them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True)
    # Drawn from the sequence purchasing_supplier_number.
    number = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    # Where the same organisation is a customer, too.
    party = models.ForeignKey("parties.Party", models.PROTECT, null=True, db_index=False, related_name="+")
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    lead_days = models.PositiveSmallIntegerField(default=14)
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], name="a_supplier_stands_once"),
            models.CheckConstraint(condition=Q(lead_days__lte=999), name="a_supplier_delivers_within_years"),
        ]

    def __str__(self) -> str:
        return self.name


class PurchaseOrder(models.Model):
    """An order to a supplier (Bestellung). State and ``due_at`` (the next open delivery) follow its lines."""

    class State(models.TextChoices):
        ORDERED = "ordered", _("Ordered")
        CONFIRMED = "confirmed", _("Confirmed by the supplier")
        PARTLY = "partly", _("Partly received")
        RECEIVED = "received", _("Received")
        CANCELLED = "cancelled", _("Called off")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True)
    # Drawn from the sequence purchasing_number.
    number = models.CharField(max_length=40, unique=True)
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="orders")
    state = models.CharField(max_length=10, choices=State, db_default="ordered")
    currency = models.CharField(max_length=3)
    due_at = models.DateTimeField()
    ordered_at = models.DateTimeField(db_default=Now())
    ordered_by = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=200, blank=True)
    cancel_reason = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], name="purchases_by_due_day"),
            models.Index(fields=["state", "due_at", "id"], name="purchases_by_state"),
        ]

    def __str__(self) -> str:
        return self.number


class PurchaseLine(models.Model):
    """So many of an article (base units) at a net unit price. ``expected_at``: when it is ready here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(PurchaseOrder, models.PROTECT, related_name="lines", db_index=False)
    position = models.PositiveSmallIntegerField()
    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, related_name="purchase_lines")
    bucket = models.OneToOneField("promises.Bucket", models.PROTECT, related_name="purchase_line")
    state = models.CharField(max_length=10, choices=PurchaseOrder.State, db_default="ordered")
    quantity = models.DecimalField(**_quantity)
    unit_price = models.DecimalField(max_digits=16, decimal_places=6)
    expected_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    received_quantity = models.DecimalField(**_quantity, db_default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "position"], name="a_purchase_line_stands_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_purchase_line_is_of_something"),
            models.CheckConstraint(
                condition=Q(unit_price__gte=0) & Q(received_quantity__gte=0),
                name="a_purchase_line_is_not_negative",
            ),
        ]


class Receipt(models.Model):
    """So much of a line came in; the id is the warehouse's move. Append-only."""

    id = models.UUIDField(primary_key=True)
    line = models.ForeignKey(PurchaseLine, models.PROTECT, related_name="receipts")
    quantity = models.DecimalField(**_quantity)
    reference = models.CharField(max_length=60, blank=True)
    actor_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(db_default=Now())


class Shift(models.Model):
    """A line was moved to another day: from when to when, why, and a note that stays in the back office."""

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(PurchaseLine, models.PROTECT, related_name="shifts")
    was_at = models.DateTimeField()
    expected_at = models.DateTimeField()
    reason = models.CharField(max_length=16, choices=MoveReason)
    note = models.CharField(max_length=200, blank=True)
    actor_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(db_default=Now())
