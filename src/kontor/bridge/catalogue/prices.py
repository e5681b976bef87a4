"""Dated prices: a new one cuts what it overlaps and never touches what has been."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from kontor.bridge.catalogue import errors, events, queries
from kontor.bridge.catalogue.actions import publish_storefront
from kontor.bridge.catalogue.drafting import NewPrice
from kontor.bridge.catalogue.models import Price
from kontor.bridge.parties.queries import current_house
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.transactions import in_transaction, transaction


@transaction
def set_prices(*, prices: Sequence[NewPrice], by: Actor, at: datetime) -> int:
    """Give offerings prices, per unit in the house's currency, from now or later on; returns how many rows changed.

    Orders placed before keep theirs and are still checked against them. Safe to repeat: a price that stands already
    changes nothing and is not told again.

    Raises:
        NotAllowed: ``by`` lacks the right ``offerings.write``.
        PriceInThePast: a price would begin before ``at``.
        EndsBeforeItBegins: a price would end before it begins.
        UnknownCustomerGroup: there is no such group.
    """
    by.require("offerings.write")
    for price in prices:
        if price.valid_from < at:
            raise errors.PriceInThePast
        if price.valid_until is not None and price.valid_until <= price.valid_from:
            raise errors.EndsBeforeItBegins
    changed = write_prices(prices, by=by, at=at)
    if changed:
        ids = sorted({price.offering_id for price in prices})
        publish_storefront(ids, currency=current_house().currency, at=at)
    return changed


@in_transaction
def write_prices(prices: Sequence[NewPrice], *, by: Actor, at: datetime) -> int:
    """The part of setting prices that other actions use. Six statements at most, whatever the number of prices."""
    if not prices:
        return 0
    house = current_house()
    groups = queries.customer_groups()
    numbers = queries.locked_numbers([price.offering_id for price in prices])
    standing = queries.prices_of(list(numbers), house.currency)
    cut = _Cut(standing)
    told = []
    for price in prices:
        if price.customer_group != "list" and price.customer_group not in groups:
            raise errors.UnknownCustomerGroup(group=price.customer_group)
        is_gross = price.customer_group == "list" or groups[price.customer_group].includes_tax
        if cut.lay(price, currency=house.currency, includes_tax=is_gross):
            told.append(
                events.PriceChanged(
                    subject=numbers[price.offering_id],
                    subject_id=price.offering_id,
                    customer_group=price.customer_group,
                    min_quantity=price.min_quantity,
                    amount=price.amount,
                    valid_from=price.valid_from,
                )
            )
    cut.write()
    emit(told, by=by, at=at)
    return len(told)


class _Cut:
    """The prices of some offerings as they will stand. What has begun is only ever shortened, never removed."""

    def __init__(self, standing: Sequence[Price]) -> None:
        self.rows: dict[tuple[Any, ...], list[Price]] = {}
        for row in standing:
            self.rows.setdefault(self._key(row), []).append(row)
        self._removed: list[UUID] = []
        self._shortened: dict[UUID, Price] = {}
        self._new: list[Price] = []

    @staticmethod
    def _key(row: Any) -> tuple[Any, ...]:
        return row.offering_id, row.customer_group, row.min_quantity

    def lay(self, price: NewPrice, *, currency: str, includes_tax: bool) -> bool:
        """Cut what overlaps and lay the new price there; False where it stands already."""
        rows = self.rows.setdefault(self._key(price), [])
        begin, end = price.valid_from, price.valid_until
        overlapping = [row for row in rows if _overlaps(row, begin, end)]
        if _stands(overlapping, price):
            return False
        for row in overlapping:
            self._take_out(rows, row, begin, end)
        if price.amount is None:
            self._give_back(rows, overlapping, begin)
        if price.amount is not None:
            row = Price(
                id=uuid7(),
                offering_id=price.offering_id,
                customer_group=price.customer_group,
                min_quantity=price.min_quantity,
                amount=price.amount,
                currency=currency,
                includes_tax=includes_tax,
                valid=DateTimeTZRange(begin, end),
            )
            rows.append(row)
            self._new.append(row)
        return True

    def _give_back(self, rows: list[Price], taken: Sequence[Price], begin: datetime) -> None:
        """A planned price was taken back: the one before it holds on, as if it had never been planned."""
        planned = next((row for row in taken if row.valid.lower == begin), None)
        before = next((row for row in rows if row.valid.upper == begin), None)
        if planned is not None and before is not None:
            before.valid = DateTimeTZRange(before.valid.lower, planned.valid.upper)
            self._shortened[before.id] = before

    def _take_out(self, rows: list[Price], row: Price, begin: datetime, end: datetime | None) -> None:
        lower, upper = row.valid.lower, row.valid.upper
        if end is not None and (upper is None or upper > end):
            rest = Price(
                id=uuid7(),
                offering_id=row.offering_id,
                customer_group=row.customer_group,
                min_quantity=row.min_quantity,
                amount=row.amount,
                currency=row.currency,
                includes_tax=row.includes_tax,
                valid=DateTimeTZRange(end, upper),
            )
            rows.append(rest)
            self._new.append(rest)
        if lower is not None and lower >= begin:
            rows.remove(row)
            if row in self._new:
                self._new.remove(row)
            else:
                self._removed.append(row.id)
            self._shortened.pop(row.id, None)
        else:
            row.valid = DateTimeTZRange(lower, begin)
            if row not in self._new:
                self._shortened[row.id] = row

    def write(self) -> None:
        """First make room, then fill it: at no instant do two prices hold."""
        Price.objects.filter(id__in=self._removed).delete()
        Price.objects.bulk_update(list(self._shortened.values()), ["valid"])
        Price.objects.bulk_create(self._new)


def _overlaps(row: Price, begin: datetime, end: datetime | None) -> bool:
    lower, upper = row.valid.lower, row.valid.upper
    return (upper is None or upper > begin) and (end is None or lower is None or lower < end)


def _stands(overlapping: Sequence[Price], price: NewPrice) -> bool:
    """Whether the same amount holds over the whole time already (or nothing, where nothing shall)."""
    if price.amount is None:
        return not overlapping
    if len(overlapping) != 1 or overlapping[0].amount != price.amount:
        return False
    valid = overlapping[0].valid
    ends_as_wanted = valid.upper == price.valid_until
    return ends_as_wanted and (valid.lower is None or valid.lower <= price.valid_from)
