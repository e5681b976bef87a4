"""Staff accounts: one login for the desk and the back office; departments carry the rights."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kontor.kernel.ids import uuid7


class StaffAccounts(BaseUserManager["StaffAccount"]):
    def get_by_natural_key(self, username: str | None) -> "StaffAccount":
        return self.get(email__iexact=username)


class Department(models.Model):
    """A department of the front or the back; its ``rights`` are what its members may do."""

    class Side(models.TextChoices):
        FRONT = "front", _("Front office")
        BACK = "back", _("Back office")

    code = models.SlugField(primary_key=True, max_length=40)
    name_de = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    side = models.CharField(max_length=5, choices=Side)
    rights = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)
    rights_changed_at = models.DateTimeField(null=True)  # since then the house's own rights count

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.name_en


class StaffAccount(AbstractBaseUser):
    """A member of staff who can log in. Personnel data lives in the back, not here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    # What they chose; empty: nothing yet, so their browser says it, and mails come in the house's language.
    language = models.CharField(max_length=2, blank=True, default="")
    is_active = models.BooleanField(default=True)
    departments = models.ManyToManyField(Department, related_name="staff")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[StaffAccounts] = StaffAccounts()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="a_staff_email_is_used_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def mail_language(self) -> str:
        """The language in which mails to this person are written."""
        return self.language or settings.LANGUAGE_CODE[:2]


class HousePart(models.Model):
    """A page of a room on the desk or in the back, as its room declares it: what the other plane cannot load itself."""

    id = models.BigAutoField(primary_key=True)
    plane = models.CharField(max_length=8)
    url_name = models.CharField(max_length=80)
    department = models.CharField(max_length=40)
    label_de = models.CharField(max_length=80)
    label_en = models.CharField(max_length=80)
    path = models.CharField(max_length=120)
    icon = models.CharField(max_length=40)
    right = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plane", "url_name", "department"], name="a_page_stands_once_in_the_house"
            ),
        ]


class PasswordLink(models.Model):
    """A link to choose a password with, used once; only the token's sha256 is kept.

    Without an account it is the link with which the first administrator begins.
    """

    hash = models.BinaryField(primary_key=True)
    account = models.ForeignKey(StaffAccount, models.CASCADE, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class LoginAttempt(models.Model):
    """A failed staff login, so that guessing is slowed down."""

    email_key = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField()
