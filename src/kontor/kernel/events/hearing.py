"""Hearing what other rooms did: ``@on(EventType)`` functions in ``handlers.py`` take lists and call one action."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings

from kontor.kernel.events.emitting import Event
from kontor.kernel.events.models import Subscription


@dataclass(frozen=True, slots=True)
class Heard:
    """An event as a handler receives it: references to re-read, never facts to trust."""

    type: str
    subject: str
    subject_id: UUID
    fact: dict[str, Any]
    at: datetime


type Handler = Callable[[Sequence[Heard]], None]
handlers: dict[str, Handler] = {}
subscriptions: set[tuple[str, str]] = set()


def on(*types: type[Event]) -> Callable[[Handler], Handler]:
    """Deliver events of these types to the function, at least once, in lists, outside any transaction."""

    def register(handler: Handler) -> Handler:
        room = handler.__module__.rsplit(".", 2)[-2]
        name = f"{room}.{handler.__name__}"
        handlers[name] = handler
        subscriptions.update((kind.type_name, name) for kind in types)
        return handler

    return register


def import_handlers() -> None:
    """Load every room's ``handlers.py``, in the processes that may hear (worker and owner)."""
    if not settings.HEARS_EVENTS:
        return
    for config in apps.get_app_configs():
        name = f"{config.name}.handlers"
        if config.name.startswith("kontor.") and find_spec(name) is not None:
            import_module(name)


def write_subscriptions() -> None:
    """Tell the database which handler hears what, so that its trigger can write the deliveries. Safe to repeat."""
    wanted = sorted(subscriptions)
    Subscription.objects.exclude(handler__in=[handler for _type, handler in wanted]).delete()
    known = set(Subscription.objects.values_list("type", "handler"))
    Subscription.objects.bulk_create(
        [
            Subscription(type=type_name, handler=handler)
            for type_name, handler in wanted
            if (type_name, handler) not in known
        ]
    )
    for type_name, handler in known - set(wanted):
        Subscription.objects.filter(type=type_name, handler=handler).delete()
