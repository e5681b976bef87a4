"""The lists and forms that the journeys only touch in passing, looked at one by one."""

import pytest

from tests.journeys.looking import looks_right

pytestmark = pytest.mark.browser

OFFICE = """
/ /tasks/ /orders/?step=goods /warehouse/ /warehouse/moves/ /warehouse/pick-list/ /warehouse/locations/
/warehouse/articles/LT-H903/ /warehouse/articles/LT-H903/count/ /warehouse/articles/LT-H903/receive/
/logistics/shipments/ /invoicing/ /invoicing/to-bill/ /invoicing/ranges/ /banking/refunds/ /banking/online/
/banking/online/messages/ /people/ /administration/ /administration/letters/ /files/
""".split()
DESK = "/ /customers/ /customers/new/ /sales/order/".split()
SHOP = """
/basket/ /shop/?q=nichtsdergleichen /site/contact/ /site/shipping/ /site/withdrawal/ /site/terms/ /site/privacy/
/site/imprint/ /account/login/ /nowhere/
""".split()


@pytest.fixture(scope="module")
def office(colleague):
    return colleague("ken.sanchez")


@pytest.fixture(scope="module")
def desk(colleague, running):
    return colleague("linda.mitchell", door=running.desk)


@pytest.fixture(scope="module")
def visitor(enter):
    return enter("de", width=1280)


@pytest.mark.parametrize("path", OFFICE)
def test_in_the_office(office, running, path):
    office.goto(running.back + path)
    looks_right(office)


@pytest.mark.parametrize("path", DESK)
def test_at_the_desk(desk, running, path):
    desk.goto(running.desk + path)
    looks_right(desk)


@pytest.mark.parametrize("path", SHOP)
def test_in_the_shop(visitor, running, path):
    visitor.goto(running.shop + path)
    looks_right(visitor)
