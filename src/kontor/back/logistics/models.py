"""Logistics: shipments and their parcels."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from kontor.kernel.ids import uuid7


class Shipment(models.Model):
    """Goods that left together for one order. ``key`` makes shipping repeatable."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True)
    number = models.CharField(max_length=40, unique=True, db_default="")
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="shipments")
    carrier = models.CharField(max_length=20)
    shipped_at = models.DateTimeField(db_default=Now())
    delivered_at = models.DateTimeField(null=True)
    actor_name = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-shipped_at", "-id"], name="shipments_by_date"),
        ]


class ShipmentLine(models.Model):
    """So much of an order line went with a shipment."""

    id = models.BigAutoField(primary_key=True)
    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="lines")
    order_line = models.ForeignKey("orders.OrderLine", models.PROTECT, related_name="shipment_lines")
    quantity = models.DecimalField(max_digits=16, decimal_places=4)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_shipment_line_is_of_something"),
        ]


class Parcel(models.Model):
    """A parcel with its tracking number; the label is a document."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="parcels")
    tracking_number = models.CharField(max_length=40, null=True, unique=True)
    weight_g = models.PositiveIntegerField(null=True)
    label_id = models.UUIDField(null=True)
