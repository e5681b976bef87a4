"""Customers in sets: drawn up and changed as a file says it, found by their number or e-mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from kontor.bridge.parties import errors, events
from kontor.bridge.parties.models import Address, Party
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import Refusal
from kontor.kernel.events.emitting import Event, emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, undoable

_sql = Statements(__package__, "gathering.sql")
WHO = ("kind", "organisation", "given_name", "family_name", "email", "phone", "language", "vat_id")
WHERE = ("extra", "street", "postal_code", "city", "country")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyDraft:
    """A customer as a file writes them down. None leaves a field as it is, or as usual in a new customer.

    ``number`` is the house's own or one of another system; without it the e-mail says who it is. An address is written
    when street, postcode and town are all there.
    """

    number: str | None = None
    kind: str | None = None
    organisation: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    email: str | None = None
    phone: str | None = None
    language: str | None = None
    vat_id: str | None = None
    extra: str | None = None
    street: str | None = None
    postal_code: str | None = None
    city: str | None = None
    country: str | None = None

    @property
    def key(self) -> str:
        """What it is found by."""
        return self.number or (self.email or "").lower()

    @property
    def has_address(self) -> bool:
        """Whether a letter would arrive."""
        return bool(self.street and self.postal_code and self.city)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What became of a draft. ``outcome``: created, changed or same; ``before`` and ``after``: the changed fields."""

    id: UUID
    key: str
    number: str
    outcome: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


@in_transaction
def gather_parties(drafts: Sequence[PartyDraft], *, by: Actor, at: datetime) -> list[Gathered]:
    """Draw up customers that are not there and change those that are; orders and papers keep what they say.

    Moves no money. Safe to repeat: what stands already is not written again. A constant number of statements.

    Raises:
        NotAllowed: ``by`` lacks the right ``customers.write``.
        SeveralWithEmail: an e-mail without a number fits several customers.
    """
    by.require("customers.write")
    work = _Work(drafts)
    for draft in drafts:
        work.keep(draft)
    return work.write(by, at)


@in_transaction
def weigh_parties(drafts: Sequence[PartyDraft]) -> list[str | Refusal]:
    """Say what would become of drafts, each with its outcome or why it is refused; nothing is written."""
    work = _Work(drafts)
    found: list[str | Refusal] = []
    for draft in drafts:
        try:
            found.append(work.keep(draft))
        except Refusal as refusal:
            found.append(refusal)
    return found


def matched(drafts: Sequence[PartyDraft], *, is_locked: bool = False) -> dict[str, list[Party]]:
    """The customers that each draft's key may mean. One statement."""
    numbers = [draft.number for draft in drafts if draft.number]
    emails = [(draft.email or "").lower() for draft in drafts if not draft.number and draft.email]
    ids = [row.id for row in _sql.rows("meant", numbers=numbers, emails=emails)]
    rows = Party.objects.filter(id__in=ids).order_by("id")
    found: dict[str, list[Party]] = {}
    wanted = set(emails)
    for row in rows.select_for_update() if is_locked else rows:
        for key in {row.number, row.email.lower()} & ({*numbers} | wanted):
            found.setdefault(key, []).append(row)
    return found


def latest_addresses(ids: Sequence[UUID]) -> dict[UUID, Address]:
    """Where each customer lives, as they or somebody said last. One statement."""
    rows = (
        Address.objects.filter(party_id__in=ids)
        .order_by("party_id", "-created_at", "-id")
        .distinct("party_id")
    )
    return {row.party_id: row for row in rows}


class _Work:
    """One set of drafts on its way."""

    def __init__(self, drafts: Sequence[PartyDraft]) -> None:
        self.found = matched(drafts, is_locked=True)
        known = [row.id for rows in self.found.values() for row in rows]
        self.addresses = latest_addresses(known)
        self._new: list[Party] = []
        self._changed: dict[UUID, Party] = {}
        self._new_addresses: list[Address] = []
        self._kept: list[dict[str, Any]] = []

    def keep(self, draft: PartyDraft) -> str:
        """Say what becomes of one draft; returns the outcome."""
        rows = self.found.get(draft.key, [])
        if len(rows) > 1:
            raise errors.SeveralWithEmail(email=draft.email or "")
        party = rows[0] if rows else Party(id=uuid7(), number=draft.number or "")
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for name in WHO:
            value = getattr(draft, name)
            if value is not None and value != getattr(party, name):
                before[name], after[name] = getattr(party, name), value
                setattr(party, name, value)
        if not rows:
            if not draft.kind:
                party.kind = "organisation" if party.organisation else "person"
            self._new.append(party)
        elif after:
            self._changed[party.id] = party
        if draft.has_address:
            self._keep_address(draft, party, before, after)
        outcome = "created" if not rows else "changed" if after else "same"
        self._kept.append(
            {"party": party, "key": draft.key, "outcome": outcome, "before": before, "after": after}
        )
        return outcome

    def _keep_address(
        self, draft: PartyDraft, party: Party, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        wanted = {name: getattr(draft, name) or "" for name in WHERE}
        wanted["country"] = wanted["country"] or "DE"
        present = self.addresses.get(party.id)
        if present is not None and all(getattr(present, name) == value for name, value in wanted.items()):
            return
        address = Address(id=uuid7(), party_id=party.id, name=party.name[:120], **wanted)
        self._new_addresses.append(address)
        before["address_id"], after["address_id"] = None, str(address.id)

    def write(self, by: Actor, at: datetime) -> list[Gathered]:
        """Write what was gathered; the database draws the numbers that no file gave."""
        numbers = iter(_sql.rows("draw_numbers", count=sum(not party.number for party in self._new)))
        for party in self._new:
            party.number = party.number or next(numbers).number
        Party.objects.bulk_create(self._new)
        Party.objects.bulk_update(list(self._changed.values()), list(WHO))
        Address.objects.bulk_create(self._new_addresses)
        kept = [
            Gathered(
                id=one["party"].id,
                key=one["key"],
                number=one["party"].number,
                outcome=one["outcome"],
                before=one["before"],
                after=one["after"],
            )
            for one in self._kept
        ]
        emit([_told(one) for one in kept if one.outcome != "same"], by=by, at=at)
        return kept


def _told(one: Gathered) -> Event:
    if one.outcome == "created":
        return events.PartyCreated(subject=one.number, subject_id=one.id)
    fields = tuple(sorted(name.removesuffix("_id") for name in one.after))
    return events.PartyChanged(subject=one.number, subject_id=one.id, fields=fields)


@in_transaction
def remove_unused_parties(ids: Sequence[UUID], *, by: Actor, at: datetime) -> list[UUID]:
    """Remove customers that nothing refers to (no order, no login, no matter); returns those that are gone.

    Moves no money. Safe to repeat.
    """
    by.require("customers.write")
    rows = list(
        Party.objects.filter(id__in=ids).order_by("id").select_for_update().values_list("id", flat=True)
    )
    if _remove(rows):
        return rows
    return [] if len(rows) == 1 else [one for one in rows if _remove([one])]


@in_transaction
def remove_addresses(ids: Sequence[UUID]) -> None:
    """Remove addresses that an import had added. Safe to repeat."""
    Address.objects.filter(id__in=ids).delete()


def _remove(ids: list[UUID]) -> bool:
    try:
        with undoable():
            if _sql.rows("met_elsewhere", ids=ids):
                return False
            _sql.execute("remove_addresses", ids=ids)
            _sql.execute("remove_parties", ids=ids)
    except IntegrityError:
        return False
    return True
