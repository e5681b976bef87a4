"""Taking people on: an employee with a login, the link with which they choose their password, the first of all."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password

from kontor.back.people import errors, events
from kontor.back.people.models import Employee
from kontor.back.people.queries import departments_named, next_number
from kontor.back.people.wording import invitation
from kontor.kernel.actor.departments import DEPARTMENTS
from kontor.kernel.actor.errors import LinkEnded
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.actor.passwords import has_staff, hashed, invited, make_link, open_account, use_link
from kontor.kernel.errors import NotFound
from kontor.kernel.events.emitting import emit
from kontor.kernel.house import standing
from kontor.kernel.membrane.session import token_hash
from kontor.kernel.tasks.mail import NewMail, queue_mail
from kontor.kernel.transactions import in_transaction, transaction

if TYPE_CHECKING:
    from kontor.kernel.actor.models import StaffAccount

# Whoever begins alone does everything; departments are handed on as people come.
FIRST_DEPARTMENTS = tuple(row.code for row in DEPARTMENTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEmployee:
    """Somebody who begins to work here. ``key`` is the form's own: a second click finds the first employee."""

    key: UUID
    name: str
    email: str
    job_title_de: str
    job_title_en: str
    hired_on: date
    language: str = "de"
    departments: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Invited:
    """An employee with a login, and the link to choose a password with: empty where it went by mail, or had gone."""

    employee: Employee
    link: str
    is_new: bool = True


@transaction
def employ(*, new: NewEmployee, by: Actor, at: datetime) -> Invited:
    """Take somebody on: employee, login, departments, and a link to choose a password with.

    The link is mailed; without a mail server it is returned, to be shown once. Safe to repeat: the same key finds the
    first employee, without a second link.

    Raises:
        NotAllowed: ``by`` lacks the right ``people.write``.
        EmailUsed: somebody logs in with this address already.
    """
    by.require("people.write")
    known = Employee.objects.select_related("account").filter(pk=new.key).first()
    if known is not None:
        return Invited(known, "", is_new=False)
    employee = _insert(new, password=make_password(None))
    codes = tuple(sorted(new.departments))
    happened = events.Employed(subject=employee.number, subject_id=employee.id, departments=codes)
    emit([happened], by=by, at=at)
    return Invited(employee, _invite(employee, by=by, at=at))


@transaction
def send_link(*, number: str, by: Actor, at: datetime) -> Invited:
    """Make a new link to choose a password with; earlier links end, the present password holds until then.

    A repeat makes another link. Raises:
        NotAllowed: ``by`` lacks the right ``people.write``.
        NotFound: there is no such employee.
        NoLogin: the employee has no login, or a closed one.
    """
    by.require("people.write")
    employee = (
        Employee.objects.select_for_update(of=("self",)).select_related("account").filter(number=number)
    ).first()
    if employee is None:
        raise NotFound(number=number)
    if employee.account is None or not employee.account.is_active:
        raise errors.NoLogin(name=employee.name)
    return Invited(employee, _invite(employee, by=by, at=at))


def begin(*, token: str, first: NewEmployee, password: str, at: datetime) -> "StaffAccount":
    """The first administrator of an empty house, by the link that ``./kontor up`` prints. Once.

    Raises:
        LinkEnded: the link has been used or has expired.
        HouseHasStaff: somebody has a login already.
        WeakPassword: too short, too common, or too much like the person's name.
    """
    if invited(token=token, at=at).account is not None:
        raise LinkEnded
    encoded = hashed(password, email=first.email, name=first.name)
    return _begin(token=token, first=first, encoded=encoded, at=at)


@transaction
def _begin(*, token: str, first: NewEmployee, encoded: str, at: datetime) -> "StaffAccount":
    if use_link(token=token, at=at).account is not None:
        raise LinkEnded
    if has_staff():
        raise errors.HouseHasStaff
    employee = _insert(first, password=encoded)
    account = employee.account
    if account is None:  # pragma: no cover - inserted one line above
        raise LinkEnded
    by = Actor(ActorKind.STAFF, id=account.id, name=account.name)
    codes = tuple(sorted(first.departments))
    emit([events.Employed(subject=employee.number, subject_id=employee.id, departments=codes)], by=by, at=at)
    return account


@in_transaction
def _insert(new: NewEmployee, *, password: str) -> Employee:
    account = open_account(email=new.email, name=new.name, language=new.language, password=password)
    account.departments.set(departments_named(new.departments))
    return Employee.objects.create(
        id=new.key,
        number=next_number(),
        account=account,
        name=new.name,
        job_title_de=new.job_title_de,
        job_title_en=new.job_title_en or new.job_title_de,
        hired_on=new.hired_on,
    )


@in_transaction
def _invite(employee: Employee, *, by: Actor, at: datetime) -> str:
    account = employee.account
    if account is None:
        raise errors.NoLogin(name=employee.name)
    token = make_link(account_id=account.id, at=at)
    link = f"{settings.BACK_URL}/people/password/{token}/"
    was_mailed = bool(settings.SMTP_URL)
    if was_mailed:
        letter = invitation(
            name=account.name, language=account.mail_language, house=standing().name, link=link
        )
        key = f"people.link:{token_hash(token).hex()[:32]}"
        queue_mail(NewMail(key=key, recipient=account.email, subject=letter.subject, text=letter.text))
    made = events.PasswordLinkMade(subject=employee.number, subject_id=employee.id, was_mailed=was_mailed)
    emit([made], by=by, at=at)
    return "" if was_mailed else link
