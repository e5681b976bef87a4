"""The tax table, seen by a tax adviser and by somebody who goes around Python."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection
from django.utils.translation import override

from kontor.kernel.rules.models import TaxRate
from kontor.kernel.rules.table import TAX_RATES
from kontor.kernel.rules.tax import NoTaxRule, forget_tax_rules, load_rules, tax_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shipped_rates():
    load_rules()
    yield
    forget_tax_rules()


def rate(code: str, jurisdiction: str, on: str) -> Decimal:
    return tax_on(code, jurisdiction, date.fromisoformat(on)).rate


@pytest.mark.parametrize(
    ("code", "jurisdiction", "on", "percent"),
    [
        ("standard", "DE", "2007-01-01", "19"),
        ("standard", "DE", "2020-06-30", "19"),
        ("standard", "DE", "2020-07-01", "16"),
        ("standard", "DE", "2020-12-31", "16"),
        ("standard", "DE", "2021-01-01", "19"),
        ("reduced", "DE", "2020-12-31", "5"),
        ("reduced", "DE", "2026-11-22", "7"),
        ("zero", "DE", "2023-01-01", "0"),
        ("exempt", "DE", "2026-11-22", "0"),
        ("standard", "AT", "2026-11-22", "20"),
        ("special", "AT", "2016-01-01", "13"),
        ("standard", "CH", "2023-12-31", "7.7"),
        ("standard", "CH", "2024-01-01", "8.1"),
        ("special", "CH", "2024-01-01", "3.8"),
        ("none", "GB", "2010-12-01", "0"),
        ("none", "DE", "2026-11-22", "0"),
    ],
)
def test_the_rate_of_the_day_holds(code, jurisdiction, on, percent):
    assert rate(code, jurisdiction, on) == Decimal(percent)


@pytest.mark.parametrize(
    ("code", "jurisdiction", "on"),
    [
        ("standard", "DE", "2006-12-31"),
        ("zero", "DE", "2022-12-31"),
        ("standard", "GB", "2020-01-01"),
        ("silly", "DE", "2020-01-01"),
    ],
)
def test_a_day_without_a_rule_is_refused_with_advice(code, jurisdiction, on):
    with override("en"), pytest.raises(NoTaxRule, match="add the rate"):
        tax_on(code, jurisdiction, date.fromisoformat(on))


def test_a_rate_explains_itself_in_german_and_in_english():
    rule = tax_on("standard", "DE", date(2020, 7, 1))
    german, english = rule.why("de"), rule.why("en")
    assert english[0] == "The standard rate of value added tax in Germany is 16 %."
    assert "July 1, 2020" in english[1]
    assert "Dec. 31, 2020" in english[1]
    assert english[2] == "Source: Section 28(1) UStG, Second Coronavirus Tax Assistance Act."
    assert german == [
        "Der Regelsatz der Umsatzsteuer in Deutschland beträgt 16 %.",
        "Diese Regel galt vom 1. Juli 2020 bis zum 31. Dezember 2020.",
        "Quelle: § 28 Abs. 1 UStG, Zweites Corona-Steuerhilfegesetz.",
    ]
    assert "8,1" in tax_on("standard", "CH", date(2024, 5, 1)).why("de")[0]


@pytest.mark.parametrize("code", ["standard", "reduced", "special", "zero", "exempt"])
def test_every_class_has_words_of_its_own(code):
    sentences = tax_on(code, "CH", date(2024, 5, 1)).why("en")
    assert len(sentences) == 3
    assert all(sentence.endswith(".") for sentence in sentences)


def test_categories_are_those_of_the_electronic_invoice():
    on = date(2024, 5, 1)
    letters = {
        code: tax_on(code, "DE", on).category for code in ("standard", "reduced", "zero", "exempt", "none")
    }
    assert letters == {"standard": "S", "reduced": "S", "zero": "Z", "exempt": "E", "none": "O"}


def test_asking_again_costs_no_statement(django_assert_num_queries):
    forget_tax_rules()
    with django_assert_num_queries(1):
        for _ in range(50):
            tax_on("standard", "DE", date(2026, 1, 1))


def test_loading_twice_changes_nothing_and_keeps_what_the_house_added():
    before = list(TaxRate.objects.values_list())
    begins = date(2031, 1, 1)
    TaxRate.objects.filter(jurisdiction="DE", code="standard", valid_until=None).update(valid_until=begins)
    TaxRate.objects.create(
        jurisdiction="DE", code="standard", rate=21, valid_from=begins, source_de="Gesetz", source_en="Act"
    )
    assert load_rules() == len(TAX_RATES)
    assert rate("standard", "DE", "2031-01-01") == 21
    assert rate("standard", "DE", "2030-12-31") == 19
    assert TaxRate.objects.count() == len(before) + 1


class TestTheDatabaseRefuses:
    """Each constraint, gone around in SQL."""

    def write(self, **changes):
        values = {
            "jurisdiction": "FR",
            "code": "standard",
            "rate": Decimal(20),
            "valid_from": date(2014, 1, 1),
            "valid_until": None,
            "source_de": "Code",
            "source_en": "Code",
        } | changes
        TaxRate.objects.bulk_create([TaxRate(**values)])

    def test_two_rates_of_one_class_on_one_day(self):
        with pytest.raises(IntegrityError, match="a_tax_class_has_one_rate_a_day"):
            self.write(jurisdiction="DE", valid_from=date(2030, 1, 1))

    def test_a_rate_that_begins_twice(self):
        with pytest.raises(IntegrityError, match=r"a_tax_rate_begins_once_a_day|one_rate_a_day"):
            self.write(jurisdiction="DE", valid_from=date(2007, 1, 1))

    def test_a_rate_that_ends_before_it_begins(self):
        with pytest.raises(IntegrityError, match="a_tax_rate_ends_after_it_begins"):
            self.write(valid_until=date(2014, 1, 1))

    @pytest.mark.parametrize("percent", [-1, 100])
    def test_a_rate_that_is_no_percentage(self, percent):
        with pytest.raises(IntegrityError, match="a_tax_rate_is_between_0_and_100_percent"):
            self.write(rate=Decimal(percent))

    def test_a_rate_that_follows_without_a_gap_is_welcome(self):
        self.write(valid_until=date(2027, 1, 1))
        self.write(valid_from=date(2027, 1, 1))
        assert TaxRate.objects.filter(jurisdiction="FR").count() == 2

    def test_a_changed_row_just_as_a_new_one(self):
        with pytest.raises(IntegrityError), connection.cursor() as cursor:
            cursor.execute("UPDATE rules_taxrate SET valid_until = NULL WHERE jurisdiction = 'DE'")


def test_no_shipped_rate_leaves_a_gap_once_it_has_begun():
    by_class: dict[tuple[str, str], list[tuple[date, date | None]]] = {}
    for line in sorted(TAX_RATES, key=lambda line: line.valid_from):
        by_class.setdefault((line.jurisdiction, line.code), []).append((line.valid_from, line.valid_until))
    for periods in by_class.values():
        for (_, ends), (begins, _) in pairwise(periods):
            assert ends == begins
        assert periods[-1][1] is None
