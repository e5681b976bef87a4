"""Furnishing a house, seen by its first visitor: a full shop, a busy office, books that balance."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db.models import Count, Sum

from kontor.back.invoicing.models import Invoice
from kontor.back.ledger.models import EntryLine, OpenItem
from kontor.back.production.models import ProductionOrder
from kontor.back.purchasing.models import PurchaseOrder
from kontor.back.warehouse.actions import stock_that_disagrees
from kontor.bridge.catalogue.models import StorefrontGroup, StorefrontItem
from kontor.bridge.orders.models import Order
from kontor.bridge.parties.models import House, Login, Party
from kontor.bridge.promises.models import Bucket, Promise
from kontor.config.demo.load import Furnished, load_demo
from kontor.kernel.actor.departments import DEPARTMENTS
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.actor.models import Department, StaffAccount
from kontor.kernel.events.models import Event
from kontor.kernel.tasks.models import Mail, Task

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


class _CutOffError(Exception):
    """Somebody pulled the plug."""


def _cut_off_after_twenty_days(done: int, _of: int) -> None:
    if done == 20:
        raise _CutOffError


@pytest.mark.django_db
def test_another_house_is_left_as_it_is(house: House, tmp_path: Path):
    House.objects.update(name="Anderes Haus")
    assert load_demo(NOW, pictures=tmp_path) is None
    assert not Order.objects.exists()


@pytest.mark.django_db
def test_a_house_is_furnished_even_if_the_first_try_is_cut_off(tmp_path: Path):
    with pytest.raises(_CutOffError):
        load_demo(NOW, pictures=tmp_path, tell=_cut_off_after_twenty_days)
    assert 0 < Order.objects.count() < 121
    assert load_demo(NOW, pictures=tmp_path) == Furnished(offerings=295, customers=75, staff=15, orders=121)
    assert Order.objects.count() == 121

    # The shop: every model with its variants and a price.
    assert StorefrontGroup.objects.count() == 119
    assert StorefrontItem.objects.exclude(group_slug="").filter(price__gt=0).count() == 295
    assert len(list(tmp_path.glob("*.webp"))) == 17

    # The people: two customers can log in, everybody of the staff stands in a department.
    assert Party.objects.count() == 75 and Login.objects.count() == 2
    assert StaffAccount.objects.annotate(n=Count("departments")).filter(n=0).count() == 0
    # Nobody's language is laid down: they choose, or their browser does.
    assert set(StaffAccount.objects.values_list("language", flat=True)) == {""}
    # "All departments" means every right of every department.
    ken = actor_for(StaffAccount.objects.get(email="ken.sanchez@weserrad.example"))
    assert (
        ken.departments
        == {row.code for row in DEPARTMENTS}
        == set(Department.objects.values_list("code", flat=True))
    )
    assert ken.rights == {right for row in DEPARTMENTS for right in row.rights} and ken.has("cases.write")

    # The office: orders at every step, one that a person must look at, some that wait for a planned receipt.
    assert set(Order.objects.values_list("state", flat=True)) >= {"confirmed", "held", "cancelled"}
    assert Task.objects.filter(kind="orders.held").count() == 1
    assert Promise.objects.filter(bucket__kind="receipt", state="firm").count() == 3
    assert not Mail.objects.filter(sent_at=None).exists()

    # Its history: each order came in when it says so, and nothing happened to it before.
    placed = dict(Order.objects.values_list("id", "placed_at"))
    for happened in Event.objects.filter(subject_id__in=placed):
        assert happened.at >= placed[happened.subject_id], (happened.type, happened.subject)
        if happened.type == "orders.OrderPlaced":
            assert happened.at == placed[happened.subject_id], happened.subject

    # The works and the purchases: each planned receipt is an order; some begun, some confirmed, one late.
    assert ProductionOrder.objects.count() == 7 and PurchaseOrder.objects.count() == 5
    assert set(Bucket.objects.filter(kind="receipt").values_list("made_by", flat=True)) == {
        "production",
        "purchase",
    }
    assert set(ProductionOrder.objects.values_list("state", flat=True)) == {"planned", "started"}
    assert set(PurchaseOrder.objects.values_list("state", flat=True)) == {"ordered", "confirmed"}
    assert PurchaseOrder.objects.filter(due_at__lt=NOW).count() == 1

    # The books balance, and the open items are the receivables.
    assert EntryLine.objects.aggregate(sum=Sum("amount"))["sum"] == 0
    receivables = EntryLine.objects.filter(account="1400").aggregate(sum=Sum("amount"))["sum"]
    assert receivables == OpenItem.objects.aggregate(sum=Sum("open_amount"))["sum"] > Decimal(0)
    assert Invoice.objects.filter(issued_on__gt=NOW.date()).count() == 0
    assert stock_that_disagrees() == []
