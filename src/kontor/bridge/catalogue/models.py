"""The catalogue: offerings, dated prices, and the storefront, their published projection."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kontor.kernel.ids import uuid7


class Category(models.Model):
    """A shelf of the shop, two levels deep."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    name_de = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    art = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.name_en


class OfferingGroup(models.Model):
    """Variants of one thing, shown on one page."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="groups")
    name_de = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    text_de = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    short_de = models.CharField(max_length=300, blank=True, db_default="")
    short_en = models.CharField(max_length=300, blank=True, db_default="")
    art = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name_en


class Offering(models.Model):
    """What the house sells; ``kind`` says what its fulfilment consumes."""

    class Kind(models.TextChoices):
        GOODS = "goods", _("Goods")
        STAY = "stay", _("Stay")
        SERVICE = "service", _("Service")
        TERM = "term", _("Continuing contract")
        DECISION = "decision", _("Public act")

    class Delivery(models.TextChoices):
        STOCK = "stock", _("From stock")
        PLANNED = "planned", _("From planned receipts")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.GOODS)
    group = models.ForeignKey(OfferingGroup, models.PROTECT, null=True, related_name="offerings")
    name_de = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    color = models.CharField(max_length=20, blank=True)
    size = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=12, default="piece")
    weight_g = models.PositiveIntegerField(null=True)
    tax_code = models.CharField(max_length=12, default="standard")
    picture = models.CharField(max_length=120, blank=True)
    delivery = models.CharField(max_length=8, choices=Delivery, db_default="stock")
    # What one unit costs the house, net. Never shown in front: the storefront has no such column.
    cost = models.DecimalField(max_digits=16, decimal_places=6, null=True, blank=True)
    is_published = models.BooleanField(default=False)
    valid_from = models.DateTimeField(db_default=Now())
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=models.F("valid_from")),
                name="an_offering_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="a_cost_is_not_negative"),
        ]

    def __str__(self) -> str:
        return self.number


class CustomerGroup(models.Model):
    """Customers with prices of their own. ``includes_tax``: consumers agree on gross prices, businesses on net ones."""

    code = models.SlugField(primary_key=True, max_length=20)
    name_de = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    includes_tax = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "code"]
        constraints: ClassVar = [
            # Everybody's prices are called so.
            models.CheckConstraint(condition=~Q(code="list"), name="the_list_is_no_customer_group"),
        ]

    def __str__(self) -> str:
        return self.name_en


class Membership(models.Model):
    """Which customer belongs to which customer group, and since when: orders are checked as of their placing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="+", db_index=False)
    group = models.ForeignKey(CustomerGroup, models.PROTECT, related_name="members")
    valid = DateTimeRangeField()

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="a_customer_is_in_one_group_at_a_time",
                expressions=[("party", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.group_id}"


class Picture(models.Model):
    """A picture of a page of the shop, or of one variant on it; ``name`` is its file among the house's pictures."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    group = models.ForeignKey(OfferingGroup, models.CASCADE, related_name="pictures")
    offering = models.ForeignKey(Offering, models.CASCADE, null=True, related_name="pictures")
    name = models.CharField(max_length=120, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt_de = models.CharField(max_length=200, blank=True)
    alt_en = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Price(models.Model):
    """A dated price per unit, from a quantity on. ``includes_tax``: consumer prices are gross, business prices net.

    Which of them holds for whom is said once, by ``catalogue_price_of`` (wall.sql).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offering = models.ForeignKey(Offering, models.PROTECT, related_name="prices", db_index=False)
    customer_group = models.CharField(max_length=20, default="list")
    amount = models.DecimalField(max_digits=16, decimal_places=6)
    currency = models.CharField(max_length=3)
    includes_tax = models.BooleanField(default=True)
    min_quantity = models.DecimalField(max_digits=16, decimal_places=4, db_default=0, default=0)
    valid = DateTimeRangeField()

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="an_offering_has_one_price_at_a_time_and_quantity",
                expressions=[
                    ("offering", RangeOperators.EQUAL),
                    ("customer_group", RangeOperators.EQUAL),
                    ("min_quantity", RangeOperators.EQUAL),
                    ("currency", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="a_price_is_not_negative"),
            models.CheckConstraint(condition=Q(min_quantity__gte=0), name="a_price_step_is_not_negative"),
        ]


class SynonymGroup(models.Model):
    """Words that mean the same to customers: who searches for one of them finds the others, too.

    ``words`` as somebody wrote them; ``keys`` are the folded words and their stems, written by a trigger (wall.sql).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    words = ArrayField(models.CharField(max_length=40))
    keys = ArrayField(models.TextField(), default=list, db_default=[], editable=False)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(words__len__gte=2), name="synonyms_are_two_words_or_more"),
        ]

    def __str__(self) -> str:
        return ", ".join(self.words)


class StorefrontGroup(models.Model):
    """What the shop shows of a group: published and valid only. No row policies, so search keeps its indexes."""

    group = models.OneToOneField(OfferingGroup, models.CASCADE, primary_key=True)
    slug = models.SlugField(max_length=120, unique=True)
    category_slug = models.SlugField(max_length=80, db_index=True)
    top_category_slug = models.SlugField(max_length=80, db_index=True)
    name_de = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    text_de = models.TextField()
    text_en = models.TextField()
    short_de = models.CharField(max_length=300, db_default="")
    short_en = models.CharField(max_length=300, db_default="")
    art = models.CharField(max_length=40)
    picture = models.CharField(max_length=120)
    price_from = models.DecimalField(max_digits=14, decimal_places=2)
    price_until = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    colors = ArrayField(models.CharField(max_length=20))
    sizes = ArrayField(models.CharField(max_length=20))
    variants = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField()
    # Folded text for search (umlauts written out, lower case): the words of both languages.
    words_de = models.TextField()
    words_en = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["position"], name="storefront_in_order")]


class StorefrontPicture(models.Model):
    """What the shop shows of a picture; ``number`` is the variant's, empty where it shows them all."""

    id = models.UUIDField(primary_key=True, editable=False)
    group = models.ForeignKey(StorefrontGroup, models.CASCADE, related_name="pictures")
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt_de = models.CharField(max_length=200)
    alt_en = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()


class StorefrontItem(models.Model):
    """What the shop shows of one variant, with its list price."""

    offering = models.OneToOneField(Offering, models.CASCADE, primary_key=True)
    group_slug = models.SlugField(max_length=120, db_index=True)
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10)
    name_de = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    color = models.CharField(max_length=20)
    size = models.CharField(max_length=20)
    unit = models.CharField(max_length=12)
    weight_g = models.PositiveIntegerField(null=True)
    picture = models.CharField(max_length=120)
    price = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    tax_code = models.CharField(max_length=12)
