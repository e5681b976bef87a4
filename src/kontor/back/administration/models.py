"""Saved views of lists, shared by everybody who may see the list."""

from typing import ClassVar

from django.db import models

from kontor.kernel.ids import uuid7


class SavedView(models.Model):
    """A list's filter, order and columns under a name: a view is a URL."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)
    owner = models.ForeignKey("actor.StaffAccount", models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["page", "owner", "name"], name="a_view_name_is_used_once_per_list"
            ),
        ]
