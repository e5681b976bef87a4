"""Controls that Django's own do not offer."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """The browser's own calendar. It speaks ISO 8601 in every language, so the value must not be localised."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
