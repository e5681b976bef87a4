"""A shop with shelves, and visitors."""

from collections.abc import Callable, Iterator

import pytest
from conftest import stranger

from kontor.front.shop.facts import forget_facts
from kontor.front.shop.tests.shopping import Shop, Shopper
from tests.trade import Trade


@pytest.fixture
def shop(trade: Trade) -> Iterator[Shop]:
    """Two shelves below one, nothing on them yet; shipping at 5.95, free from 500.00."""
    forget_facts()
    shop = Shop(trade)
    shop.shelf("fahrraeder", "Fahrräder", "Bicycles")
    shop.shelf("rennraeder", "Rennräder", "Road Bikes", "fahrraeder")
    shop.shelf("saettel", "Sättel", "Saddles", "fahrraeder")
    shop.publish()
    yield shop
    forget_facts()


@pytest.fixture
def visitor(shop: Shop) -> Shopper:
    """Somebody who reads English and has never been here."""
    return Shopper(stranger())


@pytest.fixture
def another_visitor(shop: Shop) -> Callable[[], Shopper]:
    """More of them."""
    return lambda: Shopper(stranger())
