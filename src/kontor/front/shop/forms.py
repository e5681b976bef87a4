"""What visitors type. Everything is checked again by the actions and the database."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.bridge.parties.actions import Contact
from kontor.bridge.parties.queries import OwnDetails
from kontor.front.shop.actions import MOST_PIECES
from kontor.front.shop.queries import OpenBasket
from kontor.kernel.ui.quantities import WholeNumberField, plain_number

COUNTRIES = [("DE", _("Germany")), ("AT", _("Austria"))]


class PutForm(forms.Form):
    """Which article, and how many."""

    number = forms.CharField(max_length=40, widget=forms.HiddenInput)
    quantity = WholeNumberField(
        label=_("Quantity"),
        min_value=1,
        max_value=MOST_PIECES,
        initial=1,
        error_messages={
            "invalid": _("Write the quantity as a whole number."),
            "min_value": _("Order at least one piece."),
            "max_value": _("Order up to 1,000 pieces at once. Call us for more."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class AddressForm(forms.Form):
    """Who somebody is and where they live: also the checkout's first page."""

    name = forms.CharField(label=_("First and last name"), max_length=120)
    extra = forms.CharField(label=_("Company or further line"), max_length=120, required=False)
    street = forms.CharField(label=_("Street and house number"), max_length=120)
    postal_code = forms.CharField(label=_("Postcode"), max_length=12)
    city = forms.CharField(label=_("Town"), max_length=80)
    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES, initial="DE")
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, help_text=_("Only for questions about the delivery.")
    )

    def clean_postal_code(self) -> str:
        """German postcodes have five digits, Austrian ones four."""
        text = str(self.cleaned_data["postal_code"]).strip()
        digits = {"DE": 5, "AT": 4}.get(self.data.get("country", "DE"), 5)
        if not (text.isascii() and text.isdigit() and len(text) == digits):
            raise forms.ValidationError(
                _("Write the postcode with %(digits)s digits."), params={"digits": digits}
            )
        return text

    def contact(self, email: str = "") -> Contact:
        """What was written, for the action."""
        cleaned = self.cleaned_data
        return Contact(
            email=cleaned.get("email") or email,
            **{
                key: cleaned[key]
                for key in ("name", "extra", "street", "postal_code", "city", "country", "phone")
            },
        )


class ContactForm(AddressForm):
    """The checkout's first page: eight fields, two of them optional."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Your order confirmation goes here."),
        error_messages={"invalid": _("Write a complete e-mail address, such as name@example.org.")},
    )
    field_order = ("email", "name", "extra", "street", "postal_code", "city", "country", "phone")

    @classmethod
    def beginning(cls, basket: OpenBasket, details: OwnDetails | None) -> "ContactForm":
        """The form as it first appears: what the checkout knows already, else what the customer's account knows."""
        initial: dict[str, Any] = {"country": "DE"}
        if basket.has_contact:
            initial |= {name: getattr(basket, name) for name in cls.base_fields}
        elif details:
            initial |= {
                "email": details.email,
                "name": details.address_name or f"{details.given_name} {details.family_name}".strip(),
                "phone": details.phone,
            }
            initial |= {
                name: getattr(details, name) or initial.get(name, "")
                for name in ("extra", "street", "postal_code", "city", "country")
            }
        return cls(initial=initial)


class OrderForm(forms.Form):
    """What the review page showed, sent back with the order button."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    total = forms.DecimalField(max_digits=14, decimal_places=2, widget=forms.HiddenInput)
    shipping = forms.SlugField(max_length=20, widget=forms.HiddenInput)
    payment = forms.ChoiceField(
        choices=[(code, code) for code in ("invoice", "prepayment", "provider")], widget=forms.HiddenInput
    )


class BasketForm:
    """The quantities of a whole basket: ``quantity-<line>`` fields, and the line to remove."""

    def __init__(self, posted: Any) -> None:
        self.quantities: dict[UUID, int] = {}
        self.removed: list[UUID] = []
        self.errors: dict[UUID, str] = {}
        for name, text in posted.items():
            line = _line_id(name.removeprefix("quantity-")) if name.startswith("quantity-") else None
            if line is not None:
                self._read(line, plain_number(text))
        if line := _line_id(posted.get("remove", "")):
            self.removed.append(line)
            self.errors.pop(line, None)

    def _read(self, line: UUID, text: str) -> None:
        if not (text.isascii() and text.isdigit() and len(text) <= 6):
            self.errors[line] = str(_("Write the quantity as a whole number."))
        elif int(text) == 0:
            self.removed.append(line)
        elif int(text) > MOST_PIECES:
            self.errors[line] = str(_("Order up to 1,000 pieces at once. Call us for more."))
        else:
            self.quantities[line] = int(text)


def _line_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
