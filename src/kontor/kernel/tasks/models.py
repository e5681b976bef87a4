"""A task: work that exactly one person claims."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from kontor.kernel.ids import uuid7


class Task(models.Model):
    """Something a department must look at. ``key`` keeps the same cause from opening it twice."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=60)
    department = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    subject_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    opened_at = models.DateTimeField(db_default=Now())
    claimed_by = models.ForeignKey("actor.StaffAccount", models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("actor.StaffAccount", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["department", "id"],
                condition=models.Q(done_at=None),
                name="open_tasks_of_a_department",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Mail(models.Model):
    """A mail of the house on its way out. ``key`` names its cause, so that nobody is told twice."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=160, unique=True)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    attachment_name = models.CharField(max_length=120, blank=True)
    attachment_type = models.CharField(max_length=80, blank=True)
    attachment = models.BinaryField(null=True)
    reply_to = models.CharField(max_length=254, blank=True, db_default="")
    in_reply_to = models.CharField(max_length=250, blank=True, db_default="")
    references = models.TextField(blank=True, db_default="")  # Message-IDs of the thread, the oldest first
    is_personal = models.BooleanField(db_default=False)  # somebody wrote it: no "Auto-Submitted"
    queued_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(db_default=0)
    refusals = models.PositiveSmallIntegerField(db_default=0)  # attempts that the server refused for good
    next_try_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True, db_default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(sent_at=None), name="mails_that_wait"),
        ]


class MailFile(models.Model):
    """A further file of a mail on its way out; gone when the mail is sent: the original stands in its own room."""

    mail = models.ForeignKey(Mail, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    content = models.BinaryField()
