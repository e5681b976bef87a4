from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """The look: layers, components and page frames of all three planes. No tables."""

    name = "kontor.kernel.ui"
    label = "ui"

    def ready(self) -> None:
        """Say what to do about a choice that is gone; Django's words repeat the id that nobody has ever seen."""
        words = _("This choice is not open any more. Reload the page and choose one of the list.")
        for field in (forms.ChoiceField, forms.MultipleChoiceField):
            field.default_error_messages = {**field.default_error_messages, "invalid_choice": words}
