"""What a field needs to be drawn: which kind of control, which attributes, which words for screen readers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop

from kontor.kernel.ui.attributes import taken

# Django says this at empty fields, and in German like an official; the catalogue has words of our own for it.
_SAID_BY_DJANGO = (gettext_noop("This field is required."),)
_DEFAULTS = {
    "label": "", "help": "", "unit": "", "hide_label": False, "choices_as": "", "switch": False, "hide_optional": False,
    "placeholder": "", "autocomplete": "", "inputmode": "", "suggestions": (), "rows": None, "width": "", "type": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldError:
    """An error with the id of the control it belongs to; an empty id means the whole form."""

    control_id: str
    label: str
    text: str


def kind_of(widget: forms.Widget) -> str:
    """Return how a widget is drawn: hidden, checkbox, choices, select, textarea, file, number or text."""
    kinds: list[tuple[type[forms.Widget] | tuple[type[forms.Widget], ...], str]] = [
        (forms.HiddenInput, "hidden"),
        (forms.CheckboxInput, "checkbox"),
        ((forms.RadioSelect, forms.CheckboxSelectMultiple), "choices"),
        (forms.Select, "select"),
        (forms.Textarea, "textarea"),
        (forms.FileInput, "file"),
        (forms.NumberInput, "number"),
    ]
    return next((kind for classes, kind in kinds if isinstance(widget, classes)), "text")


def _css_class(kind: str, options: Mapping[str, Any]) -> str:
    if kind == "checkbox":
        return "switch" if options["switch"] else ""
    return {"select": "select", "textarea": "textarea", "number": "input input-number", "file": ""}.get(
        kind, "input"
    )


def _described_by(bound: BoundField, help_text: str) -> str:
    ids = [f"{bound.id_for_label}_help"] if help_text else []
    if bound.errors:
        ids.append(f"{bound.id_for_label}_error")
    return " ".join(ids)


def field_parts(bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the context of ``ui/field.html`` for a bound field and the options of the tag.

    Raises:
        TemplateSyntaxError: an option that fields do not know.
    """
    values = taken("field", options, _DEFAULTS)
    widget = bound.field.widget
    kind = kind_of(widget)
    help_text = str(values["help"] or bound.help_text or "")
    attributes: dict[str, Any] = {
        "class": f"{widget.attrs.get('class', '')} {_css_class(kind, values)}".strip(),
        "aria-describedby": _described_by(bound, help_text),
        "aria-invalid": "true" if bound.errors else "",
        "list": f"{bound.id_for_label}_list" if values["suggestions"] else "",
        "role": "switch" if values["switch"] else "",
        **{name: values[name] for name in ("placeholder", "autocomplete", "inputmode", "rows", "type")},
    }
    if (
        isinstance(bound.field, forms.IntegerField)
        and not attributes["inputmode"]
        and kind in ("number", "text")
    ):
        attributes["inputmode"] = "numeric" if type(bound.field) is forms.IntegerField else "decimal"
    present = {name: value for name, value in attributes.items() if value}
    extra = {name.replace("_", "-"): value for name, value in options.items() if name not in _DEFAULTS}
    return {
        **values,
        "bound": bound,
        "kind": kind,
        "help": help_text,
        "label": values["label"] or bound.label,
        "control": SafeString("") if kind == "choices" else bound.as_widget(attrs={**present, **extra}),
        "errors": list(bound.errors),
        "is_optional": not bound.field.required and not values["hide_optional"] and kind != "checkbox",
    }


def summary_of(bound_forms: Iterable[forms.BaseForm | None]) -> list[FieldError]:
    """Return every error of the forms in the order of their fields, form-wide errors first."""
    errors: list[FieldError] = []
    for form in bound_forms:
        if form is None or not form.is_bound:
            continue
        errors.extend(FieldError("", "", str(text)) for text in form.non_field_errors())
        errors.extend(
            FieldError(_first_control(bound), str(bound.label).rstrip(".?:"), str(text))
            for bound in form
            for text in bound.errors
        )
    return errors


def _first_control(bound: BoundField) -> str:
    if kind_of(bound.field.widget) == "choices":
        return f"{bound.auto_id}_0"
    return str(bound.id_for_label)
