"""Amounts, quantities and dates in the reader's locale. Patterns come from babel once per locale; figures are then
set by hand, because a list page formats hundreds of them.
"""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, get_decimal_symbol, get_group_symbol
from django.utils import timezone
from django.utils.translation import get_language

from kontor.kernel.house import house_zone
from kontor.kernel.money import Money, round_half_up

MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"
DAY_FORMATS = {
    "": "medium",
    "short": "short",
    "long": "long",
    "weekday": "EEEE, d. MMMM",
    "brief": "EE, d. MMM",
}
ENGLISH_DAYS = {"": "d MMM y", "weekday": "EEEE, d MMMM", "brief": "EE, d MMM"}


def reader_locale() -> str:
    """Return the babel name of the reader's locale. English means British: day before month, 24 hours."""
    return "de_DE" if (get_language() or "en").startswith("de") else "en_GB"


def _at_home(value: datetime) -> datetime:
    return value.astimezone(house_zone()) if timezone.is_aware(value) else value


@lru_cache(maxsize=16)
def _marks(locale: str) -> tuple[str, str]:
    return get_group_symbol(locale), get_decimal_symbol(locale)


@lru_cache(maxsize=64)
def _currency_frame(locale: str, currency: str) -> tuple[str, str]:
    """Return what stands before and after the figures of an amount."""
    sample = format_currency(Decimal("1.11"), currency, locale=locale)
    figures = f"1{_marks(locale)[1]}11"
    before, found, after = sample.partition(figures)
    if not found:
        return "", NO_BREAK + currency
    # CLDR's currency spacing: letters stand apart from figures. Babel leaves it out.
    return (before + NO_BREAK if before[-1:].isalpha() else before), after


def figures(value: Decimal | int, places: int | None = None) -> str:
    """Return a number with the reader's group and decimal marks, to ``places`` or as exact as it is."""
    number = Decimal(value)
    if places is not None:
        number = round_half_up(number, places)
    group, mark = _marks(reader_locale())
    text = f"{abs(number):,f}".replace(",", "\0").replace(".", mark).replace("\0", group)
    return MINUS + text if number < 0 else text


def money(value: Money | Decimal | None, currency: str = "EUR") -> str:
    """Return an amount to two places with its currency sign, rounded commercially; nothing for no amount."""
    if value is None:
        return ""
    amount, code = (value.amount, value.currency) if isinstance(value, Money) else (value, currency)
    before, after = _currency_frame(reader_locale(), code)
    text = figures(abs(amount), 2)
    is_negative = round_half_up(amount) < 0
    return f"{MINUS if is_negative else ''}{before}{text}{after}"


def iban(value: str) -> str:
    """Return an IBAN as people read it aloud, in groups of four (DIN 5008); nothing for none."""
    plain = "".join(value.split())
    return NO_BREAK.join(plain[place : place + 4] for place in range(0, len(plain), 4))


def quantity(value: Decimal | int | None, unit: str = "") -> str:
    """Return a quantity without superfluous zeros, with its unit word if given."""
    if value is None:
        return ""
    number = Decimal(value)
    whole = number.to_integral_value()
    text = figures(whole if number == whole else number.normalize())
    return f"{text}{NO_BREAK}{unit}" if unit else text


def percent(value: Decimal | int | None, places: int | None = None) -> str:
    """Return a rate that is already in percent: 19 becomes “19 %”."""
    if value is None:
        return ""
    number = Decimal(value)
    text = quantity(number) if places is None else figures(number, places)
    return f"{text}{NO_BREAK}%" if reader_locale() == "de_DE" else f"{text}%"


@lru_cache(maxsize=4096)
def _day_text(value: date, style: str, locale: str) -> str:
    pattern = DAY_FORMATS[style]
    if locale == "en_GB":
        pattern = ENGLISH_DAYS.get(style, pattern)
    return format_date(value, pattern, locale=Locale.parse(locale))


def day(value: date | datetime | None, style: str = "") -> str:
    """Return a date; an instant is the date in the house's time zone. Styles: short, long, weekday, brief."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = _at_home(value).date()
    return _day_text(value, style, reader_locale())


def instant(value: datetime | None, style: str = "") -> str:
    """Return date and time in the house's time zone. Styles: ``time`` (time only), ``long``, ``weekday``, ``brief``."""
    if value is None:
        return ""
    local = _at_home(value)
    clock = f"{local:%H:%M}"
    if style == "time":
        return clock
    return f"{day(local.date(), style)}, {clock}"
