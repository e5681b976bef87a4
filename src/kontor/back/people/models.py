"""Personnel: who works here. Only the personnel department sees more than the name."""

from typing import ClassVar

from django.db import models

from kontor.kernel.ids import uuid7


class Employee(models.Model):
    """A person who works here; ``account`` when they log in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=20, unique=True)
    account = models.OneToOneField("actor.StaffAccount", models.PROTECT, null=True, related_name="employee")
    name = models.CharField(max_length=120)
    job_title_de = models.CharField(max_length=80)
    job_title_en = models.CharField(max_length=80)
    hired_on = models.DateField()
    left_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["name"]
        indexes: ClassVar = [
            models.Index(fields=["name", "id"], name="staff_by_name"),
            models.Index(fields=["hired_on", "id"], name="staff_by_first_day"),
        ]
