"""Going on as a customer: the new session takes the visit's place, and what lay in the basket comes along."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from kontor.bridge.parties.actions import log_out
from kontor.bridge.parties.middleware import visit_of
from kontor.front.shop.actions import Luggage, begin_checkout, pack_up, take_along
from kontor.front.shop.queries import open_basket
from kontor.kernel.ui.refusals import refusal_said


class Arrival(Enum):
    """Where a visitor stood on coming in: nowhere in particular, in the checkout, or there with too little left."""

    PLAIN = "plain"
    IN_CHECKOUT = "in_checkout"
    SOLD_OUT = "sold_out"


def come_in(request: HttpRequest, *, session: str, party_id: UUID, at: datetime) -> Arrival:
    """Carry the token of a session that was just opened for a party; the token before ends.

    A guest's basket comes along, and a checkout that had begun begins again: its holds are let go under the old token
    and taken anew under the new one, at once. What lies in another account's basket stays with that account. Where
    something no longer fits the reason is said and the basket kept.
    """
    visit = visit_of(request)
    stays = visit.party_id == party_id
    luggage = pack_up(by=visit.actor, at=at) if visit.kind == "visit" and not stays else Luggage(wanted={})
    if visit.party_id is not None:
        log_out(by=visit.actor, at=at)  # the visit's own token ends here
    visit.become(session)
    visit.recognise()
    request.actor = visit.actor  # type: ignore[attr-defined]  # as VisitMiddleware sets it
    rotate_token(request)
    if stays:  # a guest's own party became the account's: its basket is there already, held as it was
        basket = open_basket(party_id)
        return Arrival.IN_CHECKOUT if basket and basket.is_held(at) else Arrival.PLAIN
    if not luggage.wanted:
        return Arrival.PLAIN
    with refusal_said(request):
        basket_id = take_along(luggage=luggage, email=visit.email, by=visit.actor, at=at)
        if luggage.is_held:
            begin_checkout(basket_id=basket_id, by=visit.actor, at=at)
            return Arrival.IN_CHECKOUT
        return Arrival.PLAIN
    return Arrival.SOLD_OUT
