"""The basket: what a visitor has put aside. Its id becomes the order's key."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from kontor.kernel.ids import uuid7


class Basket(models.Model):
    """A visitor's or customer's basket and what the checkout has gathered so far."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party_id = models.UUIDField(db_index=True)
    created_at = models.DateTimeField(db_default=Now())
    ordered_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    # When the last of what is held is ready to leave: the delivery date shown stands on it.
    ready_at = models.DateTimeField(null=True)
    email = models.CharField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    billing_name = models.CharField(max_length=120, blank=True, default="")
    billing_extra = models.CharField(max_length=120, blank=True, default="")
    billing_street = models.CharField(max_length=120, blank=True, default="")
    billing_postal_code = models.CharField(max_length=12, blank=True, default="")
    billing_city = models.CharField(max_length=80, blank=True, default="")
    billing_country = models.CharField(max_length=2, blank=True, default="DE")
    payment_method = models.CharField(max_length=12, blank=True, default="")
    shipping_method = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party_id"], condition=Q(ordered_at=None), name="a_party_has_one_open_basket"
            ),
        ]
        indexes: ClassVar = [
            # The worker looks for checkouts that were left.
            models.Index(
                fields=["held_until"], condition=Q(held_until__isnull=False), name="baskets_at_the_checkout"
            ),
        ]


class BasketLine(models.Model):
    """One article in a basket; its id is the demand's id."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    basket = models.ForeignKey(Basket, models.CASCADE, related_name="lines", db_index=False)
    party_id = models.UUIDField()
    offering_id = models.UUIDField()
    quantity = models.DecimalField(max_digits=16, decimal_places=4)
    price_seen = models.DecimalField(max_digits=14, decimal_places=2)
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["basket", "offering_id"], name="an_article_stands_once_in_a_basket"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) & Q(quantity__lte=1000),
                name="a_basket_line_is_between_1_and_1000",
            ),
        ]
