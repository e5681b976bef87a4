"""What staff type about offerings. The actions and the database check everything again."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kontor.back.administration.merging import MergingForm
from kontor.back.administration.offerings.wording import KINDS, UNITS
from kontor.back.administration.wording import TAX_CLASSES
from kontor.bridge.catalogue.drafting import NewPrice, OfferingDraft
from kontor.bridge.catalogue.picturing import PictureText
from kontor.bridge.catalogue.shelving import CategoryDraft
from kontor.kernel.house import house_zone
from kontor.kernel.ids import uuid7
from kontor.kernel.ui.quantities import QuantityField
from kontor.kernel.ui.widgets import DayInput

_number = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$",
    _("Write up to 40 letters, figures, points, hyphens and underscores, without blanks."),
)
_WORD = re.compile(r"(?=.{2,40}$)[^\W_]+(-[^\W_]+)*")
MOST_SYNONYMS = 20
_SHORT = forms.Textarea(attrs={"rows": 2})
_TEXT = forms.Textarea(attrs={"rows": 6})


def beginning_of(day: date) -> datetime:
    """The first instant of a day in the house."""
    return datetime.combine(day, time(), tzinfo=house_zone())


class AmountField(QuantityField):
    """An amount per unit, typed with the reader's decimal mark."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.max_digits, self.decimal_places = 12, 4


class NewOfferingForm(forms.Form):
    """What a new offering needs at least; the rest is written on its page."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=tuple(KINDS.items()), initial="goods", widget=forms.RadioSelect
    )
    number = forms.CharField(label=_("Number"), max_length=40, validators=[_number])
    name_de = forms.CharField(label=_("German name"), max_length=200)
    name_en = forms.CharField(
        label=_("English name"), max_length=200, required=False, help_text=_("Empty: as in German.")
    )
    category = forms.ChoiceField(
        label=_("Category"), required=False, help_text=_("Where the shop shows it. Goods need one.")
    )
    price = AmountField(
        label=_("List price"), required=False, help_text=_("For one unit, with tax, as consumers see it.")
    )
    tax_code = forms.ChoiceField(label=_("Tax class"), choices=tuple(TAX_CLASSES.items()), initial="standard")
    unit = forms.ChoiceField(label=_("Unit"), choices=tuple(UNITS.items()), initial="piece")

    def __init__(self, data: Any, categories: Sequence[tuple[str, str]], number: str = "") -> None:
        only = categories[0][0] if len(categories) == 1 else ""
        super().__init__(data, initial={"number": number, "category": only})
        choices = [("", _("None yet")), *categories]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]

    def draft(self) -> OfferingDraft:
        """What was written, for the action."""
        cleaned = self.cleaned_data
        return OfferingDraft(
            number=cleaned["number"],
            kind=cleaned["kind"],
            name_de=cleaned["name_de"],
            name_en=cleaned["name_en"] or cleaned["name_de"],
            category=cleaned["category"] or None,
            price=cleaned["price"],
            tax_code=cleaned["tax_code"],
            unit=cleaned["unit"],
        )


_OWN = ("name_de", "name_en", "color", "size", "unit", "tax_code", "kind")
_PAGE = ("page_name_de", "page_name_en", "short_de", "short_en", "text_de", "text_en")


class OfferingForm(MergingForm):
    """Everything about an offering but its prices, pictures and days on sale."""

    kind = forms.ChoiceField(label=_("Kind"), choices=tuple(KINDS.items()))
    name_de = forms.CharField(label=_("German name"), max_length=200)
    name_en = forms.CharField(label=_("English name"), max_length=200)
    short_de = forms.CharField(label=_("German short text"), max_length=300, required=False, widget=_SHORT)
    short_en = forms.CharField(label=_("English short text"), max_length=300, required=False, widget=_SHORT)
    text_de = forms.CharField(label=_("German description"), max_length=8000, required=False, widget=_TEXT)
    text_en = forms.CharField(label=_("English description"), max_length=8000, required=False, widget=_TEXT)
    category = forms.ChoiceField(label=_("Category"), required=False)
    page_name_de = forms.CharField(label=_("German name of the page"), max_length=160, required=False)
    page_name_en = forms.CharField(label=_("English name of the page"), max_length=160, required=False)
    color = forms.CharField(label=_("Colour"), max_length=20, required=False)
    size = forms.CharField(label=_("Size"), max_length=20, required=False)
    unit = forms.ChoiceField(label=_("Unit"), choices=tuple(UNITS.items()))
    weight_g = forms.IntegerField(
        label=_("Weight"), min_value=1, max_value=10_000_000, required=False, widget=forms.TextInput
    )
    tax_code = forms.ChoiceField(label=_("Tax class"), choices=tuple(TAX_CLASSES.items()))
    cost = AmountField(
        label=_("Cost"),
        required=False,
        help_text=_("What one unit costs the house, without tax. Nobody in front sees it."),
    )

    def __init__(self, data: Any, card: Any, categories: Sequence[tuple[str, str]]) -> None:
        row, page = card.row, card.row.group
        initial = {name: getattr(row, name) for name in (*_OWN, "weight_g", "cost")}
        if page is not None:
            initial |= {
                "category": page.category.slug,
                "page_name_de": page.name_de,
                "page_name_en": page.name_en,
            }
            initial |= {name: getattr(page, name) for name in ("short_de", "short_en", "text_de", "text_en")}
        super().__init__(data, initial=initial)
        self.card = card
        none = [] if page is not None else [("", _("None yet"))]
        self.fields["category"].choices = [*none, *categories]  # type: ignore[attr-defined]
        if row.unit not in UNITS:
            self.fields["unit"].choices = [*UNITS.items(), (row.unit, row.unit)]  # type: ignore[attr-defined]
        if row.is_published:
            self.fields["kind"].disabled = self.fields["unit"].disabled = True

    def draft(self) -> OfferingDraft:
        """What was written, for the action; empty weight and cost are taken away."""
        # What nobody touched is left as it is (None).
        cleaned = self.cleaned_data | dict.fromkeys(self.untouched)
        values: dict[str, Any] = {name: cleaned[name] for name in _OWN}
        has_page = self.card.row.group_id is not None or bool(self.cleaned_data["category"])
        if has_page:
            values |= {name: cleaned[name] for name in _PAGE if name not in ("page_name_de", "page_name_en")}
            if len(self.card.variants) > 1:
                values |= {name: cleaned[name] or None for name in ("page_name_de", "page_name_en")}
        return OfferingDraft(
            number=self.card.row.number,
            category=cleaned["category"] or None,
            weight_g=cleaned["weight_g"],
            cost=cleaned["cost"],
            cleared=frozenset(
                {name for name in ("weight_g", "cost") if cleaned[name] is None} - self.untouched
            ),
            **values,
        )


class VariantForm(forms.Form):
    """Another variant on the same page: its number and what tells it apart."""

    prefix = "variant"
    number = forms.CharField(label=_("Number"), max_length=40, validators=[_number])
    color = forms.CharField(label=_("Colour"), max_length=20, required=False)
    size = forms.CharField(label=_("Size"), max_length=20, required=False)
    price = AmountField(label=_("List price"), required=False, help_text=_("Empty: as this one."))

    def draft(self, card: Any, price: Decimal | None) -> OfferingDraft:
        """The new variant: as this one in everything that was not written."""
        row, cleaned = card.row, self.cleaned_data
        tells = ", ".join(one for one in (cleaned["color"], cleaned["size"]) if one)
        page = row.group
        return OfferingDraft(
            number=cleaned["number"],
            kind=row.kind,
            name_de=f"{page.name_de}, {tells}"[:200] if tells else page.name_de,
            name_en=f"{page.name_en}, {tells}"[:200] if tells else page.name_en,
            color=cleaned["color"],
            size=cleaned["size"],
            unit=row.unit,
            weight_g=row.weight_g,
            tax_code=row.tax_code,
            cost=row.cost,
            page=page.slug,
            price=cleaned["price"] if cleaned["price"] is not None else price,
        )


class PriceForm(forms.Form):
    """A price from a day on: for everybody or a customer group, for one unit or from a quantity on."""

    prefix = "price"
    amount = AmountField(label=_("Price"))
    customer_group = forms.ChoiceField(label=_("For"))
    min_quantity = QuantityField(
        label=_("From quantity"), required=False, help_text=_("Empty: from the first unit on.")
    )
    valid_from = forms.DateField(
        label=pgettext_lazy("date", "From"), required=False, widget=DayInput, help_text=_("Empty: at once.")
    )
    valid_until = forms.DateField(
        label=_("Until (included)"), required=False, widget=DayInput, help_text=_("Empty: for good.")
    )

    def __init__(self, data: Any, groups: Sequence[tuple[str, Any]]) -> None:
        super().__init__(data)
        choices = [("list", _("Everybody (with tax)")), *groups]
        self.fields["customer_group"].choices = choices  # type: ignore[attr-defined]

    def price(self, offering_id: UUID, at: datetime, *, today: date) -> NewPrice:
        """What was written, for the action. Today means at once."""
        cleaned = self.cleaned_data
        begins, ends = cleaned["valid_from"], cleaned["valid_until"]
        pieces = cleaned["min_quantity"] or Decimal(0)
        return NewPrice(
            offering_id=offering_id,
            amount=cleaned["amount"],
            valid_from=at if begins is None or begins == today else beginning_of(begins),
            valid_until=None if ends is None else beginning_of(ends + timedelta(days=1)),
            customer_group=cleaned["customer_group"],
            min_quantity=Decimal(0) if pieces == 1 else pieces,
        )


class EndPriceForm(forms.Form):
    """Which price ends now."""

    customer_group = forms.CharField(max_length=20)
    min_quantity = forms.DecimalField(min_value=0, max_digits=16, decimal_places=4)
    valid_from = forms.DateTimeField(required=False)


class SaleForm(forms.Form):
    """The days on sale."""

    prefix = "sale"
    valid_from = forms.DateField(
        label=pgettext_lazy("date", "From"), required=False, widget=DayInput, help_text=_("Empty: at once.")
    )
    valid_until = forms.DateField(
        label=_("Until (included)"), required=False, widget=DayInput, help_text=_("Empty: for good.")
    )

    def instants(self, at: datetime, *, today: date) -> tuple[datetime, datetime | None]:
        """First instant and end (exclusive)."""
        begins, ends = self.cleaned_data["valid_from"], self.cleaned_data["valid_until"]
        first = at if begins is None or begins == today else beginning_of(begins)
        return first, None if ends is None else beginning_of(ends + timedelta(days=1))


class OpeningForm(forms.Form):
    """What lies there before the first move."""

    prefix = "opening"
    key = forms.UUIDField(widget=forms.HiddenInput)
    quantity = QuantityField(label=_("Quantity"))
    location = forms.ChoiceField(label=_("Location"))

    def __init__(self, data: Any, locations: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, initial={"key": uuid7()})
        self.fields["location"].choices = list(locations)  # type: ignore[attr-defined]


class PicturesForm(forms.Form):
    """Texts and order of the pictures of a page: fields named by the picture's id."""

    def __init__(self, data: Any, pictures: Sequence[Any], offering_id: UUID) -> None:
        super().__init__(data)
        self.pictures = pictures
        for place, row in enumerate(pictures, start=1):
            key = row.id.hex
            self.fields[f"alt_de_{key}"] = forms.CharField(
                label=_("German words for it"), max_length=200, required=False, initial=row.alt_de
            )
            self.fields[f"alt_en_{key}"] = forms.CharField(
                label=_("English words for it"), max_length=200, required=False, initial=row.alt_en
            )
            self.fields[f"position_{key}"] = forms.IntegerField(
                label=_("Position"), min_value=1, max_value=99, initial=place
            )
            self.fields[f"own_{key}"] = forms.BooleanField(
                label=_("Only this variant"), required=False, initial=row.offering_id == offering_id
            )

    @property
    def rows(self) -> list[tuple[Any, Any, Any, Any, Any]]:
        """Each picture with its fields."""
        return [
            (row, *(self[f"{name}_{row.id.hex}"] for name in ("alt_de", "alt_en", "position", "own")))
            for row in self.pictures
        ]

    def texts(self) -> dict[UUID, PictureText]:
        """What was written, by picture."""
        cleaned = self.cleaned_data
        return {
            row.id: PictureText(
                alt_de=cleaned[f"alt_de_{row.id.hex}"],
                alt_en=cleaned[f"alt_en_{row.id.hex}"],
                position=cleaned[f"position_{row.id.hex}"],
                is_own=cleaned[f"own_{row.id.hex}"],
            )
            for row in self.pictures
        }


class CategoryForm(forms.Form):
    """A category in both languages."""

    name_de = forms.CharField(label=_("German name"), max_length=80)
    name_en = forms.CharField(
        label=_("English name"), max_length=80, required=False, help_text=_("Empty: as in German.")
    )
    parent = forms.ChoiceField(label=_("Below"), required=False)

    def __init__(self, data: Any, tops: Sequence[tuple[str, str]], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        choices = [("", _("None: on the upper level")), *tops]
        self.fields["parent"].choices = choices  # type: ignore[attr-defined]

    def draft(self) -> CategoryDraft:
        """What was written, for the action."""
        cleaned = self.cleaned_data
        return CategoryDraft(name_de=cleaned["name_de"], name_en=cleaned["name_en"], parent=cleaned["parent"])


class SynonymsForm(forms.Form):
    """Words that mean the same, in one line."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Words that mean the same"),
        max_length=600,
        widget=_SHORT,
        help_text=_("German and English, with commas between them: lamp, light, Scheinwerfer."),
    )

    def clean_words(self) -> list[str]:
        """Single words, each without blanks."""
        words = [word for word in re.split(r"[\s,;]+", self.cleaned_data["words"]) if word]
        if len(words) > MOST_SYNONYMS:
            raise forms.ValidationError(
                _("A group holds up to %(most)s words. Make two of it.") % {"most": MOST_SYNONYMS}
            )
        wrong = next((word for word in words if not _WORD.fullmatch(word)), None)
        if wrong is not None:
            raise forms.ValidationError(
                _("“%(word)s” is no word that people search for: 2 to 40 letters, figures and hyphens.")
                % {"word": wrong[:60]}
            )
        return words


class GroupForm(forms.Form):
    """A customer group."""

    name_de = forms.CharField(label=_("German name"), max_length=80)
    name_en = forms.CharField(label=_("English name"), max_length=80)
    prices = forms.ChoiceField(
        label=_("Its prices are agreed"),
        choices=(("net", _("without tax (businesses)")), ("gross", _("with tax (consumers)"))),
        initial="net",
        widget=forms.RadioSelect,
    )


class MemberForm(forms.Form):
    """A customer who joins a group."""

    customer = forms.CharField(label=_("Customer number"), max_length=20, help_text=_("For example K-10001."))
