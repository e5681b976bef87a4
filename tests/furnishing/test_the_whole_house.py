"""“Das Haus”, as a clerk, a salesperson and the head of the house see it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from kontor.bridge.parties.furnishing import switch_door
from kontor.bridge.parties.queries import forget_house_terms
from kontor.config.founding import bring_departments_and_doors
from kontor.kernel.actor.flows import read_flows
from kontor.kernel.actor.identity import the_house

WORDS = (
    *("Verkauf", "Kundenbetreuung", "Beratung", "Marketing", "Presse"),
    *(
        "Verkauf (Auftragsabwicklung)",
        "Lager",
        "Logistik",
        "Produktion",
        "Einkauf",
        "Buchhaltung",
        "Personal",
    ),
    "Produktkonzeption",
)


@pytest.fixture(autouse=True)
def _declared(house):
    bring_departments_and_doors()
    forget_house_terms()


def test_both_sides_stand_in_the_words_of_the_trade(staff_client):
    page = staff_client("back", "management").get("/house/").content.decode()
    headings = re.findall(r"<h3>([^<]+?) ?(?:<|$)", page)
    assert [heading for heading in headings if heading in WORDS] == list(WORDS)
    assert "Das Fenster" in page and "Das Ohr" in page and 'data-live="' in page


def test_every_part_leads_to_its_place_and_closed_ones_say_who_may_enter(staff_client, settings):
    settings.BACK_URL, settings.DESK_URL = "http://back.example", "http://desk.example"
    page = staff_client("desk", "sales").get("/house/").content.decode()
    assert 'href="/sales/order/"' in page and "http://back.example/warehouse/" not in page
    assert "Zutritt haben: " in page and "Lager" in page
    page = staff_client("back", "management").get("/house/").content.decode()
    assert 'href="/warehouse/"' in page and 'href="http://desk.example/sales/order/"' in page


def test_doors_stand_there_open_or_shut(staff_client, now):
    clerk = staff_client("back", "warehouse")
    assert "Online-Shop, geschlossen" not in clerk.get("/house/").content.decode()
    switch_door(code="shop", is_open=False, by=the_house(), at=now)
    assert "Online-Shop, geschlossen" in clerk.get("/house/").content.decode()


def test_what_passed_today_is_counted_by_orders_not_lines(trade, staff_client):
    order = trade.order((trade.offering(), 2), (trade.offering(), 1))
    since = timezone.now() - timedelta(days=3650)
    counted = {flow.code: flow for flow in read_flows(since)}
    assert counted["orders"].count == 1 and counted["confirmed"].count == 1
    trade.ship(order)
    counted = {flow.code: flow for flow in read_flows(since)}
    assert counted["shipped"].count == 1 and counted["shipped"].words == "versandt"
    assert {flow.count for flow in read_flows(timezone.now() + timedelta(days=1))} == {0}


def test_the_page_costs_few_statements_however_much_happened(
    trade, staff_client, django_assert_max_num_queries
):
    for plane in ("back", "desk"):
        reader = staff_client(plane, "management", email=f"{plane}@example.org")
        with django_assert_max_num_queries(14):
            assert reader.get("/house/").status_code == 200
