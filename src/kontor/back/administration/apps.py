from django.apps import AppConfig

from kontor.kernel.ui.listing.saving import keep_views


class AdministrationConfig(AppConfig):
    """The room that keeps saved views and long files for all lists of the back office."""

    name = "kontor.back.administration"
    label = "administration"

    def ready(self) -> None:
        """Tell the lists where their views and files are kept; it is loaded when a list first asks."""
        keep_views("kontor.back.administration.keeping.KEEPING")
