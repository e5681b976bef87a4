"""What looks alike, in German and English; and how good groups are."""

import pytest

from kontor.back.improvement.grouping.graph import group
from kontor.back.improvement.grouping.measuring import agreement
from kontor.back.improvement.grouping.safety import is_dangerous
from kontor.back.improvement.grouping.vectors import Weights, likeness
from kontor.back.improvement.grouping.words import concepts_in, features, stem


@pytest.mark.parametrize(
    "words", [("bremse", "bremsen", "bremst"), ("reifen", "reifens"), ("lieferung", "lieferungen")]
)
def test_forms_of_a_german_word_have_one_stem(words):
    assert len({stem(word, "de") for word in words}) == 1


@pytest.mark.parametrize(
    "words", [("brake", "brakes"), ("deliver", "delivered", "delivers"), ("squeal", "squealing")]
)
def test_forms_of_an_english_word_have_one_stem(words):
    assert len({stem(word, "en") for word in words}) == 1


def test_both_languages_say_the_same_concept():
    assert concepts_in("scheibenbremse") == concepts_in("brakes") == ("brake",)
    assert "brake" not in concepts_in("aber")


def test_the_same_complaint_in_two_languages_is_more_alike_than_another_one():
    said = [
        features("Die Bremse quietscht bei Regen", "de"),
        features("My brake squeals in the rain", "en"),
        features("Die Rechnung hat eine falsche Adresse", "de"),
    ]
    weights = Weights.of(said)
    german, english, other = (weights.vector(one) for one in said)
    assert likeness(german, english) > 0.2 > likeness(german, other)


def test_masked_names_make_nobody_alike():
    assert features("[Name] [Telefon] [E-Mail]", "de") == {}


def test_groups_are_the_same_every_time_and_apart_where_nothing_is_shared():
    said = [
        "Bremse quietscht laut",
        "die Bremse quietscht",
        "Bremse quietscht immer",
        "Rechnung falsch",
        "falsche Rechnung",
    ]
    found = [features(text, "de") for text in said]
    weights = Weights.of(found)
    vectors = [weights.vector(one) for one in found]
    first = group(vectors)
    assert (
        first == group(vectors) and len(set(first[:3])) == 1 == len(set(first[3:])) and first[0] != first[3]
    )


def test_agreement_is_one_for_equal_groups_and_nothing_for_one_heap():
    labels = ["a", "a", "b", "b"]
    assert agreement(labels, [1, 1, 2, 2]).v_measure == 1
    assert agreement(labels, [1, 1, 1, 1]).v_measure == 0
    # Two labels, three groups: h = 1, c = 1 - H(K|C)/H(K) = 2/3 (worked out by hand).
    found = agreement(labels, [1, 1, 2, 3])
    assert found.homogeneity == 1 and found.completeness == pytest.approx(2 / 3)
    assert found.v_measure == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Bremse hat versagt, ich bin gestürzt", True),
        ("The brakes failed and I crashed", True),
        ("Der Bremshebel lässt sich bis zum Lenker durchziehen", True),
        ("The brake lever can be pulled right to the handlebar", True),
        ("Der Bremshebel ist verkratzt", False),
        ("Bremse quietscht etwas", False),
        ("Die Farbe gefällt mir nicht", False),
    ],
)
def test_words_of_danger_are_a_first_guess(text, expected):
    assert is_dangerous(text) is expected
