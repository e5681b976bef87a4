"""What is read of number ranges."""

from django.db.models import F

from kontor.kernel.errors import NotFound
from kontor.kernel.numbers.models import NumberRange


def ranges() -> list[NumberRange]:
    """The gapless number ranges of the house."""
    return list(NumberRange.objects.order_by("code"))


def range_of(code: str) -> NumberRange:
    """One range.

    Raises:
        NotFound: there is none of this code.
    """
    found = NumberRange.objects.filter(code=code).first()
    if found is None:
        raise NotFound(number=code)
    return found


def is_any_used() -> bool:
    """Whether a gapless number has been drawn: an invoice, a credit note, an entry of the journal."""
    return NumberRange.objects.filter(next_value__gt=F("first_value")).exists()
