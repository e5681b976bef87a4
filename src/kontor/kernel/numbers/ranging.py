"""Setting up number ranges: the prefix at any time, the next number only before the first is used."""

from datetime import datetime

from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.numbers import errors
from kontor.kernel.numbers.models import NumberRange
from kontor.kernel.transactions import transaction


@transaction
def set_range(*, code: str, prefix: str, width: int, next_value: int, by: Actor, at: datetime) -> NumberRange:
    """Say how the numbers of a range look, and with which it begins. Moves no money; numbers given stay as they are.

    Safe to repeat. Source: § 14 (4) no. 4 UStG: an invoice's number is given once; a gapless range does not jump.

    Raises:
        NotAllowed: ``by`` lacks the right ``administration.write``.
        NotFound: there is no such range.
        RangeUsed: numbers have been drawn, so the next one stays.
    """
    by.require("administration.write")
    found = NumberRange.objects.select_for_update().filter(code=code).first()
    if found is None:
        raise NotFound(number=code)
    if next_value != found.next_value:
        if found.is_used:
            raise errors.RangeUsed(next=found.next_value)
        found.next_value = found.first_value = next_value
    found.prefix, found.width = prefix, width
    found.save(update_fields=["prefix", "width", "next_value", "first_value"])
    return found
