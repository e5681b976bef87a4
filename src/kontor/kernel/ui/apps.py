from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look: layers, components and page frames of all three planes. No tables."""

    name = "kontor.kernel.ui"
    label = "ui"
