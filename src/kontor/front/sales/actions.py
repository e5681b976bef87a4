"""Taking an order by phone."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kontor.bridge.orders.actions import place_orders
from kontor.bridge.orders.errors import EmptyBasket, PriceChanged
from kontor.bridge.orders.placing import Placed
from kontor.bridge.parties.finding import KnownAddress, PartyCard, party_card
from kontor.bridge.promises.actions import Wanted, promise
from kontor.front.sales import errors
from kontor.front.sales.ordering import draft, order_of
from kontor.front.sales.queries import WantedLine, counter, order_of_key, wanted_lines
from kontor.front.sales.sheet import MOST_LINES, Sheet
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the clerk told the customer: the total that the page showed."""

    total: Decimal


@transaction
def take_order(*, sheet: Sheet, shown: Shown, by: Actor, at: datetime) -> Placed:
    """Promise what is on the sheet and place it as an order by phone, at the prices of now.

    Moves no money yet: the worker checks and charges as it does for the shop. All or nothing. Safe to repeat: a sheet
    becomes one order, and every further click finds it.

    Raises:
        NotAllowed: ``by`` lacks the right ``orders.place``.
        NoCustomer: nobody is chosen, or the customer is unknown or erased.
        NoAddress: the customer has no address.
        EmptyBasket: there is no article on the sheet.
        TooManyLines: there are more than 60.
        WrongQuantity: a quantity is none.
        NotSold: an article is unknown or no longer sold.
        PriceChanged: the total is another one than was shown.
        SoldOut: something does not fit; it says what is left.
    """
    by.require("orders.place")
    _sql.rows("one_at_a_time", key=str(sheet.key))
    before = order_of_key(sheet.key)
    if before is not None:
        return before
    party = _party(sheet)
    address = _address(sheet, party)
    _check_lines(sheet)
    here = counter(at)
    lines = wanted_lines(sheet.quantities, customer=party.number, currency=here.house.currency, at=at)
    _check_sold(lines)
    wanted = draft(sheet, lines, here, language=party.language, at=at)
    if wanted is None or wanted.total != shown.total:
        raise PriceChanged
    promise(
        [
            Wanted(line.demand_id, line.offering_id, line.quantity, line.name, party.id)
            for line in wanted.lines
            if line.demand_id
        ],
        is_firm=False,
    )
    order = order_of(sheet, wanted, party=party, address=address, currency=here.house.currency)
    return place_orders([order], by=by, at=at)[0]


def _party(sheet: Sheet) -> PartyCard:
    if not sheet.customer:
        raise errors.NoCustomer
    try:
        party = party_card(sheet.customer)
    except NotFound as unknown:
        raise errors.NoCustomer from unknown
    if party.erased_at is not None:
        raise errors.NoCustomer
    return party


def _address(sheet: Sheet, party: PartyCard) -> KnownAddress:
    if not party.addresses:
        raise errors.NoAddress(number=party.number)
    return party.address(sheet.address) or party.addresses[0]


def _check_lines(sheet: Sheet) -> None:
    if not sheet.lines:
        raise EmptyBasket
    if len(sheet.lines) > MOST_LINES:
        raise errors.TooManyLines(most=MOST_LINES)
    if sheet.wrong:
        raise errors.WrongQuantity


def _check_sold(lines: list[WantedLine]) -> None:
    gone = [line.number for line in lines if not line.is_sold]
    if gone:
        raise errors.NotSold(numbers=", ".join(gone))
