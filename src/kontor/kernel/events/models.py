"""Events are rows: history on the screen, audit trail and outbox at once."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from kontor.kernel.ids import uuid7


class Event(models.Model):
    """Something that happened, written in the transaction that made it happen. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    type = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    fact = models.JSONField(default=dict)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=120, db_default="")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject_id", "id"], name="events_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.type} {self.subject}"


class Subscription(models.Model):
    """Which handler hears which event type; written from the code when the wall is built."""

    type = models.CharField(max_length=80)
    handler = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["type", "handler"], name="a_handler_hears_a_type_once"),
        ]


class Delivery(models.Model):
    """An event that a handler has still to hear. Deleted once heard; ``is_dead`` after the last attempt."""

    id = models.BigAutoField(primary_key=True)
    # The trigger on events writes these rows and events are never deleted: a checked key would only cost.
    event = models.ForeignKey(Event, models.DO_NOTHING, db_index=False, db_constraint=False)
    handler = models.CharField(max_length=120)
    due_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(db_default=0)
    is_dead = models.BooleanField(db_default=False)
    error = models.TextField(db_default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(is_dead=False), name="deliveries_that_wait"),
        ]
