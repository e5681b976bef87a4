"""Who works in the demo house, and who buys there."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from kontor.back.people.models import Employee
from kontor.bridge.parties.models import Address, Login, Party
from kontor.bridge.parties.passwords import new_salt, verifier_of
from kontor.config.demo.logins import DEMO_PASSWORD
from kontor.config.demo.reading import Row, rows
from kontor.kernel.actor.departments import DEPARTMENTS
from kontor.kernel.actor.models import StaffAccount
from kontor.kernel.transactions import in_transaction


@in_transaction
def load_staff(*, at: datetime) -> list[Row]:
    """The people of the house and their departments; all share the demo password."""
    staff = rows("staff")
    password = make_password(DEMO_PASSWORD)
    accounts = [
        StaffAccount(email=row["email"], name=f"{row['first_name']} {row['last_name']}", password=password)
        for row in staff
    ]
    StaffAccount.objects.bulk_create(accounts)
    memberships = StaffAccount.departments.through
    memberships.objects.bulk_create(
        memberships(staffaccount_id=account.id, department_id=code)
        for account, row in zip(accounts, staff, strict=True)
        for code in _departments(row)
    )
    Employee.objects.bulk_create(
        Employee(
            number=f"M-{100 + place}",
            account=account,
            name=account.name,
            job_title_de=row["title_de"],
            job_title_en=row["title_en"],
            hired_on=(at - timedelta(days=int(row["here_since_days"]))).date(),
        )
        for place, (account, row) in enumerate(zip(accounts, staff, strict=True), start=1)
    )
    return staff


def _departments(row: Row) -> list[str]:
    """The departments of a member of staff; a star is every one there is."""
    if row["departments"] == "*":
        return [department.code for department in DEPARTMENTS]
    return row["departments"].split()


@in_transaction
def load_customers(*, at: datetime) -> dict[str, Party]:
    """Persons and organisations with one address each, two of them with a login; parties by their key in the file."""
    found = rows("customers")
    parties = {row["key"]: _party(row, at) for row in found}
    Party.objects.bulk_create(parties.values())
    Address.objects.bulk_create(_address(row, parties[row["key"]]) for row in found)
    Login.objects.bulk_create(_login(row, parties[row["key"]]) for row in found if row["login"])
    return parties


def _party(row: Row, at: datetime) -> Party:
    return Party(
        kind=Party.Kind.ORGANISATION if row["kind"] == "company" else Party.Kind.PERSON,
        given_name=row["first_name"],
        family_name=row["last_name"],
        organisation=row["company"],
        email=row["email"],
        phone=row["phone"],
        language=row["language"],
        created_at=at - timedelta(days=int(row["known_since_days"])),
    )


def _login(row: Row, party: Party) -> Login:
    salt = new_salt()
    return Login(party=party, email=row["email"], salt=salt, verifier=verifier_of(DEMO_PASSWORD, salt))


def _address(row: Row, party: Party) -> Address:
    contact = f"{row['first_name']} {row['last_name']}"
    return Address(
        party=party,
        name=party.name,
        extra=contact if row["kind"] == "company" else "",
        street=row["street"],
        postal_code=row["postal_code"],
        city=row["city"],
        country=row["country"],
        created_at=party.created_at,
    )
