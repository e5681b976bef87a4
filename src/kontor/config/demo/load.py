"""Furnishes a new house as "Weserrad GmbH, Bremen". Runs as the owner."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from kontor.bridge.catalogue.actions import publish
from kontor.bridge.parties.models import House, Party
from kontor.bridge.promises.actions import plan_receipts
from kontor.config.demo import reading
from kontor.config.demo.goods import load_catalogue, load_stock, planned_receipts
from kontor.config.demo.past import live_through
from kontor.config.demo.people import load_customers, load_staff
from kontor.config.founding import Founding, found_house
from kontor.kernel.actor.identity import Actor, ActorKind
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

    ``at`` is now, in UTC; ``pictures`` is the house's picture folder. None where a house stands already.
    """
    if House.objects.exists():
        return None
    by = Actor(ActorKind.IMPORT, name="Weserrad GmbH")
    found_house(founding=Founding(house=reading.house()["house"], locations=()))
    data = _load_master_data(by=by, at=at)
    publish(by=by, at=at)
    plan_receipts(receipts=planned_receipts(data.offerings, at), by=by, at=at)
    with reading.pictures() as files:
        for file in files:
            shutil.copyfile(file, pictures / file.name)
    orders = live_through(parties=data.parties, offerings=data.offerings, by=by, at=at, tell=tell)
    # What the house told its customers then, it told them then: no mail of the past leaves today.
    Mail.objects.filter(sent_at=None).update(sent_at=at)
    return Furnished(len(data.offerings), len(data.parties), data.staff, orders)


@transaction
def _load_master_data(*, by: Actor, at: datetime) -> _MasterData:
    staff = load_staff(at=at)
    parties = load_customers(at=at)
    offerings = load_catalogue(at=at)
    load_stock(offerings=offerings, by=by, at=at - OPENED)
    return _MasterData(offerings, parties, len(staff))
