"""Requests that no page sends: each gets a refusal that says what to do."""

import pytest

from tests.wall.world import World


@pytest.mark.parametrize(
    "target", ["x", "a\0b", "-999", "0000-99-99", "//elsewhere.example/", "/a\r\nb", "https://x.example"]
)
def test_an_odd_address_to_go_back_to_leads_to_the_list(trade, target):
    client = World(trade).browser("back", "logistics")
    answer = client.post("/logistics/shipments/delivered/", {"next": target})
    assert (answer.status_code, answer["Location"]) == (302, "/logistics/shipments/")


@pytest.mark.parametrize(
    ("plane", "who"), [("public", "stranger"), ("desk", "care"), ("back", "product-conception")]
)
def test_more_text_than_a_form_takes_is_said_so(trade, plane, who):
    client = World(trade).browser(plane, who)
    where = {"public": "/site/contact/write/", "desk": "/inbox/new/", "back": "/offerings/new/"}[plane]
    answer = client.post(where, dict.fromkeys(("a", "b", "c"), "x" * 1_000_000))
    page = answer.content.decode()
    assert answer.status_code == 413
    assert "kürzen Sie ihn" in page, page[page.index("<main") :]
