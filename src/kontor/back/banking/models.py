"""Giving money back: asked for by one, approved by another."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from kontor.kernel.ids import uuid7

_amount: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}


class Refund(models.Model):
    """Money to be given back: asked for by one, approved by another, then paid out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True)
    open_item = models.ForeignKey("ledger.OpenItem", models.PROTECT, related_name="refunds")
    party_id = models.UUIDField()
    amount = models.DecimalField(**_amount)
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=200)
    iban = models.CharField(max_length=34, blank=True)
    asked_by = models.ForeignKey("actor.StaffAccount", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    approved_by = models.ForeignKey("actor.StaffAccount", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey("actor.StaffAccount", models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True)
    payment = models.OneToOneField("payments.Payment", models.PROTECT, null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_refund_is_of_something"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("asked_by")),
                name="maker_is_never_checker",
            ),
            models.CheckConstraint(
                condition=(Q(payment=None) | Q(approved_by__isnull=False))
                & (Q(approved_by=None) | Q(declined_by=None)),
                name="only_an_approved_refund_is_paid",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-asked_at", "-id"], name="refunds_by_date")]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
