"""What the worker looks after every few seconds, whether or not anybody told it to."""

from collections.abc import Callable

from django.utils import timezone

from kontor.back.banking.online import sweep_messages
from kontor.back.design.actions import digest_yesterday
from kontor.back.improvement.ranking import rank_due
from kontor.back.improvement.regrouping import regroup_due
from kontor.back.orderdesk.sweeping import sweep_placed
from kontor.back.orderdesk.unpaid import sweep_unpaid
from kontor.back.warehouse.overdue import sweep_overdue
from kontor.bridge.catalogue.actions import publish_due
from kontor.bridge.promises.actions import sweep_holds
from kontor.bridge.voice.listening import count_sales, hear_searches, hear_unanswered
from kontor.front.care.mail_in.fetching import sweep_mail_in
from kontor.front.shop.leaving import hear_left_checkouts
from kontor.kernel.actor.identity import the_house
from kontor.kernel.tasks.mail import send_waiting_mails


def sweep_storefront() -> int:
    """Prices and articles that begin or end today reach the shop without anybody doing anything."""
    return publish_due(by=the_house(), at=timezone.now())


def sweep_voice() -> None:
    """What nobody brings forward: searches in vain, questions and checkouts that lie; and what was sold, to compare."""
    by, at = the_house(), timezone.now()
    hear_searches(by=by, at=at)
    hear_unanswered(by=by, at=at)
    hear_left_checkouts(by=by, at=at)
    count_sales(by=by, at=at)


def sweep_groups() -> None:
    """Signals that wait are grouped anew where many have come; problems whose voices grow silent lose rank."""
    regroup_due(by=the_house(), at=timezone.now())
    rank_due(by=the_house(), at=timezone.now())


def sweep_digest() -> int:
    """In the morning, what customers met the day before."""
    return digest_yesterday(by=the_house(), at=timezone.now())


SWEEPS: tuple[Callable[[], object], ...] = (
    sweep_messages,
    sweep_holds,
    sweep_overdue,
    sweep_placed,
    sweep_unpaid,
    sweep_storefront,
    sweep_voice,
    sweep_digest,
    sweep_groups,
    sweep_mail_in,
    send_waiting_mails,
)
