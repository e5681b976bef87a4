"""A house in which many rows stand at one instant: what a page ends with is then decided by the tie alone."""

from datetime import timedelta

import pytest

from kontor.back.people.models import Employee
from kontor.bridge.voice.models import Signal
from kontor.kernel.actor.navigation import installed
from tests.trade import NOW

installed("lists")
TITLES = {"job_title_de": "Lagerist", "job_title_en": "Storekeeper"}


@pytest.fixture
def busy(trade):
    """Five orders of one instant, shipped, billed and paid in part; a few of everything else."""
    bikes = [trade.offering(stock=30, name=f"Rad {number}") for number in range(3)]
    party = trade.party()
    orders = [trade.order((bike, 1), party=party) for bike in bikes for _ in range(2)]
    for order in orders[:3]:
        trade.ship(order)
    for order in orders[:2]:
        trade.pay(order, order.gross_amount)
    for number in range(5):
        on = NOW.date() + timedelta(days=number // 3)
        Employee.objects.create(number=f"P-{number}", name=f"Ada {number // 2}", hired_on=on, **TITLES)
        Signal.objects.create(key=f"s{number}", kind="problem", source="case", words="=1+1 quietscht", at=NOW)
    return orders
