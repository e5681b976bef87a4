"""Cases: matters to be settled; interactions: single contacts about them (n:m); a mail thread is not a case."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower, Now
from django.utils.translation import gettext_lazy as _

from kontor.kernel.ids import uuid7


class Case(models.Model):
    """A matter to be settled. ``party_id`` may be a visitor who is no party; ``merged_into`` only points.

    What the public inserts is a request: whose order is meant is checked by the worker (``received_at``).
    """

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question")
        COMPLAINT = "complaint", _("Complaint")
        RETURN = "return", _("Return")
        WITHDRAWAL = "withdrawal", _("Withdrawal")
        WISH = "wish", _("Idea or wish")
        OTHER = "other", _("Other matter")

    class Channel(models.TextChoices):
        FORM = "form", _("Written form")
        ORDER = "order", _("Order page")
        PRODUCT = "product", _("Product page")
        MAIL = "mail", _("E-mail")
        CALL = "call", _("Phone")
        LETTER = "letter", _("Letter")
        VISIT = "visit", _("Visit")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        WAITING = "waiting", _("Waiting for the customer")
        CLOSED = "closed", _("Closed")

    class CloseReason(models.TextChoices):
        SOLVED = "solved", _("Solved")
        ANSWERED = "answered", _("Answered")
        DECLINED = "declined", _("Declined")
        DUPLICATE = "duplicate", _("Already known")
        NO_REPLY = "no_reply", _("No reply from the customer")
        SPAM = "spam", _("Spam")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Drawn by the database (sequence cases_number).
    number = models.CharField(max_length=20, unique=True, db_default="")
    kind = models.CharField(max_length=12, choices=Kind)
    channel = models.CharField(max_length=8, choices=Channel)
    subject = models.CharField(max_length=200)
    # No foreign key: a visitor who writes need not be a party.
    party_id = models.UUIDField(null=True)
    name = models.CharField(max_length=120, blank=True, db_default="")
    email = models.CharField(max_length=254, blank=True, db_default="")
    phone = models.CharField(max_length=40, blank=True, db_default="")
    language = models.CharField(max_length=2, db_default="de")
    # What the writer said the order or contract is called; ``order`` is what the house found to be meant.
    stated_order = models.CharField(max_length=120, blank=True, db_default="")
    order = models.ForeignKey("orders.Order", models.PROTECT, null=True, related_name="cases")
    order_line = models.ForeignKey("orders.OrderLine", models.PROTECT, null=True, db_index=False)
    offering = models.ForeignKey("catalogue.Offering", models.PROTECT, null=True, db_index=False)
    state = models.CharField(max_length=8, choices=State, db_default="open")
    queue = models.CharField(max_length=40, db_default="care")  # the department that answers
    opened_at = models.DateTimeField(db_default=Now())
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_steps = models.JSONField(null=True)  # how the due date came about, for people
    first_answered_at = models.DateTimeField(null=True)
    # No foreign key: the public plane has no staff accounts.
    claimed_by_id = models.UUIDField(null=True)
    claimed_by_name = models.CharField(max_length=120, blank=True, db_default="")
    claimed_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(db_default=Now())  # of the latest interaction
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=10, choices=CloseReason, blank=True, db_default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    rating = models.PositiveSmallIntegerField(null=True)
    rated_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                name="a_closed_case_says_when",
            ),
            models.CheckConstraint(
                condition=Q(claimed_at=None) | Q(claimed_by_id__isnull=False),
                name="a_claim_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__range=(1, 5)), name="a_rating_is_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("id")),
                name="a_case_is_not_merged_into_itself",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party_id", "-id"], name="cases_of_a_party"),
            models.Index(fields=["-last_at", "-id"], name="cases_by_last_contact"),
            # The tabs of the inbox, each in its order; a merged case stands in its target only.
            models.Index(
                "queue",
                Coalesce("due_at", "opened_at"),
                "id",
                condition=Q(state="open", merged_into=None),
                name="open_matters_of_a_queue",
            ),
            models.Index(
                "queue",
                Coalesce("due_at", "opened_at"),
                "id",
                condition=Q(state="open", merged_into=None, claimed_by_id=None),
                name="unclaimed_matters_of_a_queue",
            ),
            models.Index(
                "claimed_by_id",
                Coalesce("due_at", "opened_at"),
                "id",
                condition=Q(state="open", merged_into=None),
                name="open_matters_of_a_clerk",
            ),
            models.Index(
                fields=["queue", "last_at", "id"],
                condition=Q(state="waiting", merged_into=None),
                name="waiting_matters_of_a_queue",
            ),
            models.Index(
                fields=["queue", "-closed_at", "-id"],
                condition=Q(state="closed", merged_into=None),
                name="closed_matters_of_a_queue",
            ),
            models.Index(
                Lower("email"), models.F("id").desc(), condition=~Q(email=""), name="cases_of_an_email"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Interaction(models.Model):
    """One contact: a mail, a call, a letter, a visit, a form, or a note among staff. Append-only."""

    class Direction(models.TextChoices):
        IN = "in", _("From the customer")
        OUT = "out", _("To the customer")
        INTERNAL = "internal", _("Among staff")

    class Kind(models.TextChoices):
        FORM = "form", _("Written form")
        MAIL = "mail", _("E-mail")
        CALL = "call", _("Phone call")
        LETTER = "letter", _("Letter")
        VISIT = "visit", _("Visit")
        NOTE = "note", _("Note")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    direction = models.CharField(max_length=8, choices=Direction)
    kind = models.CharField(max_length=8, choices=Kind)
    party_id = models.UUIDField(null=True)
    author_name = models.CharField(max_length=120, blank=True, db_default="")
    author_email = models.CharField(max_length=254, blank=True, db_default="")
    staff_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=250, blank=True, db_default="")
    text = models.TextField()
    # What a mail quotes of earlier ones: folded away on the screen.
    quoted = models.TextField(blank=True, db_default="")
    at = models.DateTimeField(db_default=Now())
    message_id = models.CharField(max_length=250, null=True, unique=True)
    sent_to = models.CharField(max_length=254, blank=True, db_default="")  # of a mail to the customer
    is_automatic = models.BooleanField(db_default=False)  # a bounce or an absence note: nobody wrote it
    heard_at = models.DateTimeField(null=True)  # when the worker reopened and dated the case for it

    class Meta:
        indexes: ClassVar = [models.Index(fields=["party_id", "-id"], name="contacts_of_a_party")]


class CaseInteraction(models.Model):
    """This contact is about this case; one contact may be about several."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="contacts", db_index=False)
    interaction = models.ForeignKey(Interaction, models.PROTECT, related_name="cases")
    party_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "interaction"], name="a_contact_joins_a_case_once"),
        ]


class Attachment(models.Model):
    """A file somebody sent or was sent; ``media_type`` is what the bytes are, not what the sender says."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    interaction = models.ForeignKey(Interaction, models.PROTECT, related_name="attachments")
    party_id = models.UUIDField(null=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    # What the sender said it is, where that is something else: such a file is marked.
    stated_type = models.CharField(max_length=80, blank=True, db_default="")
    size = models.PositiveIntegerField()
    sha256 = models.BinaryField()
    content = models.BinaryField()
    at = models.DateTimeField(db_default=Now())
