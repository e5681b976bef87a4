"""What the worker looks after every few seconds, whether or not anybody told it to."""

from collections.abc import Callable

from django.utils import timezone

from kontor.back.banking.online import sweep_messages
from kontor.back.orderdesk.sweeping import sweep_placed
from kontor.bridge.catalogue.actions import publish_due
from kontor.bridge.promises.actions import sweep_holds
from kontor.kernel.actor.identity import the_house
from kontor.kernel.tasks.mail import send_waiting_mails


def sweep_storefront() -> int:
    """Prices and articles that begin or end today reach the shop without anybody doing anything."""
    return publish_due(by=the_house(), at=timezone.now())


SWEEPS: tuple[Callable[[], object], ...] = (
    sweep_messages,
    sweep_holds,
    sweep_placed,
    sweep_storefront,
    send_waiting_mails,
)
