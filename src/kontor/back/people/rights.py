"""What a department may do, dealt out by the house itself."""

from collections.abc import Collection
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from kontor.back.people import events
from kontor.back.people.queries import department
from kontor.kernel.actor.administrators import an_administrator_remains
from kontor.kernel.actor.departments import RIGHTS
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.transactions import transaction


def department_id(code: str) -> UUID:
    """Under which id a department's history is kept: departments are named by code."""
    return uuid5(NAMESPACE_URL, f"department:{code}")


@transaction
def set_rights(*, code: str, rights: Collection[str], by: Actor, at: datetime) -> list[str]:
    """Say what the members of a department may do; holds with their next request. Rights nobody knows are left out.

    Safe to repeat: no change tells nobody.

    Raises:
        NotAllowed: ``by`` lacks the right ``administration.write``.
        NotFound: there is no such department.
        LastAdministrator: nobody could administer the house any more.
    """
    by.require("administration.write")
    with an_administrator_remains():
        found = department(code)
        wanted = [right for right in RIGHTS if right in rights]
        held = set(found.rights)
        if set(wanted) == held:
            return wanted
        found.rights, found.rights_changed_at = wanted, at
        found.save(update_fields=["rights", "rights_changed_at"])
    changed = events.RightsChanged(
        subject=code,
        subject_id=department_id(code),
        given=tuple(sorted(set(wanted) - held)),
        taken=tuple(sorted(held - set(wanted))),
    )
    emit([changed], by=by, at=at)
    return wanted
