"""Furnishes a new house as "Weserrad GmbH, Bremen". Runs as the owner."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection

from kontor.back.purchasing.models import PurchaseOrder
from kontor.bridge.catalogue.actions import publish
from kontor.bridge.catalogue.models import Offering
from kontor.bridge.parties.models import House, Party
from kontor.config.demo import reading
from kontor.config.demo.bargains import offer_bargains
from kontor.config.demo.goods import load_catalogue, load_stock
from kontor.config.demo.making import plan_receipts, report_so_far
from kontor.config.demo.past import live_through
from kontor.config.demo.people import load_customers, load_staff
from kontor.config.demo.places import load_places
from kontor.config.demo.voices import speak
from kontor.config.demo.website import load_website
from kontor.config.founding import Founding, found_house
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.actor.models import StaffAccount
from kontor.kernel.tasks.models import Mail
from kontor.kernel.transactions import transaction

OPENED = timedelta(days=90)
"""How long before today the demo house took its first stock."""


@dataclass(frozen=True, slots=True)
class Furnished:
    """What stands in the house now."""

    offerings: int
    customers: int
    staff: int
    orders: int


@dataclass(frozen=True, slots=True)
class _MasterData:
    offerings: dict[str, UUID]
    parties: dict[str, Party]
    staff: int


def load_demo(
    at: datetime, *, pictures: Path, tell: Callable[[int, int], None] = lambda _done, _of: None
) -> Furnished | None:
    """Furnish the house: master data, stock, pictures, then its last twelve weeks through the real actions.

    ``at`` is now, in UTC; ``pictures`` is the house's picture folder. None where another house stands. A call that
    was cut off is taken up again by the next one; once it has ended, do not call it again.
    """
    founding = reading.house()["house"]
    if House.objects.exclude(name=founding["name"]).exists():
        return None
    by = Actor(ActorKind.IMPORT, name="Weserrad GmbH")
    found_house(founding=Founding(house=founding, locations=()))
    load_places(at=at)
    load_website(by=by, at=at)
    data = _master_data() if Offering.objects.exists() else _load_master_data(by=by, at=at)
    publish(by=by, at=at)
    if not PurchaseOrder.objects.exists():
        plan_receipts(offerings=data.offerings, by=by, at=at)
    with reading.pictures() as files:
        for file in files:
            shutil.copyfile(file, pictures / file.name)
    with _commits_need_not_wait():
        orders = live_through(parties=data.parties, offerings=data.offerings, by=by, at=at, tell=tell)
        report_so_far(by=by, at=at)
        speak(by=by, at=at)
    offer_bargains(offerings=data.offerings, parties=data.parties, by=by, at=at)
    # What the house told its customers then, it told them then: no mail of the past leaves today.
    Mail.objects.filter(sent_at=None).update(sent_at=at)
    return Furnished(len(data.offerings), len(data.parties), data.staff, orders)


@contextmanager
def _commits_need_not_wait() -> Iterator[None]:
    """Commit without waiting for the disk: what a crash takes away, the next call lives through again."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET synchronous_commit")


def _master_data() -> _MasterData:
    """What an earlier call has loaded."""
    emails = {party.email: party for party in Party.objects.all()}
    return _MasterData(
        dict(Offering.objects.exclude(group=None).values_list("number", "id")),
        {row["key"]: emails[row["email"]] for row in reading.rows("customers")},
        StaffAccount.objects.count(),
    )


@transaction
def _load_master_data(*, by: Actor, at: datetime) -> _MasterData:
    staff = load_staff(at=at)
    parties = load_customers(at=at)
    offerings = load_catalogue(at=at)
    load_stock(offerings=offerings, by=by, at=at - OPENED)
    return _MasterData(offerings, parties, len(staff))
