"""Taking people on and choosing passwords, as personnel, the new colleague and somebody with an old link see it."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from conftest import PlaneClient, make_account

from kontor.back.people.actions import set_departments, switch_account
from kontor.back.people.employing import NewEmployee, begin, employ
from kontor.back.people.errors import EmailUsed, HouseHasStaff
from kontor.back.people.models import Employee
from kontor.back.people.rights import set_rights
from kontor.bridge.parties.furnishing import switch_door
from kontor.bridge.parties.models import Door
from kontor.config.founding import bring_departments_and_doors, open_the_house
from kontor.config.planes import PLANES
from kontor.kernel.actor.errors import LastAdministrator, LinkEnded, WeakPassword
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.actor.models import Department, PasswordLink, StaffAccount
from kontor.kernel.errors import NotAllowed
from kontor.kernel.events.models import Event
from kontor.kernel.tasks.models import Mail

GOOD = "ein Kahn auf der Weser"


def somebody(**other):
    facts = {
        "key": uuid4(),
        "name": "Mia Brandt",
        "email": f"mia.{uuid4().hex[:8]}@example.org",
        "job_title_de": "Lagerleitung",
        "job_title_en": "",
        "hired_on": date(2026, 11, 1),
        "departments": ("warehouse", "sales"),
    }
    return NewEmployee(**(facts | other))


@pytest.fixture
def personnel(house, staff_client):
    return staff_client("back", "personnel")


@pytest.fixture
def chief(house):
    account = make_account("administration")
    account.set_password(GOOD)
    account.save()
    Employee.objects.create(
        number="M-1",
        account=account,
        name=account.name,
        hired_on=date(2020, 1, 1),
        job_title_de="x",
        job_title_en="x",
    )
    return account


def form_of(person):
    return {
        "key": str(person.key),
        "name": person.name,
        "email": person.email,
        "language": "de",
        "job_title_de": person.job_title_de,
        "hired_on": "2026-11-01",
        "departments": ["warehouse", "sales"],
    }


def test_a_new_colleague_gets_a_link_once_and_enters_with_a_password_of_their_own(personnel, settings):
    person = somebody()
    page = personnel.post("/people/new/", form_of(person)).content.decode()
    link = re.search(r"/people/password/[\w-]{43}/", page).group()
    assert personnel.post("/people/new/", form_of(person)).status_code == 302  # the second click
    assert Employee.objects.filter(pk=person.key).count() == 1 and PasswordLink.objects.count() == 1

    browser = PlaneClient(PLANES["back"])
    assert person.name in browser.get(link).content.decode()
    assert browser.post(link, {"password": "kurz"}).status_code == 422
    assert browser.post(link, {"password": GOOD}).status_code == 302
    assert browser.get("/warehouse/").status_code == 200
    assert browser.get(link).status_code == 410  # used once
    account = StaffAccount.objects.get(email=person.email)
    assert account.check_password(GOOD) and {row.code for row in account.departments.all()} == {
        "warehouse",
        "sales",
    }


def test_with_a_mail_server_the_link_goes_by_mail_and_is_shown_to_nobody(personnel, settings):
    settings.SMTP_URL = "smtp://localhost:2525?tls=no"
    person = somebody()
    answer = personnel.post("/people/new/", form_of(person))
    assert answer.status_code == 302
    mail = Mail.objects.get(recipient=person.email)
    assert "/people/password/" in mail.text and mail.subject == "Ihr Zugang bei Weserrad GmbH"
    assert Event.objects.filter(type="people.PasswordLinkMade", fact={"was_mailed": True}).count() == 1


def test_an_address_logs_one_person_in(house, now, chief):
    by = actor_for(chief)
    employ(new=somebody(email="jo@example.org"), by=by, at=now)
    with pytest.raises(EmailUsed):
        employ(new=somebody(email="Jo@example.org"), by=by, at=now)


def test_who_may_not_change_staff_takes_nobody_on(house, now, staff_client):
    with pytest.raises(NotAllowed):
        employ(new=somebody(), by=Actor(ActorKind.STAFF), at=now)
    assert staff_client("back", "warehouse").get("/people/new/").status_code == 403


def test_a_new_link_ends_the_earlier_one_and_the_old_password_holds_until_then(personnel, chief, now):
    first = personnel.post(f"/people/{'M-1'}/link/").content.decode()
    second = personnel.post("/people/M-1/link/").content.decode()
    links = [re.search(r"/people/password/[\w-]{43}/", page).group() for page in (first, second)]
    browser = PlaneClient(PLANES["back"])
    assert browser.get(links[0]).status_code == 410 and browser.get(links[1]).status_code == 200
    chief.refresh_from_db()
    assert chief.check_password(GOOD)


def test_a_link_expires_and_a_closed_login_has_none(house, chief, now):
    by = actor_for(chief)
    found = employ(new=somebody(), by=by, at=now - timedelta(days=8))
    assert (
        PlaneClient(PLANES["back"])
        .get(found.link.split("//")[-1][found.link.split("//")[-1].find("/") :])
        .status_code
        == 410
    )


def test_people_change_their_own_password_and_other_sessions_end(house, chief):
    here, there = PlaneClient(PLANES["back"]), PlaneClient(PLANES["back"])
    for browser in (here, there):
        with browser.inside():
            browser.force_login(chief)
    new = "zwei Boote vor Vegesack"
    assert here.post("/people/password/", {"old": "falsch", "password": new}).status_code == 422
    assert here.post("/people/password/", {"old": GOOD, "password": new}).status_code == 302
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302  # to the login


def test_who_works_at_the_counter_only_changes_the_password_too(house, staff_client):
    browser = staff_client("back", "sales")
    assert browser.get("/").status_code == 403
    assert browser.get("/people/password/").status_code == 200


def test_guessing_the_present_password_is_slowed_down(house, chief):
    browser = PlaneClient(PLANES["back"])
    with browser.inside():
        browser.force_login(chief)
    for _ in range(5):
        browser.post("/people/password/", {"old": "falsch", "password": GOOD + "!"})
    page = browser.post("/people/password/", {"old": GOOD, "password": GOOD + "!"}).content.decode()
    assert "15" in page and StaffAccount.objects.get(pk=chief.pk).check_password(GOOD)


def test_the_last_administrator_stays(house, chief, now):
    other = Actor(ActorKind.STAFF, id=uuid4(), rights=frozenset({"people.write", "administration.write"}))
    with pytest.raises(LastAdministrator):
        set_departments(number="M-1", codes=["warehouse"], by=other, at=now)
    with pytest.raises(LastAdministrator):
        switch_account(number="M-1", is_active=False, by=other, at=now)
    with pytest.raises(LastAdministrator):
        set_rights(code="administration", rights=["back.enter"], by=other, at=now)
    assert chief.departments.count() == 1 and not Event.objects.filter(type__startswith="people.").exists()


def test_rights_are_dealt_out_otherwise_and_told_once(house, chief, now):
    by = actor_for(chief)
    wanted = {*Department.objects.get(code="warehouse").rights, "invoicing.read"} - {"warehouse.count"}
    for _ in range(2):
        set_rights(code="warehouse", rights=[*wanted, "unknown.right"], by=by, at=now)
    event = Event.objects.get(type="people.RightsChanged")
    assert event.fact == {"given": ["invoicing.read"], "taken": ["warehouse.count"]}
    assert set(Department.objects.get(code="warehouse").rights) == wanted


def test_a_new_version_leaves_rights_that_the_house_dealt_out(house, chief, now):
    set_rights(code="warehouse", rights=["back.enter"], by=actor_for(chief), at=now)
    Department.objects.filter(code="logistics").update(rights=[])
    bring_departments_and_doors()
    assert Department.objects.get(code="warehouse").rights == ["back.enter"]
    assert Department.objects.get(code="logistics").rights != []


class TestTheFirstAdministrator:
    """The link that ``up --empty`` prints."""

    def test_begins_once(self, db, now):
        token = open_the_house()
        first = somebody(departments=("management", "administration"))
        with pytest.raises(WeakPassword):
            begin(token=token, first=first, password="passwort", at=now)
        account = begin(token=token, first=first, password=GOOD, at=now)
        assert actor_for(account).has("administration.write")
        with pytest.raises(LinkEnded):
            begin(token=token, first=somebody(), password=GOOD, at=now)
        assert open_the_house() == ""

    def test_a_second_start_ends_the_first_link(self, db, now):
        first, second = open_the_house(), open_the_house()
        with pytest.raises(LinkEnded):
            begin(token=first, first=somebody(), password=GOOD, at=now)
        begin(token=second, first=somebody(), password=GOOD, at=now)

    def test_the_payment_service_to_try_things_with_is_not_offered_to_customers(self, db, now):
        bring_departments_and_doors()
        open_the_house()
        assert not Door.objects.get(code="online-payment").is_open
        switch_door(code="online-payment", is_open=True, by=the_house(), at=now)
        open_the_house()
        assert Door.objects.get(code="online-payment").is_open, "what somebody chose stays"

    def test_is_refused_where_somebody_works(self, db, now):
        token = open_the_house()
        make_account("administration")
        with pytest.raises(HouseHasStaff):
            begin(token=token, first=somebody(), password=GOOD, at=now)

    def test_a_made_up_link_opens_nothing(self, db, now):
        for token in ("x", "A" * 43):
            with pytest.raises(LinkEnded):
                begin(token=token, first=somebody(), password=GOOD, at=now)
