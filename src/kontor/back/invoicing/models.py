"""Invoices and credit notes: gapless, frozen when issued."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kontor.kernel.ids import uuid7

_amount: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}


class Invoice(models.Model):
    """An issued invoice or credit note. Credit notes carry negative amounts. Never changed, never deleted."""

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Invoice")
        CREDIT_NOTE = "credit_note", _("Credit note")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # What caused it (order, shipment, return …): the second call finds the first result.
    key = models.UUIDField(unique=True)
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    order = models.ForeignKey("orders.Order", models.PROTECT, null=True, related_name="invoices")
    party_id = models.UUIDField()
    refers_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    issued_on = models.DateField()
    delivered_on = models.DateField(null=True)
    due_on = models.DateField()
    currency = models.CharField(max_length=3)
    # Why a credit note was issued, in the words of its reader's language; it stands on the paper.
    reason = models.CharField(max_length=200, blank=True, db_default="")
    net_amount = models.DecimalField(**_amount)
    tax_amount = models.DecimalField(**_amount)
    gross_amount = models.DecimalField(**_amount)
    issued_at = models.DateTimeField()
    house = models.ForeignKey("parties.House", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(gross_amount=F("net_amount") + F("tax_amount")), name="an_invoice_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(kind="invoice", gross_amount__gte=0) | Q(kind="credit_note", gross_amount__lte=0),
                name="a_credit_note_is_negative",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-issued_on", "-id"], name="invoices_by_date"),
            models.Index(fields=["party_id", "-issued_on"], name="invoices_of_a_party"),
            models.Index(fields=["-gross_amount", "-id"], name="invoices_by_amount"),
        ]

    def __str__(self) -> str:
        return self.number


class InvoiceLine(models.Model):
    """One position of an invoice; negative on credit notes."""

    id = models.BigAutoField(primary_key=True)
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines")
    charge = models.ForeignKey("charges.Charge", models.PROTECT, null=True, related_name="invoice_lines")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    quantity = models.DecimalField(max_digits=16, decimal_places=4)
    unit = models.CharField(max_length=12)
    unit_price = models.DecimalField(max_digits=16, decimal_places=6)
    tax_code = models.CharField(max_length=12)
    tax_rate = models.DecimalField(max_digits=5, decimal_places=2)
    net_amount = models.DecimalField(**_amount)
    gross_amount = models.DecimalField(**_amount)


class InvoiceTax(models.Model):
    """The tax of one rate on an invoice, computed once from the gross sum."""

    id = models.BigAutoField(primary_key=True)
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="taxes")
    tax_code = models.CharField(max_length=12)
    tax_rate = models.DecimalField(max_digits=5, decimal_places=2)
    net_amount = models.DecimalField(**_amount)
    tax_amount = models.DecimalField(**_amount)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["invoice", "tax_code", "tax_rate"], name="a_tax_rate_stands_once_on_an_invoice"
            ),
        ]
