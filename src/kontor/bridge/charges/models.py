"""Charges: money effects waiting to be billed."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from kontor.kernel.ids import uuid7

_amount: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}


class Charge(models.Model):
    """What somebody owes for something, tax included.

    Invoicing turns charges into invoices; ``invoiced_quantity`` says how far.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="charges")
    order_line = models.OneToOneField("orders.OrderLine", models.PROTECT, related_name="charge")
    party_id = models.UUIDField()
    quantity = models.DecimalField(max_digits=16, decimal_places=4)
    tax_code = models.CharField(max_length=12)
    tax_rate = models.DecimalField(max_digits=5, decimal_places=2)
    gross_amount = models.DecimalField(**_amount)
    currency = models.CharField(max_length=3)
    arose_on = models.DateField()
    invoiced_quantity = models.DecimalField(max_digits=16, decimal_places=4, db_default=0)
    invoiced_gross = models.DecimalField(**_amount, db_default=0)
    cancelled_quantity = models.DecimalField(max_digits=16, decimal_places=4, db_default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(invoiced_quantity__gte=0)
                & Q(quantity__gte=F("invoiced_quantity") + F("cancelled_quantity")),
                name="no_more_is_invoiced_than_charged",
            ),
        ]
