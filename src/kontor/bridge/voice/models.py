"""Voice: what the back must hear of customers, without who they are; and what it says in return."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, Upper
from django.utils.translation import gettext_lazy as _

from kontor.kernel.ids import uuid7


class Signal(models.Model):
    """A problem or a need that met a customer, in masked words. Who it was stands in ``SignalOrigin`` alone."""

    class Kind(models.TextChoices):
        PROBLEM = "problem", _("Problem")
        NEED = "need", _("Need")

    class Source(models.TextChoices):
        CASE = "case", _("Customer's matter")
        RETURN = "return", _("Return")
        REVIEW = "review", _("Review")
        SEARCH = "search", _("Search without result")
        QUESTION = "question", _("Unanswered question")
        CHECKOUT = "checkout", _("Checkout left")
        WISH = "wish", _("Idea or wish")
        STILL_BROKEN = "still", _("Still broken")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=160, unique=True)  # source and what it came from: heard once
    kind = models.CharField(max_length=8, choices=Kind)
    source = models.CharField(max_length=10, choices=Source)
    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, null=True, db_index=False)
    # Until lots exist: the production or purchase order the goods came from.
    lot = models.CharField(max_length=60, blank=True, db_default="")
    words = models.TextField(blank=True, db_default="")  # masked before they come here
    language = models.CharField(max_length=2, db_default="de")
    reason = models.CharField(
        max_length=40, blank=True, db_default=""
    )  # a code: of the return, of the step left
    stars = models.PositiveSmallIntegerField(null=True)
    times = models.PositiveIntegerField(db_default=1)  # the same search many times on a day is one signal
    outcome = models.CharField(max_length=20, blank=True, db_default="")  # how its case was closed
    at = models.DateTimeField(db_default=Now())
    amended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-at", "-id"], name="signals_by_time"),
            models.Index(fields=["offering", "at"], name="signals_of_an_offering"),
            models.Index(fields=["lot", "-at"], condition=~Q(lot=""), name="signals_of_a_lot"),
            GinIndex(OpClass(Upper("words"), name="gin_trgm_ops"), name="signals_by_words"),
        ]


class SignalOrigin(models.Model):
    """Whom a signal came from, so that the answer finds them. The role of product conception has no grant here."""

    signal = models.OneToOneField(Signal, models.PROTECT, primary_key=True, related_name="origin")
    party_id = models.UUIDField(null=True)
    email = models.CharField(max_length=254, blank=True, db_default="")
    name = models.CharField(max_length=120, blank=True, db_default="")
    language = models.CharField(max_length=2, db_default="de")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, db_index=True)
    order_line = models.ForeignKey("orders.OrderLine", models.PROTECT, null=True, db_index=False)


class Answer(models.Model):
    """What the house says to a problem or a need, in plain words of both languages."""

    class Verdict(models.TextChoices):
        DONE = "done", _("Done")
        DECLINED = "declined", _("Declined")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem_id = models.UUIDField(db_index=True)  # improvement's; the bridge does not know that room
    problem_number = models.CharField(max_length=20)
    verdict = models.CharField(max_length=8, choices=Verdict)
    text_de = models.TextField()
    text_en = models.TextField()
    at = models.DateTimeField(db_default=Now())
    given_by = models.CharField(max_length=120)


class Telling(models.Model):
    """This answer is for whoever was behind this signal; ``told_at`` once the mail of that person is queued."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="tellings", db_index=False)
    signal = models.ForeignKey(Signal, models.PROTECT, related_name="tellings")
    told_at = models.DateTimeField(null=True)
    # The notice of that person; none where nobody is left who could be told.
    notice_id = models.UUIDField(null=True, db_index=False)
    still_broken_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "signal"], name="an_answer_tells_a_signal_once"),
        ]


class Notice(models.Model):
    """What one person was told: an answer once for all their signals. They alone see it, by the link in their mail.

    ``person`` names who it is (the party, else the mail address): one answer tells a person once.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    answer = models.ForeignKey(Answer, models.PROTECT, related_name="notices", db_index=False)
    person = models.CharField(max_length=260)
    # No foreign key: who wrote without being a customer gets an id of their own, for the link's token.
    party_id = models.UUIDField(db_index=True)
    language = models.CharField(max_length=2)
    verdict = models.CharField(max_length=8, choices=Answer.Verdict)
    text = models.TextField()
    # What the person had brought, in the house's words for it; not what others did.
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, db_index=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "person"], name="an_answer_tells_a_person_once"),
        ]


class Reply(models.Model):
    """Somebody says that what they were told is done is still broken. A request of the public: own notice, once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.OneToOneField(Notice, models.PROTECT, related_name="reply")
    party_id = models.UUIDField()
    words = models.CharField(max_length=4000, blank=True)
    at = models.DateTimeField(db_default=Now())


class Sale(models.Model):
    """How much of an offering was ordered on a day, without orders: what signals are measured against."""

    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, db_index=False)
    on = models.DateField()  # a day of the house
    quantity = models.DecimalField(max_digits=16, decimal_places=4)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["on", "offering"], name="a_day_counts_an_offering_once"),
        ]


class SaleCount(models.Model):
    """Until when sales are counted: one row."""

    counted_at = models.DateTimeField()
    all_counted_on = models.DateField()


class SearchMiss(models.Model):
    """What visitors looked for on a day and did not find, as typed; gone once it is a signal and the day is over."""

    on = models.DateField()
    language = models.CharField(max_length=2)
    text = models.CharField(max_length=120)
    times = models.PositiveIntegerField(db_default=1)
    heard_times = models.PositiveIntegerField(db_default=0)  # how many of them the signal knows of

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["on", "language", "text"], name="a_day_notes_a_search_once"),
        ]


class Review(models.Model):
    """What a customer who received an article says of it: a request that the worker shows or has looked at."""

    class State(models.TextChoices):
        WRITTEN = "written", _("Written")
        HELD = "held", _("To be looked at")
        SHOWN = "shown", _("Shown")
        DECLINED = "declined", _("Not shown")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party_id = models.UUIDField()
    order_line = models.ForeignKey("orders.OrderLine", models.PROTECT, db_index=False)
    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, db_index=False)
    stars = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=4000, blank=True)
    shown_as = models.CharField(max_length=40, blank=True)  # empty: a customer
    language = models.CharField(max_length=2)
    at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=8, choices=State, db_default="written")
    held_because = models.CharField(max_length=20, blank=True, db_default="")  # a code
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True, db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party_id", "offering"], name="a_customer_reviews_an_article_once"
            ),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="a_review_has_one_to_five_stars"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["at"], condition=Q(state="held"), name="reviews_to_look_at"),
        ]


class ShownReview(models.Model):
    """What everybody reads of a review: no party, no order."""

    review = models.OneToOneField(Review, models.PROTECT, primary_key=True, related_name="shown")
    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, db_index=False)
    stars = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=4000)
    shown_as = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    on = models.DateField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["offering", "-on"], name="reviews_of_an_offering"),
        ]
