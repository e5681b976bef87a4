"""The pages of personnel, as the head of personnel and others see them."""

from datetime import date

import pytest
from conftest import make_account

from kontor.back.people.models import Employee
from kontor.kernel.actor.models import StaffAccount
from kontor.kernel.events.models import Event


def employ(*departments: str, number: str) -> Employee:
    account = make_account(*departments) if departments else None
    titles = {"job_title_de": "Lagerleitung", "job_title_en": "Warehouse Manager"}
    name = f"Jo {number}"
    return Employee.objects.create(
        number=number, account=account, name=name, hired_on=date(2020, 1, 1), **titles
    )


@pytest.fixture
def personnel(house, staff_client):
    return staff_client("back", "personnel")


def departments_of(employee):
    return sorted(employee.account.departments.values_list("code", flat=True))


def test_everybody_stands_in_the_list_with_their_departments(personnel, django_assert_max_num_queries):
    employ("warehouse", "logistics", number="M-1")
    employ(number="M-2")
    with django_assert_max_num_queries(12) as few:
        page = personnel.get("/people/").content.decode()
    assert "Lager, Logistik" in page or "Logistik, Lager" in page
    for number in range(3, 40):
        employ("warehouse", number=f"M-{number}")
    with django_assert_max_num_queries(12) as many:
        personnel.get("/people/")
    assert len(few) == len(many)
    assert personnel.get("/people/?department=logistics").content.decode().count("row-link") == 1


def test_departments_change_rights_with_the_next_request_and_are_told_once(personnel, staff_client):
    employee = employ("warehouse", number="M-1")
    for _ in range(2):
        answer = personnel.post("/people/M-1/", {"departments": ["accounting", "logistics"]})
        assert answer.status_code == 302
    assert departments_of(employee) == ["accounting", "logistics"]
    event = Event.objects.get(type="people.DepartmentsChanged")
    assert (event.subject, event.fact) == ("M-1", {"departments": ["accounting", "logistics"]})
    assert "Buchhaltung, Logistik" in personnel.get("/people/M-1/").content.decode()


def test_nobody_changes_their_own_rights(house, staff_client):
    browser = staff_client("back", "personnel")
    me = StaffAccount.objects.get()
    employee = Employee.objects.create(
        number="M-9", account=me, name="Ich", hired_on=date(2020, 1, 1), job_title_de="x", job_title_en="x"
    )
    answer = browser.post("/people/M-9/", {"departments": ["management"]})
    assert answer.status_code == 422
    browser.post("/people/M-9/login/", {"login": "close"})
    me.refresh_from_db()
    assert (departments_of(employee), me.is_active) == (["personnel"], True)


def test_a_login_is_closed_and_opened(personnel):
    employee = employ("warehouse", number="M-1")
    for wanted, is_active in (("close", False), ("close", False), ("open", True)):
        personnel.post("/people/M-1/login/", {"login": wanted})
        employee.account.refresh_from_db()
        assert employee.account.is_active is is_active
    assert Event.objects.filter(type="people.AccountSwitched").count() == 2


def test_a_department_that_is_none_is_refused(personnel):
    employee = employ("warehouse", number="M-1")
    assert personnel.post("/people/M-1/", {"departments": ["root"]}).status_code == 422
    assert departments_of(employee) == ["warehouse"]


def test_who_has_no_login_gets_no_departments(personnel):
    employ(number="M-1")
    assert personnel.post("/people/M-1/", {"departments": ["warehouse"]}).status_code == 422


@pytest.mark.parametrize(
    ("department", "sees", "changes"),
    [
        ("personnel", 200, 302),
        ("administration", 200, 302),
        ("management", 200, 302),
        ("warehouse", 403, 403),
        ("accounting", 403, 403),
    ],
)
def test_only_personnel_administration_and_management_see_staff(
    staff_client, house, department, sees, changes
):
    employ("warehouse", number="M-1")
    browser = staff_client("back", department)
    assert browser.get("/people/").status_code == sees
    assert browser.get("/people/M-1/").status_code == sees
    assert browser.post("/people/M-1/", {"departments": ["logistics"]}).status_code == changes
    assert browser.get("/people/M-404/").status_code == (404 if sees == 200 else 403)
