"""Goods that somebody else makes: confirmed by the supplier, received in parts. What is built here is in the story."""

import pytest

from tests.journeys.buying import until_it_says
from tests.journeys.looking import looks_right

pytestmark = pytest.mark.browser


def test_goods_of_a_supplier_are_confirmed_and_received_in_parts(colleague, running):
    buyer = colleague("sheela.word")
    buyer.goto(f"{running.back}/purchasing/")
    looks_right(buyer)
    buyer.goto(f"{running.back}/purchasing/suppliers/")
    looks_right(buyer)
    buyer.goto(f"{running.back}/purchasing/new/")
    looks_right(buyer)
    buyer.goto(f"{running.back}/purchasing/?step=ordered")
    buyer.locator("main tbody a.row-link").last.click()
    buyer.wait_for_url("**/purchasing/BE-*/")
    looks_right(buyer)
    buyer.get_by_role("button", name="Bestätigt …").click()
    buyer.locator("dialog[open]").get_by_role("button", name="Tag vermerken").click()
    buyer.wait_for_load_state()
    until_it_says(buyer, "Vom Lieferanten bestätigt")
    buyer.get_by_role("link", name="Ware einbuchen").click()
    looks_right(buyer)
    buyer.locator("main input[name^=came_]").first.fill("2")
    buyer.get_by_role("button", name="Einlagern").click()
    buyer.wait_for_url("**/purchasing/BE-*/")
    until_it_says(buyer, "Teilweise eingegangen")
    looks_right(buyer)
