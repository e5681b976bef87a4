"""Milestones: what may be known in front of the work behind."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Milestone(models.Model):
    """A step of an order line, reached or planned; append-only, customer-safe by construction (no free text)."""

    class Step(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        PICKED = "picked", _("Picked")
        SHIPPED = "shipped", _("Shipped")
        DELIVERED = "delivered", _("Delivered")
        INVOICED = "invoiced", _("Invoiced")
        PAID = "paid", _("Paid")
        CANCELLED = "cancelled", _("Cancelled")
        RETURNED = "returned", _("Returned")
        # The promised day is another one, because a receipt it hangs on moved.
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

    class Meta:
        indexes: ClassVar = [models.Index(fields=["order", "id"], name="milestones_of_an_order")]
