"""Forms of payments: recording, settling, paying back. Keys make a second click harmless."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from kontor.kernel.ids import uuid7
from kontor.kernel.language import in_german
from kontor.kernel.ui import formats
from kontor.kernel.ui.quantities import speak_limits

_CENT = Decimal("0.01")
_GROUPED = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+")
_MOST = Decimal("99999999999.99")
WITHOUT_ORDER = "none"


class AmountField(forms.DecimalField):
    """An amount as people write it: with group marks (1.000,00 or 1,000.00 by language), spaces, and a euro sign."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        speak_limits(self)

    def to_python(self, value: Any) -> Any:
        """Take the marks away that only help reading."""
        if isinstance(value, str):
            value = _plain(value)
        return super().to_python(value)


def _plain(text: str) -> str:
    text = "".join(text.replace("€", "").split())
    if not in_german():
        return text.replace(",", "")
    if "," in text or _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    return text


def _money(label: Any, **options: Any) -> forms.DecimalField:
    return AmountField(
        label=label,
        max_digits=14,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "num"}),
        **options,
    )


def _words(label: Any, length: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, validators=[ProhibitNullCharactersValidator()], **options
    )


class _KeyedForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.initial.setdefault("key", uuid7())


class PaymentForm(_KeyedForm):
    """Money that came in. ``assign`` is the order it is for; empty: the reference is looked at first."""

    amount = _money(_("Amount"), min_value=_CENT, max_value=_MOST)
    received_on = forms.DateField(
        label=_("Received on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    method = forms.ChoiceField(
        label=_("Paid by"), choices=(("transfer", _("Bank transfer")), ("cash", _("Cash")))
    )
    reference = _words(
        _("Reference"),
        200,
        required=False,
        help_text=_("As it stands on the statement. An order or invoice number in it is found."),
    )
    payer = _words(_("Payer"), 120, required=False)
    assign = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        today: date,
        proposed: Sequence[Any] = (),
        **options: Any,
    ) -> None:
        """With ``proposed`` orders the form asks which of them the payment is for."""
        super().__init__(data, **options)
        self.today = today
        self.initial.setdefault("received_on", today)
        if proposed:
            choices = [(str(order.id), _order_words(order)) for order in proposed]
            choices.append((WITHOUT_ORDER, gettext("None of them: record it without an order")))
            self.fields["assign"] = forms.ChoiceField(
                label=_("What is it for?"), choices=choices, widget=forms.RadioSelect
            )
            self.data = {**self.data, "assign": choices[0][0]}

    def clean_received_on(self) -> date:
        """Money does not arrive tomorrow, and nobody books last century."""
        day: date = self.cleaned_data["received_on"]
        if day > self.today:
            raise ValidationError(gettext("This day is in the future. Enter the day the money arrived."))
        if day.year < 2000:
            raise ValidationError(gettext("This day is too long ago. Enter the day the money arrived."))
        return day

    @property
    def order_id(self) -> UUID | None:
        """The order that was chosen."""
        try:
            return UUID(self.cleaned_data["assign"])
        except ValueError:
            return None


class MatchForm(_KeyedForm):
    """How much of a credit settles which open documents; the oldest come first."""

    def __init__(
        self, items: Sequence[Any], left: Decimal, data: Mapping[str, Any] | None = None, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.items = list(items)
        for item in self.items:
            share = min(left, item.open_amount)
            left -= share
            self.fields[_field(item)] = _money(
                _("Amount for %(document)s") % {"document": item.document_number},
                min_value=Decimal(0),
                max_value=item.open_amount,
                required=False,
                initial=share or None,
            )

    @property
    def lines(self) -> list[tuple[Any, forms.BoundField]]:
        """Each document with its field."""
        return [(item, self[_field(item)]) for item in self.items]

    @property
    def shares(self) -> dict[UUID, Decimal]:
        """What was entered, by the id of the open item."""
        return {item.id: entered for item in self.items if (entered := self.cleaned_data.get(_field(item)))}


class RefundForm(_KeyedForm):
    """Money to give back."""

    amount = _money(_("Amount"), min_value=_CENT)
    iban = _words(_("IBAN"), 42)
    reason = _words(_("Reason"), 200, help_text=_("Who approves it reads this."))

    def __init__(self, left: Decimal, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.initial.setdefault("amount", left)

    def clean_iban(self) -> str:
        """The account in its plain form, checked by its check digits."""
        try:
            return str(IBAN(self.cleaned_data["iban"]))
        except (SchwiftyException, ValueError) as error:
            raise ValidationError(
                gettext("This is not a valid IBAN. Compare it with the customer's.")
            ) from error


def _field(item: Any) -> str:
    return f"amount_{item.id}"


def _order_words(order: Any) -> str:
    facts = {
        "number": order.number,
        "name": order.billing_name,
        "amount": formats.money(order.open_amount or order.gross_amount, order.currency),
    }
    if order.open_amount > 0:
        return gettext("Order %(number)s of %(name)s, of which %(amount)s are open") % facts
    return gettext("Order %(number)s of %(name)s over %(amount)s") % facts
