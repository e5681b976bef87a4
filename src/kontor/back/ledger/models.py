"""The books: accounts, journal entries (balanced, immutable, hash-chained) and open items."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kontor.kernel.ids import uuid7

_amount: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}


class Account(models.Model):
    """An account of the chart (SKR03 numbers, own names)."""

    class Kind(models.TextChoices):
        ASSET = "asset", _("Asset")
        LIABILITY = "liability", _("Liability")
        EQUITY = "equity", _("Equity")
        REVENUE = "revenue", _("Revenue")
        EXPENSE = "expense", _("Expense")

    number = models.CharField(primary_key=True, max_length=8)
    name_de = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return self.number


class AccountRule(models.Model):
    """Which account a fact goes to, dated: the account determination."""

    id = models.BigAutoField(primary_key=True)
    purpose = models.CharField(max_length=20)  # receivable, revenue, tax, bank, provider, cash, bad_debt …
    tax_code = models.CharField(max_length=12, blank=True)
    tax_rate = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    account = models.ForeignKey(Account, models.PROTECT)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["purpose", "tax_code", "tax_rate"],
                nulls_distinct=False,
                name="a_purpose_has_one_account",
            ),
        ]


class Entry(models.Model):
    """A journal entry: balanced, gapless, immutable. Its lines are sealed with it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.BigIntegerField(unique=True)  # gapless
    # What caused it (invoice, payment …): posting twice finds the first.
    source = models.CharField(max_length=20)
    source_id = models.UUIDField()
    document_number = models.CharField(max_length=40)
    booked_on = models.DateField()
    text = models.CharField(max_length=200)
    posted_at = models.DateTimeField()
    actor_name = models.CharField(max_length=120)
    currency = models.CharField(max_length=3)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_id"], name="a_source_is_posted_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["-booked_on", "-number"], name="entries_by_date")]


class EntryLine(models.Model):
    """One side of an entry: debit positive, credit negative."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    account = models.ForeignKey(Account, models.PROTECT, related_name="lines", db_index=False)
    amount = models.DecimalField(**_amount)
    party_id = models.UUIDField(null=True)
    tax_code = models.CharField(max_length=12, blank=True)
    tax_rate = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount=0), name="an_entry_line_is_of_something"),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "id"], name="lines_of_an_account")]


class Seal(models.Model):
    """The hash chain: each hash covers the entry, its lines and the hash before it. Written by a trigger."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="seal")
    number = models.BigIntegerField(unique=True)
    hash = models.BinaryField()


class OpenItem(models.Model):
    """What a party still owes (positive) or is owed (negative) of one document."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.CharField(max_length=20)  # invoice, credit_note, payment
    source_id = models.UUIDField()
    document_number = models.CharField(max_length=40)
    order_id = models.UUIDField(null=True)
    party_id = models.UUIDField(null=True)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(**_amount)
    open_amount = models.DecimalField(**_amount)
    booked_on = models.DateField()
    due_on = models.DateField()
    cleared_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_id"], name="a_document_is_one_open_item"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, open_amount__gte=0, open_amount__lte=models.F("amount"))
                | Q(amount__lt=0, open_amount__lte=0, open_amount__gte=models.F("amount")),
                name="an_open_item_shrinks_to_zero",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on", "id"], condition=~Q(open_amount=0), name="open_items_by_due_date"),
            models.Index(fields=["order_id"], name="open_items_of_an_order"),
            models.Index(fields=["party_id"], condition=~Q(open_amount=0), name="open_items_of_a_party"),
        ]


class Match(models.Model):
    """So much of a payment or credit note settles so much of an open item (Ausziffern). Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    credit = models.ForeignKey(OpenItem, models.PROTECT, related_name="settles", db_index=False)
    debit = models.ForeignKey(OpenItem, models.PROTECT, related_name="settled_by")
    amount = models.DecimalField(**_amount)
    matched_at = models.DateTimeField(db_default=Now())
    actor_name = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_match_is_of_something"),
        ]
        indexes: ClassVar = [models.Index(fields=["credit"], name="matches_of_a_credit")]
