"""What the counter types about customers. Actions and database check everything again."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.bridge.parties.finding import KnownAddress, PartyCard
from kontor.bridge.parties.keeping import AddressDetails, PartyDetails
from kontor.kernel.ids import uuid7

COUNTRIES = [
    ("DE", _("Germany")),
    ("AT", _("Austria")),
    ("CH", _("Switzerland")),
    ("NL", _("Netherlands")),
    ("DK", _("Denmark")),
    ("FR", _("France")),
    ("GB", _("United Kingdom")),
]
_DIGITS = {"DE": 5, "AT": 4, "CH": 4, "DK": 4, "FR": 5}


class PartyForm(forms.Form):
    """Who a customer is."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Person or organisation"),
        choices=[("person", _("Person")), ("organisation", _("Organisation"))],
        initial="person",
        widget=forms.RadioSelect,
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=120, required=False)
    given_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=80, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Write a complete e-mail address, such as name@example.org.")},
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("de", _("German")), ("en", _("English"))], initial="de"
    )
    vat_id = forms.CharField(label=_("VAT ID"), max_length=20, required=False)

    @classmethod
    def of(cls, card: PartyCard) -> "PartyForm":
        """The form as it shows a customer who is known."""
        names = ("kind", *_DETAILS)
        return cls(initial={"key": card.id, **{name: getattr(card, name) for name in names}})

    def clean(self) -> dict[str, Any]:
        """A customer has a name and a way to be reached."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == "organisation":
            if not cleaned.get("organisation"):
                self.add_error("organisation", _("Write the name of the organisation."))
        elif not cleaned.get("family_name"):
            self.add_error("family_name", _("Write the family name."))
        if not (cleaned.get("email") or cleaned.get("phone") or self.errors):
            self.add_error("email", _("Write an e-mail address or a phone number."))
        return cleaned

    def details(self) -> PartyDetails:
        """What was written, for the action."""
        cleaned = self.cleaned_data
        is_person = cleaned["kind"] == "person"
        values = {name: cleaned[name] for name in _DETAILS} | {
            "organisation": "" if is_person else cleaned["organisation"]
        }
        return PartyDetails(kind=cleaned["kind"], **values)


_DETAILS = ("organisation", "given_name", "family_name", "email", "phone", "language", "vat_id")


class AddressForm(forms.Form):
    """Where a customer lives."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name on the parcel"), max_length=120)
    extra = forms.CharField(label=_("Further line"), max_length=120, required=False)
    street = forms.CharField(label=_("Street and house number"), max_length=120)
    postal_code = forms.CharField(label=_("Postcode"), max_length=12)
    city = forms.CharField(label=_("Town"), max_length=80)
    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES, initial="DE")

    @classmethod
    def of(cls, address: KnownAddress) -> "AddressForm":
        """The form as it shows an address that is known."""
        return cls(initial={"key": address.id, **{name: getattr(address, name) for name in _ADDRESS}})

    @classmethod
    def blank(cls, name: str = "") -> "AddressForm":
        """An empty form with a key of its own."""
        return cls(initial={"key": uuid7(), "name": name, "country": "DE"})

    def clean_postal_code(self) -> str:
        """Postcodes have as many digits as their country writes."""
        text = str(self.cleaned_data["postal_code"]).strip()
        digits = _DIGITS.get(self.data.get(self.add_prefix("country"), "DE"))
        if digits and not (text.isascii() and text.isdigit() and len(text) == digits):
            raise forms.ValidationError(
                _("Write the postcode with %(digits)s digits."), params={"digits": digits}
            )
        return text

    def details(self, address_id: UUID | None = None) -> AddressDetails:
        """What was written, for the action."""
        return AddressDetails(
            id=address_id or self.cleaned_data["key"], **{name: self.cleaned_data[name] for name in _ADDRESS}
        )


_ADDRESS = ("name", "extra", "street", "postal_code", "city", "country")


class NewAddressForm(AddressForm):
    """The address of a customer who is drawn up: empty fields take the customer's name, or no address at all."""

    prefix = "address"
    name = forms.CharField(
        label=_("Name on the parcel"),
        max_length=120,
        required=False,
        help_text=_("If empty: the customer's own name."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_wanted = any(
            str(self.data.get(self.add_prefix(name), "")).strip()
            for name in ("street", "postal_code", "city", "extra")
        )
        for name in ("street", "postal_code", "city"):
            self.fields[name].required = self.is_wanted

    def clean_postal_code(self) -> str:
        """As for every address; without an address there is nothing to check."""
        return super().clean_postal_code() if self.is_wanted else ""

    def details_for(self, party: PartyDetails) -> list[AddressDetails]:
        """The address, under the customer's own name where no other is given; none where nothing was written."""
        if not self.is_wanted:
            return []
        own = party.organisation or f"{party.given_name} {party.family_name}".strip()
        values = {name: self.cleaned_data[name] for name in _ADDRESS}
        return [AddressDetails(id=self.cleaned_data["key"], **values | {"name": values["name"] or own})]


class ReasonForm(forms.Form):
    """Why an order is cancelled."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("One sentence. It stands in the history of the order."),
    )


class ClickForm(forms.Form):
    """The key of one click, so that a second one does nothing more."""

    key = forms.UUIDField(widget=forms.HiddenInput)
