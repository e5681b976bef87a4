"""“Das Haus”, as a clerk, a salesperson and the head of the house see it."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from conftest import PlaneClient, make_account
from django.urls import resolve
from django.utils import timezone

from kontor.bridge.parties.furnishing import switch_door
from kontor.bridge.parties.queries import forget_house_terms
from kontor.config.demo.tour import TOUR
from kontor.config.founding import bring_departments_and_doors
from kontor.config.planes import PLANES
from kontor.kernel.actor.flows import read_flows
from kontor.kernel.actor.identity import the_house
from kontor.kernel.actor.plan import floor_plan

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
    headings = re.findall(r'<h3>(?:<a href="[^"]+">)?([^<]+?) ?<', page)
    assert [heading for heading in headings if heading in WORDS] == list(WORDS)
    assert "Das Fenster" in page and "Das Ohr" in page and 'data-live="' in page


def test_every_part_leads_to_its_place_and_closed_ones_say_who_may_enter(staff_client, settings):
    settings.BACK_URL, settings.DESK_URL = "http://back.example", "http://desk.example"
    page = staff_client("desk", "sales").get("/house/").content.decode()
    assert (
        'href="/sales/order/"' in page and 'href="http://back.example/warehouse/" class="is-locked"' in page
    )
    assert "Zutritt haben: " in page and "Lager" in page
    page = staff_client("back", "management").get("/house/").content.decode()
    assert 'href="/warehouse/"' in page and 'href="http://desk.example/sales/order/"' in page
    assert 'class="is-locked"' not in page


# Who looks, at which counter, and which parts are not for them.
READERS = (
    ("desk", "care"),
    ("desk", "marketing"),
    ("back", "warehouse"),
    ("back", "product-conception"),
    ("back", "management"),
)


@pytest.mark.parametrize(("plane", "department"), READERS)
def test_no_part_leads_nowhere(staff_client, public_client, settings, plane, department):
    """Every link is followed as a browser would: here with the login, elsewhere to that side's own, and back."""
    settings.BACK_URL, settings.DESK_URL = "http://back.example", "http://desk.example"
    settings.PUBLIC_URL = "http://shop.example"
    reader, head = staff_client(plane, department), {}
    for other in ("desk", "back"):
        head[f"http://{other}.example"] = staff_client(other, "management", email=f"{other}@example.org")
    links = links_of(reader.get("/house/").content.decode())
    assert len(links) > 40
    dead = {}
    for link, is_locked in links.items():
        host, path = re.fullmatch(r"(http://\w+\.example)?(/.*)", link).groups()
        if host is None:
            expected, answer = (403 if is_locked else 200), reader.get(path, follow=True)
        elif host == "http://shop.example":
            expected, answer = 200, public_client.get(path, follow=True)
        else:
            expected, answer = 200, head[host].get(path, follow=True)
            asked = PlaneClient(head[host].plane).get(path)
            if asked.headers["Location"] != f"/login/?next={quote(path, safe='')}":
                dead[link] = asked.headers["Location"]
        if answer.status_code != expected:
            dead[link] = answer.status_code
    assert dead == {}


def links_of(page):
    """Where the parts of the drawing lead, and whether they are marked as not for the reader."""
    drawing = page[page.index('<div class="house') : page.index('<div class="house-ground"')]
    found = re.findall(r'<a (?:class="is-open" )?href="([^"]+)"( class="is-locked")?', drawing)
    return {link: any(mark for other, mark in found if other == link) for link, _mark in found}


def test_a_department_without_pages_of_its_own_shows_those_it_works_on(staff_client):
    page = staff_client("desk", "advice").get("/house/").content.decode()
    room = page[page.index('id="room-advice"') :].partition("</article>")[0]
    assert "Arbeitet auf:" in room and 'href="/inbox/"' in room and 'href="/customers/"' in room
    assert "is-locked" not in room


def test_a_house_in_earnest_has_no_tour_and_names_no_logins(staff_client):
    for plane in ("desk", "back"):
        for visitor in (
            PlaneClient(PLANES[plane]),
            staff_client(plane, "management", email=f"{plane}@e.org"),
        ):
            assert visitor.get("/tour/").status_code == 404  # the back office never has one
            assert "/tour/" not in visitor.get("/house/", follow=True).content.decode()


@pytest.fixture
def _for_show(settings):
    settings.TOUR = "kontor.config.demo.tour"
    settings.BACK_URL, settings.DESK_URL = "http://back.example", "http://desk.example"
    settings.PUBLIC_URL = "http://shop.example"


@pytest.mark.usefixtures("_for_show")
def test_whoever_comes_by_takes_the_tour_without_counts(trade, staff_client):
    trade.order((trade.offering(), 2))
    make_account("warehouse")
    visitor = PlaneClient(PLANES["desk"])
    assert 'href="/tour/"' in visitor.get("/house/", follow=True).content.decode()  # the login leads there
    office = PlaneClient(PLANES["back"]).get("/house/", follow=True).content.decode()
    assert 'href="http://desk.example/tour/"' in office
    page = visitor.get("/tour/").content.decode()
    assert page.count('class="is-in"') + page.count('class="is-out"') == 5
    assert "anna.behrens@example.org" in page and 'href="http://back.example/production/"' in page
    assert 'href="/login/?next=%2Ftour%2F"' in page
    assert "<strong" not in page[page.index('id="house-between"') : page.index('class="house-side is-back"')]
    assert "data-live=" not in page and "is-locked" not in page and "1 Zugang" not in page


@pytest.mark.usefixtures("_for_show")
def test_who_is_logged_in_sees_the_counts_on_the_tour_and_who_may_not_enter_does_not(trade, staff_client):
    trade.order((trade.offering(), 2))
    page = staff_client("desk", "sales").get("/tour/").content.decode()
    assert 'data-live="' in page and re.search(r'data-live-mark="orders">1</strong>', page)
    page = staff_client("desk", "warehouse").get("/tour/").content.decode()
    assert "data-live=" not in page and "data-live-mark" not in page


@pytest.mark.usefixtures("_for_show")
def test_a_step_before_a_shut_door_says_so(now):
    switch_door(code="accounts", is_open=False, by=the_house(), at=now)
    page = PlaneClient(PLANES["desk"]).get("/tour/").content.decode()
    assert "Die Bestellungen der Kundin (geschlossen)" in page and "http://shop.example/account/" not in page


def test_the_steps_lead_to_pages_and_doors_that_are_there(house):
    there = set(floor_plan(the_house(), timezone.now()).places)
    assert {stop.place for step in TOUR.steps for stop in step.stops} <= there
    for stop in (stop for step in TOUR.steps for stop in step.stops if stop.path):
        assert resolve(stop.path.partition("?")[0], PLANES["public"].urlconf)


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


@pytest.mark.usefixtures("_for_show")
def test_the_tour_costs_few_statements(django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert PlaneClient(PLANES["desk"]).get("/tour/").status_code == 200
