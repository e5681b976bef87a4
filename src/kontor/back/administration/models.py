"""Saved views of lists, and files of long lists that the worker makes."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from kontor.back.administration.importing.models import ImportFile, ImportRow, ImportTemplate
from kontor.kernel.ids import uuid7

__all__ = ["Export", "ImportFile", "ImportRow", "ImportTemplate", "SavedView"]


class SavedView(models.Model):
    """A list's filter, order and columns under a name: a view is a URL. Its owner's alone, or everybody's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)
    owner = models.ForeignKey("actor.StaffAccount", models.CASCADE, related_name="+")
    is_shared = models.BooleanField(db_default=True)  # those from before one could choose are everybody's

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["page", "owner", "name"], name="a_view_name_is_used_once_per_list"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Export(models.Model):
    """A long list as a file: asked for by one person, made by the worker, downloaded by the same person."""

    class Kind(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.CharField(max_length=60)
    query = models.CharField(max_length=500)
    kind = models.CharField(max_length=4, choices=Kind, db_default="csv")
    language = models.CharField(max_length=2)
    owner = models.ForeignKey("actor.StaffAccount", models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    rows = models.PositiveIntegerField(db_default=0)
    done_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=80, db_default="")
    content = models.BinaryField(null=True)

    def __str__(self) -> str:
        return self.name
