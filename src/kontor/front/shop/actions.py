"""What a visitor does with a basket. The token's own rows only: the database sees to that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from kontor.bridge.orders.actions import place_orders
from kontor.bridge.orders.errors import EmptyBasket, PriceChanged
from kontor.bridge.orders.placing import Placed
from kontor.bridge.parties.actions import Contact, note_contact
from kontor.bridge.payments.actions import intend_payment
from kontor.bridge.promises.actions import Wanted, hold, let_go
from kontor.front.shop import errors
from kontor.front.shop.facts import facts
from kontor.front.shop.ordering import Buyer, draft, payments_offered
from kontor.front.shop.queries import BasketLine, OpenBasket, basket_lines, order_of_basket
from kontor.kernel.actor.identity import Actor
from kontor.kernel.ids import uuid7, uuid7s
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

MOST_PIECES = 1000
MOST_LINES = 100
_HELD_FOR = timedelta(minutes=15)

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the review page showed when the order button was pressed."""

    total: Decimal
    shipping: str
    payment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Luggage:
    """What a visitor had in the basket when they went on as somebody else; ``is_held``: the checkout had begun."""

    wanted: Mapping[UUID, Decimal]
    basket: OpenBasket | None = None
    is_held: bool = False


@transaction
def put_in_basket(*, number: str, quantity: int, by: Actor, at: datetime) -> UUID:
    """Put pieces of an article into the visitor's open basket; returns the basket's id.

    Moves no money and promises nothing. Not repeatable: putting it in again adds to what is there.

    Raises:
        UnknownArticle: nothing of this number is on sale.
        TooManyPieces: with what is there already it would be more than 1,000; nothing changes.
        BasketFull: 100 different articles are in it.
    """
    article = _sql.one("article", number=number)
    if article is None or article.kind != "goods":
        raise errors.UnknownArticle
    return _put(by.party_id, {article.offering_id: Decimal(quantity)})


@transaction
def pack_up(*, by: Actor, at: datetime) -> Luggage:
    """Empty the visitor's open basket, because they go on as somebody else, and let go what it held.

    Moves no money. Called twice or by two tabs at once, one of them gets what was in it and the others nothing.
    """
    found = _sql.one("open_basket", party_id=by.party_id)
    row = _sql.one("lock_basket", basket_id=found.id) if found else None
    if row is None or row.ordered_at is not None:
        return Luggage(wanted={})
    basket = OpenBasket(*row)
    lines = _sql.rows("empty_basket", basket_id=basket.id)
    _sql.execute("note_hold", basket_id=basket.id, held_until=None, ready_at=None)
    let_go([line.id for line in lines])
    wanted = {line.offering_id: line.quantity for line in sorted(lines, key=lambda line: line.id)}
    return Luggage(wanted=wanted, basket=basket, is_held=basket.is_held(at))


@transaction
def take_along(*, luggage: Luggage, email: str, by: Actor, at: datetime) -> UUID:
    """Put what a visitor had into the open basket of the customer who logged in; returns that basket's id.

    Called once a login. Articles no longer sold are left out; what does not fit is, too. Quantities add up, but in a
    checkout that had begun the greater one counts: nobody shall order more than they saw there. Address and methods
    come along where the customer's own basket says nothing; ``email`` is the customer's.
    """
    basket_id = _make(by.party_id)
    own = {line.offering_id for line in basket_lines(basket_id)}
    room = MOST_LINES - len(own)
    new = [offering for offering in luggage.wanted if offering not in own][:room]
    fitting = {one: pieces for one, pieces in luggage.wanted.items() if one in own or one in new}
    _fill(basket_id, by.party_id, fitting, adds_up=not luggage.is_held)
    row = _sql.one("lock_basket", basket_id=basket_id)
    before = luggage.basket
    if row is not None and before is not None:
        target = OpenBasket(*row)
        if before.has_contact and not target.has_contact:
            _note_contact(basket_id, replace(_contact_of(before), email=email or before.email))
        if before.payment_method and not target.payment_method:
            methods = {"shipping": before.shipping_method, "payment": before.payment_method}
            _sql.execute("note_methods", basket_id=basket_id, **methods)
    return basket_id


@transaction
def change_basket(
    *, basket_id: UUID, quantities: Mapping[UUID, Decimal], removed: Sequence[UUID], by: Actor, at: datetime
) -> None:
    """Change quantities (line id → pieces, 1 to 1,000) and remove lines; lines of other baskets are not touched.

    What was held of changed lines is free again until the checkout begins anew. Safe to repeat.
    """
    changed = {line: quantity for line, quantity in quantities.items() if line not in set(removed)}
    if removed:
        _sql.execute("remove_lines", basket_id=basket_id, ids=list(removed))
    if changed:
        _sql.execute(
            "change_lines", basket_id=basket_id, ids=list(changed), quantities=list(changed.values())
        )
    _sql.execute("see_prices", basket_id=basket_id)
    if removed:
        let_go(removed)


@transaction
def begin_checkout(*, basket_id: UUID, by: Actor, at: datetime) -> None:
    """Hold everything in the basket for 15 minutes, all or nothing.

    Moves no money. Safe to repeat: what is held stays held, for 15 minutes more.

    Raises:
        BasketGone: there is no such open basket.
        EmptyBasket: nothing is in it.
        NoLongerSold: something was taken off the shelf.
        SoldOut: something does not fit; it says what is left.
    """
    basket, lines = _open(basket_id)
    _hold(basket, lines, at)


@transaction
def note_address(*, basket_id: UUID, contact: Contact, by: Actor, at: datetime) -> None:
    """Keep who orders and where to, and hold the articles for 15 minutes more.

    Moves no money. Safe to repeat.

    Raises:
        BasketGone: there is no such open basket.
        EmptyBasket: nothing is in it.
        NoLongerSold: something was taken off the shelf.
        SoldOut: something does not fit any more; it says what is left.
    """
    basket, lines = _open(basket_id)
    _note_contact(basket_id, contact)
    _hold(basket, lines, at)


@transaction
def choose_methods(*, basket_id: UUID, shipping: str, payment: str, by: Actor, at: datetime) -> None:
    """Keep how the goods travel and how they are paid. Unknown words change nothing. Safe to repeat."""
    if facts().way(shipping) and payment in payments_offered():
        _sql.execute("note_methods", basket_id=basket_id, shipping=shipping, payment=payment)


@transaction
def order_basket(*, basket_id: UUID, shown: Shown, language: str, by: Actor, at: datetime) -> Placed:
    """Turn the basket into an order, at the prices of now, which must be the ones that were shown.

    Moves no money yet: the worker checks and charges. Safe to repeat: a basket becomes one order, and every further
    press of the button finds it.

    Raises:
        BasketGone: there is no such basket.
        EmptyBasket: nothing is in it.
        NoLongerSold: something was taken off the shelf.
        ContactMissing: nobody said where to.
        PriceChanged: the total is another one than was shown.
        PaymentNotOffered: the chosen way to pay was closed meanwhile.
        SoldOut: the reservation lapsed and somebody else was faster.
    """
    row = _sql.one("lock_basket", basket_id=basket_id)
    if row is None:
        raise errors.BasketGone
    if row.ordered_at is not None:
        return _ordered_before(basket_id)
    basket, lines = OpenBasket(*row), basket_lines(basket_id)
    _check(lines)
    if not basket.has_contact or by.party_id is None:
        raise errors.ContactMissing
    wanted = draft(
        basket=basket,
        lines=lines,
        buyer=Buyer(by.party_id, language, shown.shipping, shown.payment),
        facts=facts(),
        at=at,
    )
    if wanted is None or wanted.total != shown.total:
        raise PriceChanged
    if shown.payment not in ("", wanted.order.payment_method):
        raise errors.PaymentNotOffered
    note_contact(_contact_of(basket), language=language, by=by)
    placed = place_orders([wanted.order], by=by, at=at)[0]
    _sql.execute("close_basket", basket_id=basket_id)
    if wanted.order.payment_method == "provider":
        intend_payment(order_id=placed.id, by=by, at=at)
    return placed


def _put(party_id: UUID | None, wanted: Mapping[UUID, Decimal]) -> UUID:
    basket_id = _make(party_id)
    for row in _fill(basket_id, party_id, wanted, adds_up=True):
        if row.quantity < row.before + wanted[row.offering_id]:
            raise errors.TooManyPieces(there=f"{row.before.normalize():f}")
    count = _sql.one("count_lines", basket_id=basket_id)
    if count and count.lines > MOST_LINES:
        raise errors.BasketFull(most=MOST_LINES)
    return basket_id


def _make(party_id: UUID | None) -> UUID:
    _sql.execute("make_basket", id=uuid7(), party_id=party_id)
    basket = _sql.one("open_basket", party_id=party_id)
    if basket is None:
        raise errors.BasketGone
    return UUID(str(basket.id))


def _fill(
    basket_id: UUID, party_id: UUID | None, wanted: Mapping[UUID, Decimal], *, adds_up: bool
) -> list[Any]:
    return _sql.rows(
        "put_lines",
        basket_id=basket_id,
        party_id=party_id,
        ids=uuid7s(len(wanted)),
        offerings=list(wanted),
        quantities=list(wanted.values()),
        most=MOST_PIECES,
        adds_up=adds_up,
    )


def _note_contact(basket_id: UUID, contact: Contact) -> None:
    _sql.execute(
        "note_contact",
        basket_id=basket_id,
        email=contact.email,
        phone=contact.phone,
        name=contact.name,
        extra=contact.extra,
        street=contact.street,
        postal_code=contact.postal_code,
        city=contact.city,
        country=contact.country,
    )


def _open(basket_id: UUID) -> tuple[OpenBasket, list[BasketLine]]:
    row = _sql.one("lock_basket", basket_id=basket_id)
    if row is None or row.ordered_at is not None:
        raise errors.BasketGone
    lines = basket_lines(basket_id)
    _check(lines)
    return OpenBasket(*row), lines


def _check(lines: Sequence[BasketLine]) -> None:
    if not lines:
        raise EmptyBasket
    if not all(line.is_sold for line in lines):
        raise errors.NoLongerSold


def _hold(basket: OpenBasket, lines: Sequence[BasketLine], at: datetime) -> None:
    allotted = hold([Wanted(line.id, line.offering_id, line.quantity, line.name) for line in lines])
    ready_at = max((part.ready_at for part in allotted), default=at)
    _sql.execute("note_hold", basket_id=basket.id, held_until=at + _HELD_FOR, ready_at=ready_at)


def _contact_of(basket: OpenBasket) -> Contact:
    return Contact(
        name=basket.name,
        extra=basket.extra,
        street=basket.street,
        postal_code=basket.postal_code,
        city=basket.city,
        country=basket.country,
        email=basket.email,
        phone=basket.phone,
    )


def _ordered_before(basket_id: UUID) -> Placed:
    order = order_of_basket(basket_id)
    if order is None:
        raise errors.BasketGone
    return Placed(order.id, order.key, order.number, False)
