"""Payments: what is to be paid how, what was paid, and the provider's raw messages."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kontor.kernel.ids import uuid7

_amount: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}


class PaymentIntent(models.Model):
    """A customer wants to pay an order through the provider. Public writes it; the worker asks the provider."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="intents")
    party_id = models.UUIDField()
    asked_at = models.DateTimeField(db_default=Now())
    redirect_url = models.CharField(max_length=500, db_default="")
    provider_reference = models.CharField(max_length=80, null=True, unique=True)
    state = models.CharField(max_length=10, db_default="asked")  # asked, open, paid, failed
    error = models.TextField(db_default="")


class Payment(models.Model):
    """Money that came in (or, negative, went out)."""

    class Method(models.TextChoices):
        TRANSFER = "transfer", _("Bank transfer")
        PROVIDER = "provider", _("Online payment")
        CASH = "cash", _("Cash")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True)
    method = models.CharField(max_length=10, choices=Method)
    party_id = models.UUIDField(null=True)
    order = models.ForeignKey("orders.Order", models.PROTECT, null=True, related_name="payments")
    amount = models.DecimalField(**_amount)
    currency = models.CharField(max_length=3)
    received_on = models.DateField()
    reference = models.CharField(max_length=200, blank=True)
    payer = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount=0), name="a_payment_is_of_something"),
        ]
        indexes: ClassVar = [models.Index(fields=["-received_on", "-id"], name="payments_by_date")]


class ProviderMessage(models.Model):
    """A provider's webhook, raw. Insert-only for the public; the worker believes it after checking its signature."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    provider = models.CharField(max_length=20)
    message_id = models.CharField(max_length=120)
    headers = models.JSONField()
    body = models.BinaryField()
    received_at = models.DateTimeField(db_default=Now())
    handled_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=60, db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "message_id"], name="a_provider_message_counts_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(handled_at=None), name="provider_messages_that_wait"),
        ]
