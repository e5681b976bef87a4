from importlib import import_module

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "kontor.kernel.events"
    label = "events"

    def ready(self) -> None:
        import_module("kontor.kernel.events.hearing").import_handlers()
