"""Finding customers, as a clerk with the phone in one hand sees it."""

import pytest
from django.db import ProgrammingError
from django.db.transaction import atomic

from kontor.bridge.parties.finding import find_parties, party_card, party_with_email
from kontor.bridge.parties.models import Address, Party
from kontor.kernel.errors import NotFound


def party(name: str, city: str = "Bremen", **facts: str) -> Party:
    given, _, family = name.rpartition(" ")
    found = Party.objects.create(given_name=given, family_name=family, **facts)
    Address.objects.create(party=found, name=name, street="Am Deich 12", postal_code="28199", city=city)
    found.refresh_from_db()
    return found


@pytest.fixture
def people(db: None) -> dict[str, Party]:
    return {
        "anna": party("Anna Behrens", email="anna@example.org", phone="+49 421 55 77-12"),
        "jörg": party("Jörg Müller", email="jm@example.org", phone="0171 2345678", city="Köln"),
        "berta": party("Berta Behrmann", email="bb@example.org", city="Verden (Aller)"),
        "hotel": Party.objects.create(
            kind="organisation", organisation="Hotel Weserblick GmbH", email="h@example.org"
        ),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("behrens", "Behrens"),
        ("BEHR ann", "Behrens"),
        ("mueller", "Müller"),
        ("müller köln", "Müller"),
        ("koeln", "Müller"),
        ("anna@exa", "Behrens"),
        ("0421 5577", "Behrens"),
        ("+49 421/5577", "Behrens"),
        ("0049421 5577", "Behrens"),
        ("+49 171 234", "Müller"),
        ("verden", "Behrmann"),
        ("Behrnes", "Behrens"),
        ("Mülller", "Müller"),
    ],
)
def test_a_customer_is_found_by_what_the_caller_says(
    people: dict[str, Party], text: str, expected: str
) -> None:
    assert expected in [hit.name.split()[-1] for hit in find_parties(text)]


def test_an_exact_number_comes_first(people: dict[str, Party]) -> None:
    assert find_parties(people["berta"].number.lower())[0].id == people["berta"].id


def test_an_organisation_is_found_without_an_address(people: dict[str, Party]) -> None:
    assert [hit.name for hit in find_parties("weserblick")] == ["Hotel Weserblick GmbH"]


def test_who_moves_is_found_in_the_new_town_and_no_longer_in_the_old_one(people: dict[str, Party]) -> None:
    Address.objects.filter(party=people["jörg"]).update(city="Oldenburg")

    assert [hit.id for hit in find_parties("müller oldenburg")] == [people["jörg"].id]
    assert find_parties("müller köln") == []


def test_a_removed_address_is_not_found(people: dict[str, Party]) -> None:
    Address.objects.filter(party=people["berta"]).delete()

    assert find_parties("behrmann verden") == []


@pytest.mark.parametrize("text", ["", "%", "_", "\\", "' OR 1=1 --", "🚲", "(", "a" * 200, "田中さん"])
def test_odd_words_find_nobody_and_break_nothing(people: dict[str, Party], text: str) -> None:
    assert find_parties(text) == []


def test_erased_customers_are_not_found(people: dict[str, Party]) -> None:
    Party.objects.filter(pk=people["anna"].pk).update(erased_at="2026-11-20T00:00Z")

    assert people["anna"].id not in [hit.id for hit in find_parties("anna")]


def test_the_card_holds_all_addresses_the_latest_first(people: dict[str, Party]) -> None:
    anna = people["anna"]
    Address.objects.filter(party=anna).update(created_at="2026-11-20T00:00Z")
    Address.objects.create(party=anna, name="Anna", street="Neu 1", postal_code="28195", city="Bremen")

    card = party_card(anna.number)

    assert card.name == "Anna Behrens"
    assert [address.street for address in card.addresses] == ["Neu 1", "Am Deich 12"]


def test_an_unknown_number_is_refused(people: dict[str, Party]) -> None:
    with pytest.raises(NotFound, match="K-0"):
        party_card("K-0")


def test_an_e_mail_is_known_whatever_its_case(people: dict[str, Party]) -> None:
    found = party_with_email("ANNA@example.org")

    assert found is not None and found.number == people["anna"].number
    assert party_with_email("") is None


def test_the_public_cannot_search_customers(people: dict[str, Party], as_role) -> None:
    with as_role("kontor_public"), pytest.raises(ProgrammingError, match="permission denied"), atomic():
        find_parties("anna")
