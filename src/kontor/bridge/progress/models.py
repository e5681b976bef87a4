"""Milestones: what may be known in front of the work behind."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kontor.bridge.promises.reasons import LateStart, MoveReason

_REASONS = [*MoveReason.choices, *LateStart.choices]


class Milestone(models.Model):
    """A step that an order line reached; append-only, customer-safe by construction (no free text).

    ``planned_at`` is when the step was planned for when it was reached. A ``moved`` row says which day was promised
    before (``was_on``) and since (``promised_on``), and why (``reason``, a code of ``MoveReason`` or of ``LateStart``).
    """

    class Step(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        # What the line waited for has come in: bought goods, or the material of what is made.
        MATERIAL = "material", _("Material ready")
        PRODUCTION = "production", _("In production")
        QUALITY = "quality", _("Quality passed")
        # Taken from the shelf; putting it back is a row with what is put back below zero.
        PICKED = "picked", _("Picked")
        SHIPPED = "shipped", _("Shipped")
        DELIVERED = "delivered", _("Delivered")
        INVOICED = "invoiced", _("Invoiced")
        PAID = "paid", _("Paid")
        CANCELLED = "cancelled", _("Cancelled")
        RETURNED = "returned", _("Returned")
        # The promised day is another one: a receipt it hangs on moved, or it may leave only now.
        MOVED = "moved", _("Promised day moved")

    id = models.BigAutoField(primary_key=True)
    order_line = models.ForeignKey(
        "orders.OrderLine", models.PROTECT, related_name="milestones", db_index=False
    )
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="milestones", db_index=False)
    party_id = models.UUIDField()
    step = models.CharField(max_length=10, choices=Step)
    quantity = models.DecimalField(max_digits=16, decimal_places=4)
    reached_at = models.DateTimeField()
    planned_at = models.DateTimeField(null=True)
    was_on = models.DateField(null=True)
    promised_on = models.DateField(null=True)
    reason = models.CharField(max_length=16, choices=_REASONS, blank=True, db_default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["order", "id"], name="milestones_of_an_order")]


class Plan(models.Model):
    """A step that an order line has still to reach, and when it is planned for. One row per line and step.

    A plan stays when its step is reached: what was planned last. Customer-safe by construction, as milestones are.
    """

    id = models.BigAutoField(primary_key=True)
    order_line = models.ForeignKey("orders.OrderLine", models.PROTECT, related_name="plans", db_index=False)
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="plans")
    party_id = models.UUIDField()
    step = models.CharField(max_length=10, choices=Milestone.Step)
    planned_at = models.DateTimeField()
    # Since when that day is over and a new one is awaited.
    late_since = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order_line", "step"], name="a_step_of_a_line_is_planned_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(late_since__isnull=False), name="plans_that_are_late"),
        ]
