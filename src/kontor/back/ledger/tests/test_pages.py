"""The pages of the books, as a bookkeeper and others see them."""

from decimal import Decimal

import pytest

from kontor.back.ledger.models import Account
from tests.trade import Trade

PAGES = (
    "/ledger/",
    "/ledger/lines/",
    "/ledger/entries/1/",
    "/ledger/accounts/",
    "/ledger/accounts/1400/",
    "/ledger/open-items/",
    "/ledger/verify/",
)


@pytest.fixture
def books(trade: Trade) -> Trade:
    order = trade.order((trade.offering(price="119.00"), 1))
    trade.ship(order)
    trade.pay(order, Decimal("24.95"))
    return trade


@pytest.mark.parametrize("path", PAGES)
def test_a_bookkeeper_reads_every_page_in_few_statements(
    books, staff_client, path, django_assert_max_num_queries
):
    back = staff_client("back", "accounting")
    with django_assert_max_num_queries(12):
        page = back.get(path)
    assert page.status_code == 200


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("department", ["warehouse", "order-administration", "personnel"])
def test_others_do_not_see_the_books(books, staff_client, path, department):
    assert staff_client("back", department).get(path).status_code == 403


@pytest.mark.parametrize("path", PAGES[:2] + PAGES[3:])
def test_empty_books_have_pages_too(house, staff_client, path):
    assert staff_client("back", "accounting").get(path).status_code == 200


def test_the_pages_show_the_figures(books, staff_client):
    back = staff_client("back", "accounting")
    assert "124,95" in back.get("/ledger/").content.decode()
    assert "100,00" in back.get("/ledger/open-items/").content.decode()
    sheet = back.get("/ledger/accounts/1400/").content.decode()
    assert "24,95" in sheet
    assert "Forderungen" in sheet or Account.objects.get(number="1400").name_de in sheet
    assert "unversehrt" in back.get("/ledger/verify/").content.decode()


def test_an_account_leads_to_its_lines_of_the_same_days_which_are_a_file(books, staff_client):
    back = staff_client("back", "accounting")
    sheet = back.get("/ledger/accounts/1400/?booked_from=2026-01-01&booked_until=2027-01-01")
    lines = back.get(sheet.context["lines_url"])
    amounts = [row["amount"] for row in lines.context["listing"].page.rows]
    assert amounts and sorted(amounts) == sorted(row.amount for row in sheet.context["sheet"].rows)
    none = back.get("/ledger/accounts/1400/?booked_from=2020-01-01&booked_until=2020-12-31")
    assert not back.get(none.context["lines_url"]).context["listing"].page.rows
    text = b"".join(back.get(f"{sheet.context['lines_url']}&export=csv").streaming_content).decode()
    assert text.count("\r\n") == len(amounts) + 1


def test_the_journal_is_a_file_too(books, staff_client):
    back = staff_client("back", "accounting")
    for path in ("/ledger/?export=csv", "/ledger/lines/?export=csv", "/ledger/open-items/?export=csv"):
        page = back.get(path)
        assert page.status_code == 200
        assert page.headers["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize(
    "query",
    [
        "?after=x",
        "?after=2026-11-20_1_99999999999999999999999",
        "?booked_from=2026-13-45",
        "?booked_from=0001-01-01&booked_until=9999-12-31",
        "?booked_from=2027-01-01&booked_until=2026-01-01",
        "?after=0001-01-01_-5_-5",
    ],
)
def test_addresses_that_make_no_sense_are_read_as_no_wish(books, staff_client, query):
    back = staff_client("back", "accounting")
    assert back.get("/ledger/accounts/1400/" + query).status_code == 200
    assert back.get("/ledger/accounts/" + query).status_code == 200


def test_what_is_not_there_is_not_found(books, staff_client):
    back = staff_client("back", "accounting")
    for path in (
        "/ledger/entries/99/",
        "/ledger/accounts/9999/",
        "/ledger/of/invoice/X/",
        "/ledger/entries/99999999999999999999/",
    ):
        assert back.get(path).status_code == 404
    assert back.get("/ledger/of/invoice/RE-000001/").headers["Location"] == "/ledger/entries/1/"
