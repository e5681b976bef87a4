"""An order above the house's limit waits for somebody who releases it; then it can leave."""

import pytest

from tests.journeys.buying import until_it_says
from tests.journeys.looking import looks_right

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def clerk(colleague):
    return colleague("stephen.jiang")


@pytest.fixture(scope="module")
def released(clerk, running):
    """Stephen ticks the first order of his tab and releases it."""
    clerk.goto(f"{running.back}/orders/?step=release")
    row = clerk.locator("main tbody tr").first
    number = row.locator("a.row-link").inner_text()
    row.locator("input.tick").check()
    looks_right(clerk)
    clerk.get_by_role("button", name="Freigeben").click()
    clerk.wait_for_load_state()
    return number


def test_a_released_order_waits_no_longer(released, clerk, running):
    clerk.goto(f"{running.back}/orders/?step=release")
    assert clerk.locator("main tbody").get_by_text(released).count() == 0


def test_the_history_says_who_released_it(released, clerk, running):
    clerk.goto(f"{running.back}/orders/{released}/")
    until_it_says(clerk, "Stephen Jiang")
    # Where the order came in before midnight its day has moved as well, because it was released later.
    said = clerk.locator(".history li", has_text="reigegeben").all_inner_texts()
    assert any("Stephen Jiang" in words for words in said), said
    looks_right(clerk)
