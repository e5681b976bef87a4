"""Drawing up and changing customers, as a clerk does it."""

from typing import Any
from uuid import UUID

import pytest

from kontor.bridge.parties.keeping import (
    AddressDetails,
    PartyDetails,
    change_party,
    create_party,
    keep_address,
)
from kontor.bridge.parties.models import Address, Party
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.errors import NotAllowed, NotFound
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7
from tests.trade import NOW

CLERK = Actor(ActorKind.STAFF, id=uuid7(), name="Linda", rights=frozenset({"customers.write"}))
READER = Actor(ActorKind.STAFF, id=uuid7(), name="Rita", rights=frozenset({"customers.read"}))


def details(**changed: str) -> PartyDetails:
    facts = {"kind": "person", "given_name": "Anna", "family_name": "Behrens", "organisation": ""}
    facts |= {"email": "anna@example.org", "phone": "0421 55", "language": "de"}
    return PartyDetails(**facts | changed)


def address(**changed: Any) -> AddressDetails:
    facts: dict[str, Any] = {"id": uuid7(), "name": "Anna", "street": "Weg 1", "postal_code": "28199"}
    return AddressDetails(**facts | {"city": "Bremen"} | changed)


def news(party_id: UUID) -> list[tuple[str, dict[str, Any]]]:
    return list(Event.objects.filter(subject_id=party_id).order_by("id").values_list("type", "fact"))


@pytest.fixture
def key(db: None) -> UUID:
    party_id = uuid7()
    create_party(key=party_id, details=details(), addresses=[address()], by=CLERK, at=NOW)
    return party_id


def test_a_new_customer_gets_a_number_and_an_address(key: UUID) -> None:
    party = Party.objects.get(pk=key)
    assert party.number.startswith("K-") and party.name == "Anna Behrens"
    assert [known.street for known in party.addresses.all()] == ["Weg 1"]
    assert news(key) == [("parties.PartyCreated", {})]


def test_the_second_click_finds_the_first_customer(key: UUID) -> None:
    again = details(given_name="Berta")
    number = create_party(key=key, details=again, addresses=[address()], by=CLERK, at=NOW)

    assert number == Party.objects.get(pk=key).number
    assert Party.objects.get(pk=key).given_name == "Anna"
    assert Address.objects.filter(party_id=key).count() == 1 and len(news(key)) == 1


def test_a_change_tells_which_fields_and_never_what_they_held(key: UUID) -> None:
    new = details(email="new@example.org", phone="0171 1")

    assert change_party(party_id=key, details=new, by=CLERK, at=NOW)
    assert not change_party(party_id=key, details=new, by=CLERK, at=NOW)
    assert news(key)[1:] == [("parties.PartyChanged", {"fields": ["email", "phone"]})]
    assert Party.objects.get(pk=key).email == "new@example.org"


def test_an_address_is_added_once_and_changed_in_place(key: UUID) -> None:
    second = address(street="Neu 2")

    assert keep_address(party_id=key, address=second, by=CLERK, at=NOW)
    assert not keep_address(party_id=key, address=second, by=CLERK, at=NOW)
    moved = address(id=second.id, street="Neu 2", city="Verden")
    assert keep_address(party_id=key, address=moved, by=CLERK, at=NOW)
    assert sorted(Address.objects.filter(party_id=key).values_list("street", "city")) == [
        ("Neu 2", "Verden"),
        ("Weg 1", "Bremen"),
    ]


def test_the_address_of_somebody_else_is_not_touched(key: UUID) -> None:
    other = uuid7()
    create_party(key=other, details=details(email="b@example.org"), addresses=[], by=CLERK, at=NOW)
    theirs = Address.objects.get(party_id=key)

    mine = address(id=theirs.id, street="Anders 1")
    assert not keep_address(party_id=other, address=mine, by=CLERK, at=NOW)
    theirs.refresh_from_db()
    assert (theirs.party_id, theirs.street) == (key, "Weg 1")


def test_without_the_right_nothing_is_written(key: UUID) -> None:
    with pytest.raises(NotAllowed, match=r"customers\.write"):
        create_party(key=uuid7(), details=details(), addresses=[], by=READER, at=NOW)
    with pytest.raises(NotAllowed, match=r"customers\.write"):
        change_party(party_id=key, details=details(phone="1"), by=READER, at=NOW)
    with pytest.raises(NotAllowed, match=r"customers\.write"):
        keep_address(party_id=key, address=address(), by=READER, at=NOW)
    assert Party.objects.count() == 1 and len(news(key)) == 1


def test_an_erased_customer_is_not_changed(key: UUID) -> None:
    Party.objects.filter(pk=key).update(erased_at=NOW)

    with pytest.raises(NotFound):
        change_party(party_id=key, details=details(phone="1"), by=CLERK, at=NOW)
