"""The house's own pages: what is being written, what stands on the website, and which terms an order agreed to."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kontor.kernel.ids import uuid7

_words: dict[str, Any] = {"blank": True, "default": ""}


class Words(models.Model):
    """What a page says, in both languages. ``body`` is Markdown; ``sections`` are the parts of the home page shown."""

    class Kind(models.TextChoices):
        PAGE = "page", _("Page")
        LEGAL = "legal", _("Legal text")
        NEWS = "news", _("News")

    # With the kind the name in the address: /site/<slug>/, /news/<slug>/.
    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind)
    title_de = models.CharField(max_length=120, **_words)
    title_en = models.CharField(max_length=120, **_words)
    teaser_de = models.CharField(max_length=400, **_words)
    teaser_en = models.CharField(max_length=400, **_words)
    body_de = models.TextField(**_words)
    body_en = models.TextField(**_words)
    picture = models.CharField(max_length=90, **_words)
    picture_alt_de = models.CharField(max_length=200, **_words)
    picture_alt_en = models.CharField(max_length=200, **_words)
    sections = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    # Somebody who knows the law has read it; staff see it where nobody has.
    is_checked = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Draft(Words):
    """What is being written: one for each page, seen by staff only. Its id becomes the edition's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Raised with each saving, so that nobody saves over what a colleague has just written.
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slug"], name="a_page_has_one_draft"),
        ]

    def __str__(self) -> str:
        return self.slug


class Edition(Words):
    """What was published: never changed, only ended. Of those that are valid the one that began last is shown."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField()
    # Older editions of the terms stay readable: customers have agreed to them.
    stays_readable = models.BooleanField(default=False)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    # The end it was published with; it ends earlier where another edition takes its place, and comes back with it gone.
    meant_until = models.DateTimeField(null=True)
    replaced_by_id = models.UUIDField(null=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=120)
    note = models.CharField(max_length=200, **_words)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slug", "number"], name="an_edition_has_its_own_number"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="an_edition_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__gte=F("published_at")), name="nothing_is_published_for_the_past"
            ),
            models.CheckConstraint(condition=~Q(title_de=""), name="an_edition_has_a_title"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["slug", "-valid_from", "-number"], name="editions_of_a_page"),
            models.Index(fields=["kind", "-valid_from", "-id"], name="editions_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.number}"


class Agreement(models.Model):
    """Which edition of the terms an order agreed to; written by a trigger in the order's own transaction."""

    order = models.OneToOneField("orders.Order", models.PROTECT, primary_key=True, related_name="+")
    party_id = models.UUIDField()
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+", db_index=False)
    agreed_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.order_id}: {self.edition_id}"
