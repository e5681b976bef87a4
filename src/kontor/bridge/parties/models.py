"""Parties: persons and organisations, their addresses, and the customers' own logins."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from kontor.kernel.ids import uuid7


class House(models.Model):
    """The organisation itself, dated: a change adds a row and the latest counts.

    Invoices name the row they were issued by.
    """

    id = models.BigAutoField(primary_key=True)
    since = models.DateTimeField(db_default=Now())
    name = models.CharField(max_length=120)
    legal_form_line = models.CharField(max_length=200, blank=True)
    street = models.CharField(max_length=120)
    postal_code = models.CharField(max_length=12)
    city = models.CharField(max_length=80)
    country = models.CharField(max_length=2, default="DE")
    land = models.CharField(max_length=4, default="HB")
    email = models.EmailField()
    phone = models.CharField(max_length=40)
    website = models.CharField(max_length=120, blank=True)
    vat_id = models.CharField(max_length=20, blank=True)
    tax_number = models.CharField(max_length=30, blank=True)
    register_line = models.CharField(max_length=120, blank=True)
    managing_director = models.CharField(max_length=120, blank=True)
    bank_name = models.CharField(max_length=80, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    bic = models.CharField(max_length=11, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    jurisdiction = models.CharField(max_length=8, default="DE")
    time_zone = models.CharField(max_length=40, default="Europe/Berlin")
    hue = models.PositiveSmallIntegerField(default=195)
    hue_accent = models.PositiveSmallIntegerField(default=70)
    handling_days = models.PositiveSmallIntegerField(default=1)
    payment_days = models.PositiveSmallIntegerField(default=14)
    release_limit = models.DecimalField(max_digits=14, decimal_places=2, default=5000)

    def __str__(self) -> str:
        return self.name


class Party(models.Model):
    """A person or an organisation; not a login. Erasure anonymises it."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Drawn by the database (sequence parties_number), so the public cannot choose one.
    number = models.CharField(max_length=20, unique=True, editable=False, db_default="")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERSON)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, default="de")
    vat_id = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(Lower("email"), name="parties_by_email"),
            models.Index(Lower("family_name"), name="parties_by_family_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.organisation or f"{self.given_name} {self.family_name}".strip()


class Address(models.Model):
    """A postal address of a party."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey(Party, models.PROTECT, related_name="addresses")
    name = models.CharField(max_length=120)
    extra = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=120)
    postal_code = models.CharField(max_length=12)
    city = models.CharField(max_length=80)
    country = models.CharField(max_length=2, default="DE")
    is_billing = models.BooleanField(default=True)
    is_shipping = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.name}, {self.city}"


class Login(models.Model):
    """A customer's login. The verifier is sha256(argon2id(password, salt)); no public role can read it."""

    party = models.OneToOneField(Party, models.PROTECT, primary_key=True)
    email = models.CharField(max_length=254)
    salt = models.BinaryField()
    verifier = models.BinaryField()
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="a_customer_email_has_one_login"),
        ]


class LoginRequest(models.Model):
    """What a visitor asks for (an account, a new password); the worker answers by mail."""

    class Kind(models.TextChoices):
        SIGN_UP = "sign_up", _("Sign up")
        RESET = "reset", _("New password")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    party_id = models.UUIDField()
    email = models.CharField(max_length=254)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=2, default="de")
    salt = models.BinaryField(null=True)
    verifier = models.BinaryField(null=True)
    requested_at = models.DateTimeField(db_default=Now())
    token_hash = models.BinaryField(null=True)
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token_hash"], name="a_mailed_link_is_unique"),
        ]


class Token(models.Model):
    """What a browser or a mailed link carries; only its sha256 is kept. The key of every row policy."""

    class Kind(models.TextChoices):
        VISIT = "visit", _("Visit")
        SESSION = "session", _("Logged in")
        LINK = "link", _("Mailed link")

    hash = models.BinaryField(primary_key=True)
    # No foreign key: a visitor becomes a party only at the checkout.
    party_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=8, choices=Kind)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()


class LoginFailure(models.Model):
    """A failed customer login, so that guessing is slowed down."""

    email_key = models.BinaryField(db_index=True)
    at = models.DateTimeField(db_default=Now())
