"""What is read of personnel."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, StringAgg, Subquery, Value

from kontor.back.people.models import Employee
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.models import Department
from kontor.kernel.errors import NotFound
from kontor.kernel.events.models import Event
from kontor.kernel.language import reader_language


def _in_language(name: str) -> str:
    return f"{name}_{reader_language()}"


def employee_rows(_actor: Actor) -> QuerySet[Any, Any]:
    """Everybody who works here, with their departments."""
    # Named for each row shown: a join would gather the departments of everybody before the first fifty are known.
    departments = Department.objects.filter(staff=OuterRef("account_id")).order_by().values("staff")
    names = StringAgg(_in_language("name"), Value(", "), order_by="position")
    rows = Employee.objects.annotate(
        job_title=F(_in_language("job_title")),
        email=F("account__email"),
        is_active=F("account__is_active"),
        departments=Subquery(departments.annotate(names=names).values("names")),
    )
    return rows.values(
        "id", "number", "name", "job_title", "departments", "email", "is_active", "hired_on", "left_on"
    )


def by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Employees by number, name or e-mail address."""
    return rows.filter(
        Q(number__istartswith=text) | Q(name__icontains=text) | Q(account__email__icontains=text)
    )


def in_department(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    """Employees of one department; they are still shown with all of theirs."""
    members = Employee.objects.filter(account__departments=code).values("pk")
    return rows.filter(pk__in=members)


def department_choices() -> list[tuple[str, str]]:
    """Departments by code."""
    return list(Department.objects.values_list("code", _in_language("name")))


def departments_named(codes: Collection[str]) -> list[Department]:
    """The departments with these codes; codes nobody knows are left out."""
    return list(Department.objects.filter(code__in=codes))


def departments() -> list[Department]:
    """All departments in their order."""
    return list(Department.objects.all())


def employee(number: str) -> Employee:
    """One employee with the account and its departments.

    Raises:
        NotFound: there is no such employee.
    """
    found = Employee.objects.select_related("account").filter(number=number).first()
    if found is None:
        raise NotFound(number=number)
    return found


def codes_of(account_id: UUID | None) -> set[str]:
    """The departments of a login."""
    return (
        set(Department.objects.filter(staff=account_id).values_list("code", flat=True))
        if account_id
        else set()
    )


def history_of(employee_id: UUID) -> list[Event]:
    """What happened to an employee's rights, newest first."""
    return list(Event.objects.filter(subject_id=employee_id).order_by("-id")[:50])


def department(code: str) -> Department:
    """One department.

    Raises:
        NotFound: there is none of this code.
    """
    found = Department.objects.filter(code=code).first()
    if found is None:
        raise NotFound(number=code)
    return found


def members() -> dict[str, int]:
    """How many open logins each department has."""
    rows = Department.objects.filter(staff__is_active=True).values_list("code").annotate(Count("staff"))
    return dict(rows)


def next_number() -> str:
    """The number of the next employee: one more than the highest of the form M-101; two at once are refused."""
    numbers = Employee.objects.filter(number__regex=r"^M-[0-9]{1,9}$").values_list("number", flat=True)
    return f"M-{max((int(number[2:]) for number in numbers), default=100) + 1}"
