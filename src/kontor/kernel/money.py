"""Money, and the only roundings the house knows.

Amounts carry at most what a document prints (two places); unit prices and rates stay exact until an amount is
printed. Rounding is commercial (DIN 1333: half away from zero), so a credit note is the mirror of its invoice.
All splitting is done in whole cents with integers: no cent is lost, invented or corrected later.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

_STEPS = {places: Decimal(1).scaleb(-places) for places in range(7)}


class CurrencyMismatchError(ValueError):
    """Two currencies met in one sum or comparison: a bug, for documents have one currency each."""


def round_half_up(amount: Decimal, places: int = 2) -> Decimal:
    """Round commercially to ``places`` (0 to 6) decimal places: 0.125 becomes 0.13, -0.125 becomes -0.13.

    Source: DIN 1333 section 4.5.1 (rounding half away from zero).
    """
    if not isinstance(amount, Decimal):
        raise TypeError(f"Amounts are Decimal, not {type(amount).__name__}.")
    # Adding zero turns a rounded "-0.00" into "0.00".
    return amount.quantize(_STEPS[places], rounding=ROUND_HALF_UP) + 0


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount of one currency (ISO 4217 code). Hashable; equal when amount and currency are equal."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError(f"Amounts are Decimal, not {type(self.amount).__name__}.")
        if not self.amount.is_finite():
            raise ValueError("An amount of money is a finite number.")
        if len(self.currency) != 3 or not (self.currency.isascii() and self.currency.isupper()):
            raise ValueError(f"{self.currency!r} is not a currency code of three capital letters.")

    @classmethod
    def zero(cls, currency: str) -> Self:
        """Return no money, in this currency, to two places."""
        return cls(Decimal("0.00"), currency)

    @classmethod
    def total(cls, amounts: Iterable["Money"], currency: str) -> "Money":
        """Return the sum of ``amounts``, all of which are in ``currency``; the sum of nothing is zero."""
        result = cls.zero(currency)
        for amount in amounts:
            result += amount
        return result

    def rounded(self, places: int = 2) -> "Money":
        """Return this amount rounded commercially."""
        return Money(round_half_up(self.amount, places), self.currency)

    def _amount_of(self, other: "Money") -> Decimal:
        if other.currency != self.currency:
            raise CurrencyMismatchError(f"{self.currency} and {other.currency} cannot be mixed.")
        return other.amount

    def __add__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.amount + self._amount_of(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.amount - self._amount_of(other), self.currency)

    def __mul__(self, factor: Decimal | int) -> "Money":
        """Return the exact product, not rounded: quantity times unit price."""
        if isinstance(factor, bool) or not isinstance(factor, Decimal | int):
            return NotImplemented
        return Money(self.amount * factor, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        return Money(-self.amount + 0, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.amount), self.currency)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._amount_of(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._amount_of(other)

    def __gt__(self, other: "Money") -> bool:
        return self.amount > self._amount_of(other)

    def __ge__(self, other: "Money") -> bool:
        return self.amount >= self._amount_of(other)

    def __str__(self) -> str:
        """Return the amount for logs and tests; people see it formatted by the templates."""
        return f"{self.amount:f} {self.currency}"


def allocate(total: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """Split ``total`` (two places) in proportion to ``weights`` so that the parts add up to it to the cent.

    Largest remainder (Hamilton): every part is its exact share rounded down, the cents left over go to the largest
    remainders, ties to the earlier part. ``allocate(-t, w)`` is always the mirror of ``allocate(t, w)``.

    Raises:
        ValueError: ``total`` has fractions of a cent, there is no weight, one is negative, or all are zero while
            ``total`` is not.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("Weights are not negative.")
    cents = _cents(total)
    scaled = _integers(weights)
    whole = sum(scaled)
    if whole == 0:
        if cents == 0 and weights:
            return [_decimal(0)] * len(weights)
        raise ValueError("An amount cannot be split without weights.")
    return [
        _decimal(part) for part in _largest_remainder(cents, [cents * weight for weight in scaled], whole)
    ]


@dataclass(frozen=True, slots=True)
class LineSplit:
    """One line: what the customer pays, and what of it is net and tax. Two places each; gross = net + tax."""

    rate: Decimal
    gross: Decimal
    net: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class RateSplit:
    """The sum of all lines of one tax rate (percent). Two places each; gross = net + tax."""

    rate: Decimal
    gross: Decimal
    net: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class GrossSplit:
    """A document whose prices are gross: its lines in their order, its rates from highest to lowest, its sums."""

    lines: tuple[LineSplit, ...]
    rates: tuple[RateSplit, ...]
    gross: Decimal
    net: Decimal
    tax: Decimal


def split_gross(lines: Iterable[tuple[Decimal, Decimal]]) -> GrossSplit:
    """Split gross line amounts (two places) with their tax rates (percent) into net and tax.

    The tax is computed once per rate from the gross sum; net line amounts follow by largest remainder, so that the
    net lines of a rate add up to its net amount and no cent is corrected later. Negative lines (returns,
    discounts) are allowed; the split of the negated lines is the negated split.

    Source: EN 16931 BR-CO-17 (tax per category from the sum), blueprint "Books".

    Raises:
        ValueError: a gross amount has fractions of a cent, or a rate is negative.
    """
    given = list(lines)
    members: dict[Decimal, list[int]] = {}
    for index, (_, rate) in enumerate(given):
        members.setdefault(rate, []).append(index)
    split: list[LineSplit | None] = [None] * len(given)
    rates = []
    for rate in sorted(members, reverse=True):
        grosses = [_cents(given[index][0]) for index in members[rate]]
        nets = _net_of(grosses, rate)
        for index, gross, net in zip(members[rate], grosses, nets, strict=True):
            split[index] = LineSplit(rate, _decimal(gross), _decimal(net), _decimal(gross - net))
        gross, net = sum(grosses), sum(nets)
        rates.append(RateSplit(rate, _decimal(gross), _decimal(net), _decimal(gross - net)))
    return GrossSplit(
        lines=tuple(line for line in split if line is not None),
        rates=tuple(rates),
        gross=sum((part.gross for part in rates), _decimal(0)),
        net=sum((part.net for part in rates), _decimal(0)),
        tax=sum((part.tax for part in rates), _decimal(0)),
    )


def _net_of(grosses: list[int], rate: Decimal) -> list[int]:
    """Return the net cents of lines of one rate: the rate's tax is rounded once, the lines share what is left."""
    if rate < 0:
        raise ValueError("A tax rate is not negative.")
    numerator, denominator = rate.as_integer_ratio()
    whole = 100 * denominator + numerator
    total = sum(grosses)
    net = total - _divide_half_up(total * numerator, whole)
    return _largest_remainder(net, [gross * 100 * denominator for gross in grosses], whole)


def _largest_remainder(total: int, numerators: list[int], denominator: int) -> list[int]:
    """Round the fractions ``numerators[i] / denominator`` so that they add up to ``total``.

    ``total`` is within half a unit of their exact sum. Done in the direction of the sum, so that negating all
    input negates the result.
    """
    lead = total or next((numerator for numerator in numerators if numerator), 0)
    if lead < 0:
        mirrored = _largest_remainder(-total, [-numerator for numerator in numerators], denominator)
        return [-part for part in mirrored]
    parts = [numerator // denominator for numerator in numerators]
    missing = total - sum(parts)
    if missing:
        by_remainder = sorted(range(len(parts)), key=lambda index: -(numerators[index] % denominator))
        for index in by_remainder[:missing]:
            parts[index] += 1
    return parts


def _divide_half_up(numerator: int, denominator: int) -> int:
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return quotient if numerator >= 0 else -quotient


def _cents(amount: Decimal) -> int:
    if not isinstance(amount, Decimal):
        raise TypeError(f"Amounts are Decimal, not {type(amount).__name__}.")
    cents = amount.scaleb(2)
    whole = int(cents)
    if whole != cents:
        raise ValueError(f"{amount} has fractions of a cent.")
    return whole


def _decimal(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def _integers(weights: Sequence[Decimal | int]) -> list[int]:
    ratios = [weight.as_integer_ratio() for weight in weights]
    common = max((denominator for _, denominator in ratios), default=1)
    for _, denominator in ratios:
        if common % denominator:
            common *= denominator
    return [numerator * (common // denominator) for numerator, denominator in ratios]
