"""Who belongs to which department, and whose login is open. Takes effect with the next request."""

from collections.abc import Collection
from datetime import datetime

from kontor.back.people import errors, events
from kontor.back.people.models import Employee
from kontor.back.people.queries import departments_named
from kontor.kernel.actor.administrators import an_administrator_remains
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.events.emitting import emit
from kontor.kernel.transactions import transaction


@transaction
def set_departments(*, number: str, codes: Collection[str], by: Actor, at: datetime) -> list[str]:
    """Say which departments an employee belongs to; returns their codes. Safe to repeat: no change tells nobody.

    Raises:
        NotAllowed: ``by`` lacks the right ``people.write``.
        NotFound: there is no such employee.
        NoLogin: the employee has no login, and rights belong to logins.
        OwnRights: people do not change their own rights.
        LastAdministrator: nobody could administer the house any more.
    """
    employee = _changeable(number, by)
    named = departments_named(codes)
    wanted = sorted(department.code for department in named)
    known = sorted(employee.account.departments.values_list("code", flat=True)) if employee.account else []
    if employee.account is None or wanted == known:
        return known
    with an_administrator_remains():
        employee.account.departments.set(named)
    changed = events.DepartmentsChanged(subject=number, subject_id=employee.id, departments=tuple(wanted))
    emit([changed], by=by, at=at)
    return wanted


@transaction
def switch_account(*, number: str, is_active: bool, by: Actor, at: datetime) -> None:
    """Close a login or open it again; a closed one ends all its sessions with the next request. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``people.write``.
        NotFound: there is no such employee.
        NoLogin: the employee has no login.
        OwnRights: people do not close their own login.
        LastAdministrator: nobody could administer the house any more.
    """
    employee = _changeable(number, by)
    account = employee.account
    if account is None or account.is_active == is_active:
        return
    with an_administrator_remains():
        account.is_active = is_active
        account.save(update_fields=["is_active"])
    emit([events.AccountSwitched(subject=number, subject_id=employee.id, is_active=is_active)], by=by, at=at)


def _changeable(number: str, by: Actor) -> Employee:
    by.require("people.write")
    employee = Employee.objects.select_for_update(of=("self",)).filter(number=number).first()
    if employee is None:
        raise NotFound(number=number)
    if employee.account_id is None:
        raise errors.NoLogin(name=employee.name)
    if employee.account_id == by.id:
        raise errors.OwnRights
    return employee
