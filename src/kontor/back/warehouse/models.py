"""The warehouse: locations, append-only moves, and what lies where (kept by a trigger on moves)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kontor.kernel.ids import uuid7

_quantity: dict[str, Any] = {"max_digits": 16, "decimal_places": 4}


class Location(models.Model):
    """A place where goods lie (Lagerplatz)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    name_de = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    site = models.CharField(max_length=40, default="main")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "code"]

    def __str__(self) -> str:
        return self.code


class Move(models.Model):
    """Goods came or went. Append-only: the truth about stock. ``quantity`` is signed, in the base unit."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening stock")
        RECEIPT = "receipt", _("Goods receipt")
        ISSUE = "issue", _("Goods issue")
        COUNT = "count", _("Count difference")
        RETURN = "return", _("Return receipt")
        TRANSFER = "transfer", _("Transfer")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, related_name="moves", db_index=False)
    location = models.ForeignKey(Location, models.PROTECT, related_name="moves", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    quantity = models.DecimalField(**_quantity)
    order_line_id = models.UUIDField(null=True)
    reference = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    actor_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(quantity=0), name="a_move_moves_something"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["offering", "id"], name="moves_of_an_offering"),
            models.Index(
                fields=["order_line_id"],
                condition=Q(order_line_id__isnull=False),
                name="moves_of_an_order_line",
            ),
        ]


class OnHand(models.Model):
    """What lies where: the sum of the moves, kept by their trigger."""

    id = models.BigAutoField(primary_key=True)
    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, related_name="on_hand", db_index=False)
    location = models.ForeignKey(Location, models.PROTECT, related_name="on_hand")
    quantity = models.DecimalField(**_quantity, default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["offering", "location"], name="an_article_lies_once_at_a_location"
            ),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="nothing_leaves_that_is_not_there"),
        ]
