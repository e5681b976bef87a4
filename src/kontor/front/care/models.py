"""What customer care keeps for itself: drafts, snippets, answer times, and the mails that came in."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kontor.kernel.ids import uuid7


class Draft(models.Model):
    """What a clerk has begun to write about a case; one per clerk and case, kept until it is sent."""

    case_id = models.UUIDField()
    staff_id = models.UUIDField()
    text = models.TextField()
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case_id", "staff_id"], name="a_clerk_has_one_draft_a_case"),
        ]


class DraftFile(models.Model):
    """A file of an answer that is being written: the clerk's own until it is sent with it, removed or dropped."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_id = models.UUIDField()
    staff_id = models.UUIDField()
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.BinaryField()
    content = models.BinaryField()
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            # The same file chosen twice is one file.
            models.UniqueConstraint(
                fields=["case_id", "staff_id", "sha256", "name"], name="a_draft_has_a_file_once"
            ),
        ]


class Snippet(models.Model):
    """Words that clerks use often, in two languages; placeholders such as ``{name}`` only, nothing is run."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(max_length=80)
    text_de = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    changed_at = models.DateTimeField(db_default=Now())
    changed_by = models.CharField(max_length=120, blank=True, db_default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(text_de="", text_en=""), name="a_snippet_says_something"
            ),
            models.UniqueConstraint(fields=["title"], name="a_snippet_has_a_title_of_its_own"),
        ]

    def __str__(self) -> str:
        return self.title


class AnswerTime(models.Model):
    """Within how many minutes of opening hours a matter of a kind is to be answered, from a day on."""

    kind = models.CharField(max_length=12)
    minutes = models.PositiveIntegerField()
    valid_from = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="an_answer_time_begins_once_a_day"),
        ]


class IncomingMail(models.Model):
    """A mail as it came in, kept whole (``raw``; of what is too large its beginning only). Append-only but for
    its outcome: taken into a case, or kept aside with the reason. ``answered``: the Message-IDs it names, for a mail
    that comes in after the answer to it.
    """

    class State(models.TextChoices):
        TAKEN = "taken", _("Taken into a matter")
        KEPT = "kept", _("Kept aside")
        DISMISSED = "dismissed", _("Looked through")

    class Reason(models.TextChoices):
        NONE = "", _("None")
        BROKEN = "broken", _("It cannot be read.")
        NO_SENDER = "no_sender", _("It names no sender.")
        TOO_LARGE = "too_large", _("It is larger than 25 MB.")
        OWN = "own", _("It is one of our own mails that came back.")
        AUTOMATIC = "automatic", _("An automatic answer to a mail that belongs to no matter.")
        BOUNCE = "bounce", _("A mail could not be delivered, and it belongs to no matter.")
        BULK = "bulk", _("A mass mail or a mailing list.")
        TOO_MANY = "too_many", _("This sender wrote too many mails within an hour.")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sha256 = models.BinaryField(unique=True)
    message_id = models.CharField(max_length=250, blank=True)
    answered = ArrayField(models.TextField(), blank=True, db_default=models.Value([]))
    sender = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    source = models.CharField(max_length=8)  # drop or imap
    size = models.PositiveIntegerField()
    raw = models.BinaryField()
    received_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, choices=State)
    reason = models.CharField(max_length=12, choices=Reason, blank=True, db_default="")
    case_number = models.CharField(max_length=20, blank=True, db_default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="kept") | ~models.Q(reason=""), name="a_kept_mail_says_why"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-id"], condition=models.Q(state="kept"), name="mails_kept_aside"),
            models.Index(fields=["sender", "-received_at"], name="mails_of_a_sender"),
            models.Index(
                fields=["message_id"], condition=~models.Q(message_id=""), name="mails_by_message_id"
            ),
            GinIndex(
                fields=["answered"], condition=models.Q(state="taken"), name="mails_by_what_they_answer"
            ),
        ]
