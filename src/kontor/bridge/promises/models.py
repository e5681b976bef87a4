"""The promise ledger: pools of capacity, dated buckets, and what is promised of them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kontor.bridge.promises.reasons import MoveReason
from kontor.kernel.ids import uuid7

_quantity: dict[str, Any] = {"max_digits": 16, "decimal_places": 4}


class Pool(models.Model):
    """A source of capacity: an article at a site, a room type, an adviser, a counter."""

    class Kind(models.TextChoices):
        STOCK = "stock", _("Stock")
        NIGHTS = "nights", _("Nights")
        SLOTS = "slots", _("Slots")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.STOCK)
    offering = models.OneToOneField("catalogue.Offering", models.PROTECT, related_name="pool")
    site = models.CharField(max_length=40, default="main")


class Bucket(models.Model):
    """Capacity of a pool: the stock on hand, a planned receipt, one night, one slot.

    ``promised`` is counted by a trigger on promises; nobody may update it.
    """

    class Kind(models.TextChoices):
        ON_HAND = "on_hand", _("On hand")
        RECEIPT = "receipt", _("Planned receipt")
        NIGHT = "night", _("Night")
        SLOT = "slot", _("Slot")

    class MadeBy(models.TextChoices):
        NOBODY = "", _("Unknown")
        PRODUCTION = "production", _("Production")
        PURCHASE = "purchase", _("Purchase")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="buckets")
    kind = models.CharField(max_length=8, choices=Kind)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    capacity = models.DecimalField(**_quantity, default=0)
    overbooking = models.DecimalField(**_quantity, default=0)
    short = models.DecimalField(**_quantity, default=0)
    promised = models.DecimalField(**_quantity, default=0)
    source = models.CharField(max_length=60, blank=True)  # the production or purchase order behind a receipt
    made_by = models.CharField(max_length=10, choices=MadeBy, blank=True, db_default="")
    # When making it begins, where that is known; it is ready at ``starts_at``.
    begins_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    # Why it was moved last.
    moved_reason = models.CharField(max_length=16, choices=MoveReason, blank=True, db_default="")
    # Since when its day is over and nobody has named a new one: nobody else is promised anything of it.
    overdue_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(promised__lte=F("capacity") + F("overbooking") + F("short")),
                name="no_more_is_promised_than_there_is",
            ),
            models.CheckConstraint(condition=Q(promised__gte=0), name="promised_is_not_negative"),
            models.CheckConstraint(
                condition=Q(short__gte=0) & Q(overbooking__gte=0),
                name="short_and_overbooking_are_not_negative",
            ),
            models.UniqueConstraint(
                fields=["pool"], condition=Q(kind="on_hand"), name="a_pool_has_one_stock_on_hand"
            ),
            models.UniqueConstraint(
                fields=["pool", "starts_at"],
                condition=Q(kind__in=["night", "slot"]),
                name="a_night_or_slot_stands_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["pool", "starts_at"], name="buckets_of_a_pool_by_date"),
            models.Index(
                fields=["starts_at"],
                condition=Q(kind="receipt", closed_at=None),
                name="receipts_to_come",
            ),
        ]


class Demand(models.Model):
    """What a basket line, order line or booking wants of a pool. Its id is the key that makes promising repeatable."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pool = models.ForeignKey(Pool, models.PROTECT, db_index=False)
    party_id = models.UUIDField(null=True)
    quantity = models.DecimalField(**_quantity)
    wanted_from = models.DateTimeField(null=True)
    wanted_until = models.DateTimeField(null=True)
    is_at_risk = models.BooleanField(db_default=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_demand_wants_something"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["pool"], condition=Q(is_at_risk=True), name="demands_at_risk"),
        ]


class Promise(models.Model):
    """So much of a bucket is promised to a demand. Written by one database function only."""

    class State(models.TextChoices):
        HOLD = "hold", _("Held")
        FIRM = "firm", _("Firm")
        USED = "used", _("Used")
        RELEASED = "released", _("Released")

    id = models.BigAutoField(primary_key=True)
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="promises")
    bucket = models.ForeignKey(Bucket, models.PROTECT, related_name="promises", db_index=False)
    quantity = models.DecimalField(**_quantity)
    state = models.CharField(max_length=8, choices=State)
    expires_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_promise_is_of_something"),
        ]
        indexes: ClassVar = [
            # Not partial by state: look-ups by demand must never be tempted to scan "all that is live" instead.
            models.Index(fields=["bucket", "state"], name="promises_of_a_bucket"),
            models.Index(fields=["expires_at"], condition=Q(state="hold"), name="holds_by_expiry"),
        ]


class Origin(models.Model):
    """What a demand was served from when its receipt arrived: the order behind it, which stock on hand forgets.

    Append-only; written by the database function that moves promises to the stock on hand.
    """

    id = models.BigAutoField(primary_key=True)
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="origins")
    bucket = models.ForeignKey(Bucket, models.PROTECT, related_name="origins", db_index=False)
    source = models.CharField(max_length=60)
    made_by = models.CharField(max_length=10, choices=Bucket.MadeBy, blank=True)
    quantity = models.DecimalField(**_quantity)
    received_at = models.DateTimeField(db_default=Now())
