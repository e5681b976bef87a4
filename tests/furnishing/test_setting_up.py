"""Furnishing a house by screens, as its administrator sees it; and what others may not do."""

import re
from uuid import UUID

import pytest
from conftest import PlaneClient
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.db.transaction import atomic
from django.test.utils import CaptureQueriesContext

from kontor.back.administration.setting_up.actions import change_organisation
from kontor.back.administration.setting_up.errors import CurrencyFixed
from kontor.bridge.orders.models import ShippingMethod
from kontor.bridge.orders.shipping import Way, save_shipping_method
from kontor.bridge.parties.errors import HouseChanged, MainPlaceStays
from kontor.bridge.parties.furnishing import change_house, give_up_place, switch_door
from kontor.bridge.parties.models import Door, House, Place
from kontor.bridge.parties.places import places
from kontor.bridge.parties.queries import current_house, forget_house_terms
from kontor.config.founding import bring_departments_and_doors, open_the_house
from kontor.config.planes import PLANES
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.actor.models import StaffAccount
from kontor.kernel.doors import declared_doors
from kontor.kernel.errors import NotAllowed
from kontor.kernel.house import standing
from kontor.kernel.numbers.errors import RangeUsed
from kontor.kernel.numbers.models import NumberRange
from kontor.kernel.numbers.ranging import set_range

BY = the_house()
ORGANISATION = {
    "name": "Deichblick Keramik GmbH",
    "brand": "Deichblick",
    "street": "Am Deich 7",
    "postal_code": "26506",
    "city": "Norden",
    "country": "DE",
    "land": "NI",
    "email": "moin@deichblick.example",
    "vat_id": "DE 136 695 976",
    "iban": "DE89 3704 0044 0532 0130 00",
    "currency": "EUR",
    "time_zone": "Europe/Berlin",
}


@pytest.fixture
def keeper(house, staff_client):
    return staff_client("back", "administration")


def seen():
    return {"seen": str(current_house().id or 0)}


class TestOrganisation:
    def test_is_changed_with_history_and_known_everywhere(self, keeper):
        assert keeper.get("/administration/organisation/").status_code == 200
        answer = keeper.post("/administration/organisation/", ORGANISATION | seen())
        assert answer.status_code == 302
        house = current_house()
        assert (house.vat_id, house.iban, house.bic) == (
            "DE136695976",
            "DE89370400440532013000",
            "COBADEFFXXX",
        )
        assert house.changed_by == "Administration" and standing().name == "Deichblick"
        page = keeper.get("/administration/organisation/").content.decode()
        assert "Weserrad GmbH" in page and "Deichblick Keramik GmbH" in page  # before → after

    def test_no_federal_state_is_taken_for_granted_in_a_house_that_stands_nowhere_yet(self, keeper):
        House.objects.update(street="")
        forget_house_terms()
        page = keeper.get("/administration/organisation/").content.decode()
        chosen = re.search(r'name="land".*?</select>', page, re.DOTALL)[0]
        assert 'value="" selected' in chosen and chosen.count("selected") == 1
        answer = keeper.post("/administration/organisation/", ORGANISATION | {"land": ""} | seen())
        assert answer.status_code == 422 and House.objects.count() == 1
        assert "Wählen Sie das Bundesland" in answer.content.decode()

    def test_abroad_there_is_none_to_choose(self, keeper):
        vienna = {"country": "AT", "land": "", "vat_id": "", "iban": ""}
        answer = keeper.post("/administration/organisation/", ORGANISATION | vienna | seen())
        assert answer.status_code == 302 and current_house().land == ""

    def test_the_same_words_twice_add_one_row(self, keeper):
        for _ in range(2):
            keeper.post("/administration/organisation/", ORGANISATION | seen())
        assert House.objects.count() == 2

    def test_wrong_numbers_are_refused_at_their_field_and_change_nothing(self, keeper):
        wrong = ORGANISATION | {"vat_id": "DE136695977", "iban": "DE00", "tax_number": "1"}
        answer = keeper.post("/administration/organisation/", wrong | seen())
        page = answer.content.decode()
        assert answer.status_code == 422 and House.objects.count() == 1
        assert "Prüfziffern" in page and page.count("has-error") == 3

    def test_two_people_do_not_overwrite_each_other(self, house, now):
        change_house(changes={"city": "Emden"}, seen=house.id, by=BY, at=now)
        with pytest.raises(HouseChanged):
            change_house(changes={"city": "Leer"}, seen=house.id, by=BY, at=now)
        other = change_house(changes={"phone": "1"}, seen=house.id, by=BY, at=now)  # another fact: no quarrel
        assert (other.city, other.phone) == ("Emden", "1")

    def test_the_currency_stays_once_something_is_booked(self, house, now):
        change_organisation(changes={"currency": "CHF"}, seen=house.id, by=BY, at=now)
        NumberRange.objects.filter(code="journal").update(next_value=2)
        with pytest.raises(CurrencyFixed, match="CHF"):
            change_organisation(changes={"currency": "EUR"}, seen=0, by=BY, at=now)

    def test_nobody_else_changes_the_house(self, house, now, staff_client):
        clerk = staff_client("back", "warehouse")
        for page in ("organisation", "look", "money", "places/new", "shipping/new"):
            assert clerk.get(f"/administration/{page}/").status_code == 403
        with pytest.raises(NotAllowed):
            change_house(changes={"city": "x"}, seen=house.id, by=Actor(ActorKind.STAFF), at=now)


class TestLook:
    def test_recolours_all_sites(self, keeper, public_client):
        answer = keeper.post("/administration/look/", {"hue": 250, "hue_accent": 30, "radius": 14} | seen())
        assert answer.status_code == 302
        forget_house_terms()
        css = public_client.get("/theme.css").content.decode()
        assert "--hue:250" in css and "--hue-accent:30" in css and "--radius:14px" in css
        assert (
            keeper.post(
                "/administration/look/", {"hue": 360, "hue_accent": 30, "radius": 3} | seen()
            ).status_code
            == 422
        )

    def test_a_logo_is_checked_hung_up_and_served_harmless(self, keeper, public_client):
        svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>x</script><path d="M0 0h9v9z"/></svg>'
        file = SimpleUploadedFile("logo.svg", svg)
        assert keeper.post("/administration/look/logo/", {"logo": file} | seen()).status_code == 302
        forget_house_terms()
        url = re.search(r"/logo/[a-z0-9]+\.svg", public_client.get("/").content.decode()).group()
        answer = public_client.get(url)
        assert answer["Content-Type"] == "image/svg+xml" and b"script" not in answer.content
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert keeper.post("/administration/look/logo/", {"deed": "remove"}).status_code == 302
        assert current_house().logo == ""

    def test_a_lying_file_is_refused(self, keeper):
        answer = keeper.post(
            "/administration/look/logo/", {"logo": SimpleUploadedFile("logo.png", b"MZ...")} | seen()
        )
        assert answer.status_code == 422 and current_house().logo == ""


PLACE = {
    "name_de": "Laden",
    "street": "Am Deich 7",
    "postal_code": "26506",
    "city": "Norden",
    "country": "DE",
    "land": "NI",
    "day_0": "10–13, 14–18:30",
    "day_5": "10-14 Uhr",
}
KEY = "0190f5a4-7c00-7000-8000-000000000001"


class TestPlaces:
    def test_a_place_with_hours_and_a_special_day(self, keeper, django_assert_max_num_queries):
        assert keeper.get("/administration/places/").status_code == 200
        for _ in range(2):  # the second click finds the first place
            assert keeper.post("/administration/places/new/", PLACE | {"key": KEY}).status_code == 302
        (place,) = places()
        assert place.is_main and place.hours.week == {0: [(600, 780), (840, 1110)], 5: [(600, 840)]}
        day = {"on": "2026-12-31", "hours": "10–12", "reason_de": "Silvester"}
        assert keeper.post(f"/administration/places/{KEY}/days/", day).status_code == 302
        page = keeper.get(f"/administration/places/{KEY}/").content.decode()
        assert "Silvester" in page and "Neujahr" in page
        with django_assert_max_num_queries(10):
            keeper.get("/administration/places/")
        keeper.post(f"/administration/places/{KEY}/days/", {"on": "2026-12-31", "deed": "remove"})
        assert "Silvester" not in keeper.get(f"/administration/places/{KEY}/").content.decode()

    def test_hours_that_cannot_be_are_refused_at_their_day(self, keeper):
        answer = keeper.post(
            "/administration/places/new/", PLACE | {"key": KEY, "day_1": "18–10", "day_2": "abends"}
        )
        page = answer.content.decode()
        assert answer.status_code == 422 and page.count("has-error") == 2 and not Place.objects.exists()

    def test_the_main_place_is_handed_over_and_not_given_up(self, keeper, now):
        other = KEY[:-1] + "2"
        keeper.post("/administration/places/new/", PLACE | {"key": KEY})
        keeper.post("/administration/places/new/", PLACE | {"key": other, "name_de": "Werkstatt"})
        with pytest.raises(MainPlaceStays):
            give_up_place(place_id=UUID(KEY), by=BY, at=now)
        keeper.post(f"/administration/places/{other}/main/")
        keeper.post(f"/administration/places/{KEY}/give-up/")
        (left,) = places()
        assert str(left.id) == other and left.is_main and Place.objects.count() == 2  # the row stays


class TestNumbersAndTerms:
    def test_the_next_number_is_chosen_before_the_first_use_only(self, keeper, now):
        answer = keeper.post(
            "/administration/money/invoice/", {"begins_with": "R26-", "width": 5, "next_value": 300}
        )
        found = NumberRange.objects.get(code="invoice")
        assert answer.status_code == 302 and found.example() == "R26-00300" and not found.is_used
        NumberRange.objects.filter(code="invoice").update(next_value=301)
        with pytest.raises(RangeUsed):
            set_range(code="invoice", prefix="R26-", width=5, next_value=7, by=BY, at=now)
        set_range(code="invoice", prefix="R27-", width=5, next_value=301, by=BY, at=now)
        page = keeper.post(
            "/administration/money/invoice/", {"begins_with": "x", "width": 5, "next_value": 1}
        )
        assert page.status_code == 422

    @pytest.mark.parametrize("change", [{"next_value": 1}, {"first_value": 9}])
    def test_the_database_lets_no_used_range_jump(self, house, change):
        NumberRange.objects.filter(code="invoice").update(next_value=5)
        with pytest.raises(IntegrityError), atomic():
            NumberRange.objects.filter(code="invoice").update(**change)

    def test_terms_hold_from_now_on(self, keeper):
        terms = {"handling_days": 3, "payment_days": 30, "release_limit": "250,00"}
        assert keeper.post("/administration/money/", terms | seen()).status_code == 302
        house = current_house()
        assert (house.handling_days, house.payment_days, str(house.release_limit)) == (3, 30, "250.00")

    def test_until_when_is_paid_ahead_and_empty_is_never(self, keeper):
        usual = {"handling_days": 3, "payment_days": 30, "release_limit": "250,00"}
        ahead = {"reminder_days": 5, "prepayment_days": 10, "online_hours": ""}
        assert keeper.post("/administration/money/", usual | ahead | seen()).status_code == 302
        house = current_house()
        assert (house.reminder_days, house.prepayment_days, house.online_hours) == (5, 10, 0)
        for wrong in ({"reminder_days": 10}, {"reminder_days": -1}, {"online_hours": 9999}):
            assert keeper.post("/administration/money/", usual | ahead | wrong | seen()).status_code == 422
        assert current_house().reminder_days == 5

    def test_a_scheme_that_ends_before_it_begins_is_refused(self, keeper):
        days = {"part": "small", "small_business_from": "2026-12-01", "small_business_until": "2026-11-01"}
        assert keeper.post("/administration/money/", days | seen()).status_code == 422


def test_a_shipping_method_is_an_offering_with_a_dated_price(keeper, now, public_client):
    wish = {
        "code": "paket",
        "name_de": "Paket",
        "price": "4,90",
        "free_from": "60,00",
        "transit_days": 2,
        "position": 1,
    }
    assert keeper.post("/administration/shipping/new/", wish).status_code == 302
    method = ShippingMethod.objects.select_related("offering").get(code="paket")
    assert (str(method.price), method.name_en, method.offering.is_published) == ("4.90", "Paket", True)
    assert keeper.post("/administration/shipping/paket/", wish | {"price": "5,50"}).status_code == 302
    method.refresh_from_db()
    assert str(method.price) == "5.50"
    way = Way(code="x", name_de="x", name_en="x", price=method.price)
    with pytest.raises(NotAllowed):
        save_shipping_method(way=way, by=Actor(ActorKind.STAFF), at=now)


class TestDoors:
    @pytest.fixture(autouse=True)
    def _declared(self, house):
        bring_departments_and_doors()
        forget_house_terms()

    def test_a_shut_door_is_gone_from_menus_and_not_found_and_its_rows_stay(self, keeper, public_client):
        assert "/basket/" in public_client.get("/").content.decode()
        assert keeper.post("/administration/doors/shop/", {"door": "shut"}).status_code == 302
        page = public_client.get("/")
        assert page.status_code == 200 and "/basket/" not in page.content.decode()
        assert 'href="/shop/' not in page.content.decode() and 'href="/product/' not in page.content.decode()
        for path in ("/shop/", "/basket/", "/checkout/"):
            assert public_client.get(path).status_code == 404
        assert public_client.post("/webhooks/test/").status_code != 404
        keeper.post("/administration/doors/shop/", {"door": "open"})
        assert public_client.get("/shop/").status_code == 200
        assert Door.objects.get(code="shop").changed_by == "Administration"

    def test_accounts_shut_leave_guests_their_orders(self, public_client, now):
        switch_door(code="accounts", is_open=False, by=BY, at=now)
        forget_house_terms()
        assert public_client.get("/account/login/").status_code == 404
        assert "/account/" not in public_client.get("/").content.decode()
        (accounts,) = (door for door in declared_doors() if door.code == "accounts")
        assert accounts.leads_to("account:home") and not accounts.leads_to("account:mailed_order")

    def test_shut_doors_cost_a_page_no_statement(self, public_client, now, django_assert_max_num_queries):
        with CaptureQueriesContext(connection) as bare:
            public_client.get("/nowhere/")
        switch_door(code="shop", is_open=False, by=BY, at=now)
        forget_house_terms()
        standing()
        with django_assert_max_num_queries(len(bare)):
            assert public_client.get("/shop/").status_code == 404

    def test_a_new_version_leaves_shut_doors_shut(self, now):
        switch_door(code="shop", is_open=False, by=BY, at=now)
        bring_departments_and_doors()
        assert not Door.objects.get(code="shop").is_open

    def test_nobody_else_switches(self, staff_client):
        assert (
            staff_client("back", "warehouse")
            .post("/administration/doors/shop/", {"door": "shut"})
            .status_code
            == 403
        )


def test_an_empty_house_begins_with_a_link_and_a_list_of_what_to_do(db):
    browser, token = PlaneClient(PLANES["back"]), open_the_house()
    url = f"/welcome/{token}/"
    assert browser.get(url).status_code == 200
    who = {"house": "Deichblick", "name": "Jule", "email": "jule@example.org", "password": "kurz"}
    assert browser.post(url, who).status_code == 422
    assert browser.post(url, who | {"password": "ein Kahn auf der Weser"}).status_code == 302
    page = browser.get("/setup/").content.decode()
    assert "0 von 8" in page and current_house().name == "Deichblick"
    assert browser.get(url).status_code == 410 and StaffAccount.objects.count() == 1


def test_the_checklist_costs_few_statements(keeper, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        assert keeper.get("/setup/").status_code == 200
