"""Money, seen by an auditor who adds everything up again."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.kernel.money import CurrencyMismatchError, Money, allocate, round_half_up, split_gross

CENTS = st.integers(-10_000_000, 10_000_000).map(lambda cents: Decimal(cents).scaleb(-2))
RATES = st.sampled_from([Decimal("19.00"), Decimal("7.00"), Decimal("16"), Decimal("8.1"), Decimal(0)])
LINES = st.lists(st.tuples(CENTS, RATES), max_size=30)
WEIGHTS = st.lists(
    st.integers(0, 10**9).map(lambda weight: Decimal(weight).scaleb(-4)), min_size=1, max_size=30
).filter(any)


def euro(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


class TestMoney:
    def test_a_float_is_refused_everywhere(self):
        with pytest.raises(TypeError):
            Money(1.5, "EUR")
        with pytest.raises(TypeError):
            euro("1.00") * 1.5
        with pytest.raises(TypeError):
            round_half_up(1.5)
        with pytest.raises(TypeError):
            allocate(1.5, [1])

    @pytest.mark.parametrize("amount", ["NaN", "Infinity"])
    def test_an_amount_that_is_no_number_is_refused(self, amount):
        with pytest.raises(ValueError, match="finite"):
            euro(amount)

    @pytest.mark.parametrize("currency", ["", "eur", "EURO", "€€€", "ß€1"])
    def test_a_currency_is_three_capital_letters(self, currency):
        with pytest.raises(ValueError, match="currency code"):
            Money(Decimal(1), currency)

    def test_currencies_never_mix(self):
        pound = Money(Decimal(1), "GBP")
        for mixing in (
            lambda: euro("1") + pound,
            lambda: euro("1") - pound,
            lambda: euro("1") < pound,
            lambda: euro("1") >= pound,
        ):
            with pytest.raises(CurrencyMismatchError):
                mixing()
        assert euro("1") != pound

    def test_sums_products_and_signs_are_exact(self):
        assert euro("0.10") + euro("0.20") == euro("0.30")
        assert 3 * euro("0.333333") == euro("0.999999")
        assert (3 * euro("0.333333")).rounded() == euro("1.00")
        assert -euro("2.50") == euro("-2.50") == Money.zero("EUR") - euro("2.50")
        assert abs(euro("-2.50")) == euro("2.50")
        assert Money.total([euro("1.10"), euro("2.20")], "EUR") == euro("3.30")
        assert Money.total([], "EUR") == Money.zero("EUR")

    def test_money_is_compared_hashed_and_asked_whether_it_is_anything(self):
        assert euro("1") < euro("2") <= euro("2.00") and euro("2") > euro("1") >= euro("1")
        assert {euro("2"): "two"}[euro("2.00")] == "two"
        assert euro("0.01") and not Money.zero("EUR")
        assert str(euro("1234.50")) == "1234.50 EUR"


class TestRounding:
    @pytest.mark.parametrize(
        ("given", "rounded"),
        [("0.125", "0.13"), ("-0.125", "-0.13"), ("0.124999", "0.12"), ("2.675", "2.68"), ("-0.004", "0.00")],
    )
    def test_half_a_cent_goes_away_from_zero(self, given, rounded):
        assert str(round_half_up(Decimal(given))) == rounded

    def test_other_places_can_be_asked_for(self):
        assert round_half_up(Decimal("2.5"), 0) == 3
        assert str(round_half_up(Decimal("1"), 4)) == "1.0000"


class TestAllocate:
    def test_left_over_cents_go_to_the_largest_remainders_and_then_to_the_earlier_part(self):
        assert allocate(Decimal("1.00"), [1, 1, 1]) == [Decimal("0.34"), Decimal("0.33"), Decimal("0.33")]
        assert allocate(Decimal("0.05"), [3, 7]) == [Decimal("0.02"), Decimal("0.03")]
        assert allocate(Decimal("-1.00"), [1, 1, 1])[0] == Decimal("-0.34")

    @given(CENTS, WEIGHTS)
    def test_parts_add_up_and_stay_within_a_cent_of_their_share(self, total, weights):
        parts = allocate(total, weights)
        assert sum(parts) == total
        whole = sum(map(Fraction, weights))
        for part, weight in zip(parts, weights, strict=True):
            assert abs(Fraction(part) - Fraction(total) * Fraction(weight) / whole) < Fraction(1, 100)

    @given(CENTS, WEIGHTS)
    def test_the_negated_total_gives_the_mirror(self, total, weights):
        assert allocate(-total, weights) == [-part for part in allocate(total, weights)]

    @pytest.mark.parametrize(
        ("total", "weights"),
        [("1.00", []), ("1.00", [0, 0]), ("1.00", [2, -1]), ("1.005", [1]), ("0.00", [])],
    )
    def test_what_cannot_be_split_is_refused(self, total, weights):
        with pytest.raises(ValueError, match=r"split|negative|fractions"):
            allocate(Decimal(total), weights)

    def test_nothing_is_split_into_nothing(self):
        assert allocate(Decimal("0.00"), [0, 0]) == [0, 0]


class TestSplitGross:
    def test_tax_is_computed_once_from_the_gross_sum_not_from_the_lines(self):
        split = split_gross([(Decimal("0.99"), Decimal(19))] * 3)
        # Line by line it would be 3 x 0.16 = 0.48; 2.97 * 19 / 119 = 0.4742 is 0.47.
        assert (split.gross, split.tax, split.net) == (Decimal("2.97"), Decimal("0.47"), Decimal("2.50"))
        assert [line.net for line in split.lines] == [Decimal("0.84"), Decimal("0.83"), Decimal("0.83")]

    def test_rates_are_kept_apart_and_lines_keep_their_order(self):
        split = split_gross(
            [(Decimal("10.70"), Decimal(7)), (Decimal("11.90"), Decimal(19)), (Decimal("5.00"), Decimal(0))]
        )
        assert [(part.rate, part.net, part.tax) for part in split.rates] == [
            (19, Decimal("10.00"), Decimal("1.90")),
            (7, Decimal("10.00"), Decimal("0.70")),
            (0, Decimal("5.00"), 0),
        ]
        assert [line.rate for line in split.lines] == [7, 19, 0]

    def test_a_document_without_lines_is_worth_nothing(self):
        assert split_gross([]).gross == split_gross([]).tax == 0

    def test_fractions_of_a_cent_and_negative_rates_are_refused(self):
        with pytest.raises(ValueError, match="fractions"):
            split_gross([(Decimal("1.001"), Decimal(19))])
        with pytest.raises(ValueError, match="negative"):
            split_gross([(Decimal("1.00"), Decimal(-1))])

    @given(LINES)
    def test_every_sum_agrees_with_its_parts(self, lines):
        split = split_gross(lines)
        assert [(line.gross, line.rate) for line in split.lines] == lines
        assert all(part.net + part.tax == part.gross for part in (*split.lines, *split.rates, split))
        assert split.gross == sum(gross for gross, _ in lines)
        for part in split.rates:
            members = [line for line in split.lines if line.rate == part.rate]
            assert sum(line.net for line in members) == part.net
            assert sum(line.tax for line in members) == part.tax
            assert part.tax == round_half_up(part.gross * part.rate / (100 + part.rate))

    @given(LINES)
    def test_every_net_line_is_within_a_cent_of_its_exact_value(self, lines):
        for line in split_gross(lines).lines:
            exact = Fraction(line.gross) * 100 / (100 + Fraction(line.rate))
            assert abs(Fraction(line.net) - exact) < Fraction(1, 100)

    @given(LINES)
    def test_a_credit_note_is_the_mirror_of_its_invoice(self, lines):
        invoice = split_gross(lines)
        credit = split_gross([(-gross, rate) for gross, rate in lines])
        assert [line.net for line in credit.lines] == [-line.net for line in invoice.lines]
        assert (credit.net, credit.tax) == (-invoice.net, -invoice.tax)
