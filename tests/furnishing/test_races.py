"""Two people do the same at the same moment, each on a connection of their own."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from conftest import NOW, make_account
from django.db import connection

from kontor.back.people.actions import set_departments
from kontor.back.people.employing import NewEmployee, begin
from kontor.back.people.models import Employee
from kontor.bridge.parties.furnishing import PlaceFacts, change_house, save_place
from kontor.bridge.parties.models import House, Place
from kontor.config.founding import Founding, found_house, open_the_house
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.actor.models import StaffAccount
from kontor.kernel.errors import Refusal
from kontor.kernel.transactions import transaction

pytestmark = pytest.mark.usefixtures("own_database")
HOUSE = {
    "name": "Haus",
    "street": "x",
    "postal_code": "1",
    "city": "y",
    "email": "a@example.org",
    "phone": "1",
}
PASSWORD = "ein Kahn auf der Weser"


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Do all of them in the same moment; how each ended: "done", or the name of the refusal."""
    start, ends = Barrier(len(deeds)), []

    def run(deed: Callable[[], object]) -> None:
        try:
            start.wait()
            deed()
            ends.append("done")
        except Refusal as refusal:
            ends.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def administrator(number: str) -> None:
    @transaction
    def make() -> None:
        account = make_account("administration")
        account.set_password(PASSWORD)
        account.save()
        titles = {"job_title_de": "x", "job_title_en": "x"}
        Employee.objects.create(
            number=number, account=account, name=number, hired_on=date(2020, 1, 1), **titles
        )

    make()


def test_two_administrators_who_remove_each_other_leave_one():
    found_house(founding=Founding(house=HOUSE))
    for number in ("M-1", "M-2"):
        administrator(number)
    by = Actor(ActorKind.STAFF, id=uuid4(), rights=frozenset({"people.write"}))
    ends = at_once(
        *(
            lambda number=number: set_departments(number=number, codes=["warehouse"], by=by, at=NOW)
            for number in ("M-1", "M-2")
        )
    )
    assert ends == ["LastAdministrator", "done"]
    assert StaffAccount.objects.filter(departments="administration").count() == 1


def test_the_first_link_makes_one_administrator():
    token = open_the_house()
    people = [
        NewEmployee(
            key=uuid4(),
            name=name,
            email=f"{name}@example.org",
            job_title_de="x",
            job_title_en="x",
            hired_on=NOW.date(),
            departments=("administration",),
        )
        for name in ("jule", "ole")
    ]
    ends = at_once(
        *(lambda first=first: begin(token=token, first=first, password=PASSWORD, at=NOW) for first in people)
    )
    assert ends == ["LinkEnded", "done"] and StaffAccount.objects.count() == 1


def test_two_words_about_the_same_fact_are_not_both_taken():
    house = found_house(founding=Founding(house=HOUSE))
    by = the_house()
    ends = at_once(
        *(
            lambda city=city: change_house(changes={"city": city}, seen=house.id, by=by, at=NOW)
            for city in ("Emden", "Leer")
        )
    )
    assert ends == ["HouseChanged", "done"] and House.objects.count() == 2


def test_two_first_places_are_one_main_place():
    found_house(founding=Founding(house=HOUSE))
    facts = [
        PlaceFacts(name_de=name, name_en=name, street="x", postal_code="1", city="y") for name in ("a", "b")
    ]
    ends = at_once(
        *(lambda one=one: save_place(place_id=uuid4(), facts=one, by=the_house(), at=NOW) for one in facts)
    )
    assert ends == ["done", "done"] and Place.objects.filter(is_main=True).count() == 1
