"""Documents: versioned papers, frozen when issued; files are rows under the wall."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kontor.kernel.ids import uuid7


class Document(models.Model):
    """A paper of the house: what it says is frozen in ``frozen``; its file is rendered from that."""

    class Kind(models.TextChoices):
        CONFIRMATION = "confirmation", _("Order confirmation")
        INVOICE = "invoice", _("Invoice")
        CREDIT_NOTE = "credit_note", _("Credit note")
        DELIVERY_NOTE = "delivery_note", _("Delivery note")
        LABEL = "label", _("Parcel label")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=16, choices=Kind)
    number = models.CharField(max_length=40)
    party_id = models.UUIDField(null=True)
    subject_id = models.UUIDField(db_index=True)  # the order it belongs to
    template_version = models.CharField(max_length=20)
    frozen = models.JSONField()
    is_public = models.BooleanField(default=False)  # may its party download it
    issued_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "number"], name="a_document_number_is_used_once_per_kind"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["party_id", "issued_at"], name="documents_of_a_party")]

    def __str__(self) -> str:
        return self.number


class DocumentFile(models.Model):
    """The rendered file of a document, checked before anybody gets it."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="file")
    party_id = models.UUIDField(null=True)
    is_public = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    content = models.BinaryField()
    sha256 = models.BinaryField()
    rendered_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
