from django.apps import AppConfig

from kontor.kernel.house import told_by


class PartiesConfig(AppConfig):
    """The room that keeps the house itself."""

    name = "kontor.bridge.parties"
    label = "parties"

    def ready(self) -> None:
        """Tell every process where the house's facts are read."""
        told_by("kontor.bridge.parties.house")
