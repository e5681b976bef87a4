"""Mailing a confirmation once more, because a customer asks for it at the counter."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.conf import settings

from kontor.bridge.parties.links import make_links
from kontor.bridge.parties.queries import current_house
from kontor.front.care.mailing import wording
from kontor.front.care.mailing.queries import conditions_of, confirmations_of, orders_to_tell
from kontor.front.care.mailing.sending import confirm_by_mail
from kontor.front.site.queries import small_print
from kontor.kernel.actor.identity import Actor
from kontor.kernel.tasks.mail import NewMail, queue_mail
from kontor.kernel.transactions import transaction


@transaction
def send_again(*, asked: Sequence[tuple[UUID, str]], by: Actor, at: datetime) -> None:
    """Mail confirmations again: (order, key of the click). What was never confirmed by mail is printed first.

    Moves no money. Safe to repeat: one click sends one mail.
    """
    orders = {order.id: order for order in orders_to_tell([order_id for order_id, _key in asked])}
    printed = confirmations_of(list(orders))
    if missing := [str(order_id) for order_id in orders if order_id not in printed]:
        confirm_by_mail.enqueue(missing)
    house = current_house() if printed else None
    agreed = small_print(list(printed)) if printed else {}
    waiting = conditions_of(orders.values(), at=at)
    for order_id, key in asked:
        order, document = orders.get(order_id), printed.get(order_id)
        if order is None or document is None or house is None:
            continue
        (token,) = make_links([order.party_id], at=at)
        link = f"{settings.PUBLIC_URL}/o/{token}/{quote(order.number)}/"
        letter = wording.confirmation(
            order, house, waits=waiting.get(order_id), link=link, small_print=agreed[order_id]
        )
        file = document.file
        queue_mail(
            NewMail(
                key=f"orders.confirmed:{order.id}:{key}",
                recipient=order.email,
                subject=letter.subject,
                text=letter.text,
                attachment_name=file.name,
                attachment_type=file.media_type,
                attachment=bytes(file.content),
            )
        )
