"""What the set-up asks for."""

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from kontor.back.administration.setting_up import checking
from kontor.back.administration.setting_up.hours import spans_of
from kontor.kernel.clocks.calendars import LANDS
from kontor.kernel.clocks.opening import Span
from kontor.kernel.errors import Refusal
from kontor.kernel.ui.widgets import DayInput

_no_nul = ProhibitNullCharactersValidator()
CURRENCIES = (("EUR", "EUR"), ("CHF", "CHF"), ("GBP", "GBP"), ("USD", "USD"))
COUNTRIES = (("DE", _("Germany")), ("AT", _("Austria")), ("CH", _("Switzerland")))
WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)


def land_choices() -> list[tuple[str, Any]]:
    """The German Länder, whose holidays close a place; none is taken for granted."""
    return [("", _("Please choose")), *((code, names[0]) for code, names in LANDS.items())]


def land_of(form: forms.Form) -> str:
    """The Land that was chosen; in Germany one must be."""
    cleaned = form.cleaned_data
    if cleaned["land"] == "" and cleaned.get("country") == "DE":
        raise forms.ValidationError(_("Choose the federal state: its public holidays close your house."))
    return str(cleaned["land"])


def zone_choices() -> list[tuple[str, str]]:
    """Time zones of cities, the near ones first."""
    near = ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich")
    others = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [
        (name, name.replace("_", " ")) for name in (*near, *(name for name in others if name not in near))
    ]


def line(label: Any, length: int, *, required: bool = False, **options: Any) -> forms.CharField:
    """A line of text."""
    return forms.CharField(label=label, max_length=length, required=required, validators=[_no_nul], **options)


def said(check: Callable[[], str]) -> str:
    """What a check makes of a value; its refusal becomes an error of the field."""
    try:
        return check()
    except Refusal as refusal:
        raise forms.ValidationError(str(refusal)) from refusal


class OrganisationForm(forms.Form):
    """The organisation: whom letters come from and who owes the taxes."""

    name = line(_("Name in full, with the legal form"), 120, required=True)
    brand = line(_("Short name for the sites"), 60)
    legal_form_line = line(_("A line below the name"), 200)
    street = line(_("Street and number"), 120, required=True)
    postal_code = line(_("Postal code"), 12, required=True)
    city = line(_("City"), 80, required=True)
    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES)
    land = forms.ChoiceField(
        label=_("Federal state (for public holidays)"), choices=land_choices, required=False
    )
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    phone = line(_("Phone"), 40)
    website = line(_("Website"), 120)
    managing_director = line(_("Represented by"), 120)
    register_line = line(_("Commercial register"), 120)
    vat_id = line(_("VAT identification number"), 24)
    tax_number = line(_("Tax number"), 30)
    bank_name = line(_("Bank"), 80)
    iban = line(_("IBAN"), 42)
    bic = line(_("BIC"), 14)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def clean_land(self) -> str:
        """Chosen, in Germany."""
        return land_of(self)

    def clean_vat_id(self) -> str:
        """Well formed, with fitting check digits."""
        return said(lambda: checking.vat_id(self.cleaned_data["vat_id"]))

    def clean_iban(self) -> str:
        """Well formed, with fitting check digits."""
        return said(lambda: checking.iban(self.cleaned_data["iban"]))

    def clean_bic(self) -> str:
        """Well formed; of a German account it is known."""
        return said(lambda: checking.bic(self.cleaned_data["bic"], self.cleaned_data.get("iban", "")))

    def clean_tax_number(self) -> str:
        """As a German tax office writes it."""
        country = self.cleaned_data.get("country", "")
        return said(lambda: checking.tax_number(self.cleaned_data["tax_number"], country))


class LookForm(forms.Form):
    """Two hues and how round corners are."""

    hue = forms.IntegerField(
        label=_("Main hue"),
        validators=[MinValueValidator(0), MaxValueValidator(359)],
        widget=forms.NumberInput(
            {"type": "range", "min": 0, "max": 359, "data-hue": "--hue", "class": "hue-range"}
        ),
    )
    hue_accent = forms.IntegerField(
        label=_("Accent hue"),
        validators=[MinValueValidator(0), MaxValueValidator(359)],
        widget=forms.NumberInput(
            {
                "type": "range",
                "min": 0,
                "max": 359,
                "data-hue": "--hue-accent",
                "class": "hue-range is-accent",
            }
        ),
    )
    radius = forms.IntegerField(
        label=_("Roundness of corners"),
        validators=[MinValueValidator(0), MaxValueValidator(20)],
        widget=forms.NumberInput(
            {"type": "range", "min": 0, "max": 20, "data-hue": "--radius", "data-hue-unit": "px"}
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class LogoForm(forms.Form):
    """A picture to be the logo."""

    logo = forms.FileField(
        label=_("Logo"),
        widget=forms.FileInput({"accept": ".svg,.png,.jpg,.jpeg,image/svg+xml,image/png,image/jpeg"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class HoursField(forms.CharField):
    """Opening hours of a day; the cleaned value is a list of spans."""

    def clean(self, value: Any) -> list[Span]:
        """Spans of minutes; none when closed."""
        text = super().clean(value)
        try:
            return spans_of(text)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


def _hours(label: Any) -> HoursField:
    return HoursField(label=label, max_length=120, required=False, validators=[_no_nul])


class PlaceForm(forms.Form):
    """A place and its usual hours."""

    name_de = line(_("Name"), 80, required=True)
    name_en = line(_("Name in English"), 80)
    street = line(_("Street and number"), 120, required=True)
    postal_code = line(_("Postal code"), 12, required=True)
    city = line(_("City"), 80, required=True)
    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES)
    land = forms.ChoiceField(
        label=_("Federal state (for public holidays)"), choices=land_choices, required=False
    )
    phone = line(_("Phone"), 40)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)
    opens_on_holidays = forms.BooleanField(label=_("Open on public holidays, too"), required=False)
    day_0, day_1, day_2, day_3, day_4, day_5, day_6 = (_hours(name) for name in WEEKDAYS)

    def week(self) -> Mapping[int, list[Span]]:
        """The cleaned hours by weekday."""
        return {day: spans for day in range(7) if (spans := self.cleaned_data[f"day_{day}"])}

    def days(self) -> list[Any]:
        """The fields of the week, to be drawn in their order."""
        return [self[f"day_{day}"] for day in range(7)]


class SpecialDayForm(forms.Form):
    """A day that is not as usual."""

    on = forms.DateField(label=_("Day"), widget=DayInput)
    hours = _hours(_("Hours (empty: closed)"))
    reason_de = line(_("Reason"), 120)
    reason_en = line(_("Reason in English"), 120)


class RangeForm(forms.Form):
    """How the numbers of a range look."""

    begins_with = line(_("Prefix"), 20)
    width = forms.IntegerField(label=_("Digits"), min_value=1, max_value=12)
    next_value = forms.IntegerField(label=_("Next number"), min_value=1, max_value=10**12)


class TermsForm(forms.Form):
    """What the house promises and grants by itself."""

    handling_days = forms.IntegerField(label=_("Working days until goods leave"), min_value=0, max_value=60)
    payment_days = forms.IntegerField(label=_("Days to pay"), min_value=0, max_value=180)
    reminder_days = forms.IntegerField(
        label=_("Prepayment: remind after days"), min_value=0, max_value=365, required=False
    )
    prepayment_days = forms.IntegerField(
        label=_("Prepayment: cancel after days"), min_value=0, max_value=365, required=False
    )
    online_hours = forms.IntegerField(
        label=_("Online payment: cancel after hours"), min_value=0, max_value=8760, required=False
    )
    release_limit = forms.DecimalField(
        label=_("Released by itself up to"), min_value=0, max_digits=12, decimal_places=2, localize=True
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Empty is never; who is reminded has some days left."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("reminder_days", "prepayment_days", "online_hours"):
            if name not in self.errors:
                cleaned[name] = cleaned.get(name) or 0
        reminded, ended = cleaned.get("reminder_days"), cleaned.get("prepayment_days")
        if reminded and ended and reminded >= ended:
            self.add_error("reminder_days", _("Remind before the order is cancelled: fewer days than there."))
        return cleaned


class SmallBusinessForm(forms.Form):
    """The scheme of § 19 UStG, with its days."""

    small_business_from = forms.DateField(label=_("Small business from"), widget=DayInput, required=False)
    small_business_until = forms.DateField(label=_("until before"), widget=DayInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ShippingForm(forms.Form):
    """A way for goods to travel."""

    code = forms.SlugField(label=_("Short name in addresses"), max_length=20)
    name_de = line(_("Name"), 80, required=True)
    name_en = line(_("Name in English"), 80)
    price = forms.DecimalField(
        label=_("Price with tax"), min_value=0, max_digits=8, decimal_places=2, localize=True
    )
    free_from = forms.DecimalField(
        label=_("Free from goods worth"),
        min_value=0,
        max_digits=10,
        decimal_places=2,
        localize=True,
        required=False,
    )
    transit_days = forms.IntegerField(label=_("Working days on the way"), min_value=0, max_value=60)
    position = forms.IntegerField(label=_("Position"), min_value=0, max_value=999)


class BeginForm(forms.Form):
    """The first administrator and the house's name."""

    house = line(_("Name of your organisation"), 120, required=True)
    name = line(_("Your name"), 120, required=True)
    email = forms.EmailField(label=_("Your e-mail address"), max_length=254)
    password = forms.CharField(label=_("Password"), max_length=200, widget=forms.PasswordInput, strip=False)
