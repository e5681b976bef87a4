"""Production orders: what is made, when, by which steps; each is a planned receipt that promises are pegged to."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kontor.bridge.promises.reasons import MoveReason
from kontor.kernel.ids import uuid7

_quantity: dict[str, Any] = {"max_digits": 16, "decimal_places": 4}


class ProductionOrder(models.Model):
    """So many of an article are to be made (Fertigungsauftrag). Instants are planned (``planned_…``) and actual."""

    class State(models.TextChoices):
        PLANNED = "planned", _("To be started")
        STARTED = "started", _("Being made")
        FINISHED = "finished", _("Made")
        CANCELLED = "cancelled", _("Called off")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True)
    # Drawn from the sequence production_number.
    number = models.CharField(max_length=40, unique=True)
    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, related_name="production_orders")
    bucket = models.OneToOneField("promises.Bucket", models.PROTECT, related_name="production_order")
    state = models.CharField(max_length=10, choices=State, db_default="planned")
    quantity = models.DecimalField(**_quantity)
    planned_start_at = models.DateTimeField()
    planned_finish_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    good_quantity = models.DecimalField(**_quantity, db_default=0)
    note = models.CharField(max_length=200, blank=True, db_default="")
    cancel_reason = models.CharField(max_length=200, blank=True, db_default="")
    planned_by = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_production_order_makes_something"),
            models.CheckConstraint(
                condition=Q(planned_finish_at__gte=F("planned_start_at")),
                name="production_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(good_quantity__gte=0), name="what_was_made_is_not_negative"),
            models.CheckConstraint(
                condition=(Q(state__in=["planned", "cancelled"]) | Q(started_at__isnull=False))
                & (Q(state="finished") ^ Q(finished_at=None))
                & (Q(state="cancelled") ^ Q(cancelled_at=None)),
                name="a_production_order_says_when",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["planned_finish_at", "id"], name="production_by_finish"),
            models.Index(fields=["state", "planned_finish_at", "id"], name="production_by_state"),
        ]

    def __str__(self) -> str:
        return self.number


class WorkStep(models.Model):
    """One step of a production order at a work centre (Arbeitsgang): begun, ended, good pieces and scrap."""

    class Scrap(models.TextChoices):
        MATERIAL = "material", _("Faulty material")
        MACHINE = "machine", _("Fault of a machine")
        HANDLING = "handling", _("Damaged while working")
        SETTING = "setting", _("Wrong setting or drawing")
        OTHER = "other", _("Another reason")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(ProductionOrder, models.PROTECT, related_name="steps", db_index=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    work_centre = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    good_quantity = models.DecimalField(**_quantity, db_default=0)
    scrap_quantity = models.DecimalField(**_quantity, db_default=0)
    scrap_reason = models.CharField(max_length=10, choices=Scrap, blank=True, db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "position"], name="a_step_stands_once_in_its_order"),
            models.CheckConstraint(
                condition=Q(good_quantity__gte=0) & Q(scrap_quantity__gte=0),
                name="what_a_step_made_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(scrap_quantity=0) | ~Q(scrap_reason=""), name="scrap_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(started_at__isnull=False, stopped_at__gte=F("started_at")),
                name="a_step_ends_after_it_begins",
            ),
        ]


class Shift(models.Model):
    """A production order was moved to another day: from when to when, why, and a note that stays in the back office."""

    id = models.BigAutoField(primary_key=True)
    order = models.ForeignKey(ProductionOrder, models.PROTECT, related_name="shifts")
    was_at = models.DateTimeField()
    finish_at = models.DateTimeField()
    reason = models.CharField(max_length=16, choices=MoveReason)
    note = models.CharField(max_length=200, blank=True)
    actor_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(db_default=Now())
