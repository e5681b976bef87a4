"""Parties: persons and organisations, their addresses, and the customers' own logins."""

from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
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
    # Paying ahead, 0 is never: reminded and ended so many days, online so many hours after the confirmation.
    reminder_days = models.PositiveSmallIntegerField(default=7, db_default=7)
    prepayment_days = models.PositiveSmallIntegerField(default=14, db_default=14)
    online_hours = models.PositiveSmallIntegerField(default=24, db_default=24)
    release_limit = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(5000))
    brand = models.CharField(max_length=60, blank=True, default="", db_default="")  # empty: the name
    radius = models.PositiveSmallIntegerField(default=8, db_default=8)
    logo = models.CharField(max_length=40, blank=True, default="", db_default="")  # the name of a Logo
    # § 19 UStG, half-open; without a first day the house is taxed as usual.
    small_business_from = models.DateField(null=True, blank=True)
    small_business_until = models.DateField(null=True, blank=True)
    changed_by = models.CharField(max_length=120, blank=True, default="", db_default="")

    def __str__(self) -> str:
        return self.name


class Logo(models.Model):
    """A logo as it was checked and stored; named by its content, never changed."""

    name = models.CharField(primary_key=True, max_length=40)
    media_type = models.CharField(max_length=20)
    content = models.BinaryField()
    stored_at = models.DateTimeField(db_default=Now())


class Door(models.Model):
    """Something of the house that is open to customers or shut. Its words are those the rooms declare."""

    code = models.SlugField(primary_key=True, max_length=40)
    department = models.CharField(max_length=40)
    icon = models.CharField(max_length=40)
    label_de = models.CharField(max_length=80)
    label_en = models.CharField(max_length=80)
    words_de = models.CharField(max_length=200)
    words_en = models.CharField(max_length=200)
    path = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    is_open = models.BooleanField(db_default=True)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.CharField(max_length=120, db_default="")

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.code


def _span_constraints(name: str, of: str, *also: str) -> list[models.BaseConstraint]:
    """Minutes of a day that run forwards, and spans of one day that do not overlap."""
    span = Func("from_minute", "until_minute", function="int4range", output_field=IntegerRangeField())
    return [
        models.CheckConstraint(
            condition=Q(from_minute__gte=0, until_minute__lte=1440, until_minute__gt=F("from_minute")),
            name=f"{name}_end_after_they_begin",
        ),
        ExclusionConstraint(
            name=f"{name}_do_not_overlap",
            expressions=[
                (of, RangeOperators.EQUAL),
                *((field, RangeOperators.EQUAL) for field in also),
                (span, RangeOperators.OVERLAPS),
            ],
        ),
    ]


class Place(models.Model):
    """Where the house is to be found, with opening hours; exactly one is the main place."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name_de = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    street = models.CharField(max_length=120)
    postal_code = models.CharField(max_length=12)
    city = models.CharField(max_length=80)
    country = models.CharField(max_length=2, default="DE")
    land = models.CharField(max_length=2, default="HB")
    phone = models.CharField(max_length=40, blank=True, default="")
    email = models.CharField(max_length=254, blank=True, default="")
    opens_on_holidays = models.BooleanField(default=False)
    is_main = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-is_main", "position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_main"], condition=Q(is_main=True), name="a_house_has_one_main_place"
            ),
            models.CheckConstraint(
                condition=Q(is_main=False) | Q(closed_at=None), name="the_main_place_is_not_given_up"
            ),
        ]

    def __str__(self) -> str:
        return self.name_de


class OpeningSpan(models.Model):
    """From when until when a place is open on a weekday (Monday is 0); several a day. Minutes on the wall."""

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey(Place, models.CASCADE, related_name="spans")
    weekday = models.PositiveSmallIntegerField()
    from_minute = models.PositiveSmallIntegerField()
    until_minute = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["weekday", "from_minute"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_week_has_seven_days"),
            *_span_constraints("opening_hours", "place", "weekday"),
        ]


class SpecialDay(models.Model):
    """A day on which a place is closed (without spans) or open otherwise than usual."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey(Place, models.CASCADE, related_name="special_days")
    on = models.DateField()
    reason_de = models.CharField(max_length=120, blank=True, default="")
    reason_en = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "on"], name="a_special_day_stands_once_per_place"),
        ]


class SpecialSpan(models.Model):
    """From when until when a place is open on a special day."""

    id = models.BigAutoField(primary_key=True)
    day = models.ForeignKey(SpecialDay, models.CASCADE, related_name="spans")
    from_minute = models.PositiveSmallIntegerField()
    until_minute = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["from_minute"]
        constraints: ClassVar = _span_constraints("special_hours", "day")


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
