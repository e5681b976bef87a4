"""The pages of the counter, as clerks with their rights see them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kontor.bridge.documents.models import Document
from kontor.bridge.orders.models import Order
from kontor.bridge.parties.models import Address, House, Party
from kontor.front.care.mailing.sending import send_confirmations
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7
from kontor.kernel.tasks.models import Mail
from tests.trade import NOW, Trade

STRANGE = [
    "<script>alert(1)</script>",
    "Robert'); DROP TABLE orders_order;--",
    "%(x)s {{ 7*7 }}",
    "田中さん 🚲",
]


@pytest.fixture
def anna(trade: Trade) -> Party:
    party = trade.party()
    Address.objects.create(
        party=party, name="Anna Behrens", street="Am Deich 12", postal_code="28199", city="Bremen"
    )
    party.refresh_from_db()
    return party


@pytest.fixture
def clerk(house: House, staff_client: Callable[..., Any]):
    return staff_client("desk", "care")


def text(response) -> str:
    return str(response.content.decode())


PAGES = (
    "/",
    "/customers/",
    "/customers/?q=anna",
    "/customers/{party}/",
    "/orders/{order}/",
    "/search/?q=anna",
)
WRITES = (
    "/customers/new/",
    "/customers/{party}/change/",
    "/customers/{party}/addresses/new/",
)


@pytest.mark.parametrize("path", [*PAGES, *WRITES])
@pytest.mark.parametrize(
    ("department", "status"), [(None, 302), ("care", 200), ("sales", 200), ("warehouse", 403)]
)
def test_who_may_open_which_page(
    *,
    staff_client: Callable[..., Any],
    trade: Trade,
    anna: Party,
    path: str,
    department: str | None,
    status: int,
) -> None:
    order = trade.order((trade.offering(), 1), party=anna)
    client = staff_client("desk", *([department] if department else []))
    if department is None:
        client.logout()

    assert client.get(path.format(party=anna.number, order=order.number)).status_code == status


@pytest.mark.parametrize(
    "path", ["/customers/K-0/", "/orders/A-0/", "/documents/01a20000-0000-7000-8000-000000000000/"]
)
def test_what_is_not_there_is_said_to_be_not_there(clerk, house, path: str) -> None:
    assert clerk.get(path).status_code == 404


def test_the_customer_page_shows_what_is_open_and_what_is_missing(clerk, trade: Trade, anna: Party) -> None:
    bike = trade.offering(stock=1, name="Rennrad")
    waiting = trade.order((bike, 1), party=anna, payment_method="prepayment")

    page = text(clerk.get(f"/customers/{anna.number}/"))

    assert waiting.number in page and "Rennrad" in page
    assert "Wartet auf Zahlung" in page and "105,85\xa0€ eingegangen" in page
    assert "Am Deich 12" in page and "anna.behrens@example.org" in page


def test_a_shipped_order_waits_for_its_money(clerk, trade: Trade, anna: Party) -> None:
    order = trade.order((trade.offering(), 1), party=anna)
    trade.deliver(trade.ship(order))

    assert "Versandt, unbezahlt" in text(clerk.get(f"/customers/{anna.number}/"))
    page = text(clerk.get(f"/orders/{order.number}/"))
    assert "Versandt" in page and "Auftrag stornieren" not in page


def test_who_pays_in_advance_sees_paid_before_shipped(clerk, trade: Trade, anna: Party) -> None:
    order = trade.order((trade.offering(), 1), party=anna, payment_method="prepayment")

    waiting = text(clerk.get(f"/orders/{order.number}/")).split('class="timeline"')[1].split("</ol>")[0]
    trade.pay(order, order.gross_amount)
    paid = text(clerk.get(f"/orders/{order.number}/"))

    assert waiting.index("Bezahlt") < waiting.index("Versandt") and "beim Kunden bis" not in waiting
    assert "Versandbereit" in paid and "beim Kunden bis" in paid and "Bezahlt am" in paid


def test_open_orders_are_watched_and_closed_ones_are_not_but_customers_always_are(
    clerk, trade: Trade, anna: Party
) -> None:
    order = trade.order((trade.offering(), 1), party=anna)
    assert "data-live=" in text(clerk.get(f"/orders/{order.number}/"))
    assert "data-live=" in text(clerk.get(f"/customers/{anna.number}/"))

    clerk.post(f"/orders/{order.number}/cancel/", {"reason": "Doch nicht"})

    assert "data-live=" not in text(clerk.get(f"/orders/{order.number}/"))
    # The next order may come during the call.
    assert "data-live=" in text(clerk.get(f"/customers/{anna.number}/"))


def test_the_customer_page_needs_as_many_statements_for_a_thousand_orders(
    clerk, trade: Trade, anna: Party
) -> None:
    bike = trade.offering()
    for _ in range(3):
        trade.order((bike, 1), party=anna)
    path = f"/customers/{anna.number}/"
    clerk.get(path)
    with CaptureQueriesContext(connection) as few:
        clerk.get(path)
    rows = Order.objects.filter(party=anna).values()[0]
    Order.objects.bulk_create(
        Order(**{**rows, "id": uuid7(), "key": uuid7(), "number": f"B-{count}", "state": "done"})
        for count in range(1000)
    )
    with CaptureQueriesContext(connection) as many:
        page = text(clerk.get(path))
    assert few_count(few) == few_count(many) <= 12
    assert page.count("/orders/B-") < 60 and "?orders=" in page


def few_count(captured: CaptureQueriesContext) -> int:
    return sum(
        query["sql"].lstrip().upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE", "--"))
        for query in captured.captured_queries
        if "set_config" not in query["sql"]
    )


def test_the_next_page_of_orders_goes_on_where_the_first_one_ended(clerk, trade: Trade, anna: Party) -> None:
    bike = trade.offering(stock=40)
    numbers = [trade.place(trade.new_order((bike, 1), party=anna)).number for _ in range(17)]
    first = text(clerk.get(f"/customers/{anna.number}/"))
    link = first.split('href="?orders=')[1].split('"')[0].split("#")[0]

    second = text(clerk.get(f"/customers/{anna.number}/?orders={link}"))

    table = second.split('id="orders"')[1].split("</table>")[0]
    assert [number in table for number in numbers[:2]] == [True, True]
    assert not any(number in table for number in numbers[2:])


@pytest.mark.parametrize("query", ["orders=x", "orders=2026_x", "papers=%00", "orders=9999-12-31T00:00:00_1"])
def test_an_invented_cursor_shows_the_first_page(clerk, anna: Party, query: str) -> None:
    assert clerk.get(f"/customers/{anna.number}/?{query}").status_code == 200


def test_the_search_opens_an_exact_number_and_lists_the_rest(clerk, trade: Trade, anna: Party) -> None:
    order = trade.order((trade.offering(), 1), party=anna)

    assert clerk.get(f"/search/?q={order.number.lower()}").url == f"/orders/{order.number}/"
    assert clerk.get(f"/search/?q={anna.number}").url == f"/customers/{anna.number}/"
    assert "Anna Behrens" in text(clerk.get("/search/?q=Behrnes"))
    assert order.number in text(clerk.get(f"/palette/?q={order.number[:5]}"))


def test_the_search_finds_papers_and_needs_few_statements(clerk, trade: Trade, anna: Party) -> None:
    order = trade.order((trade.offering(), 1), party=anna)
    Document.objects.create(
        kind="invoice",
        number="RE-000001",
        party_id=anna.id,
        subject_id=order.id,
        template_version="1",
        frozen={},
    )
    with CaptureQueriesContext(connection) as captured:
        page = text(clerk.get("/palette/?q=re-0000"))
    assert "RE-000001" in page and f"/orders/{order.number}/#papers" in page
    assert few_count(captured) <= 12


@pytest.mark.parametrize("words", [*STRANGE, "%00", "a" * 5000, "A-\ud7ff"])
def test_the_search_takes_any_words(clerk, house, words: str) -> None:
    response = clerk.get("/search/", {"q": words.encode("utf-8", "ignore").decode()})

    assert response.status_code == 200 and "<script>alert" not in text(response)


def test_a_clerk_cancels_once_however_often_the_button_is_pressed(clerk, trade: Trade, anna: Party) -> None:
    order = trade.order((trade.offering(), 1), party=anna)
    for _ in range(2):
        clerk.post(f"/orders/{order.number}/cancel/", {"reason": STRANGE[0]})

    order.refresh_from_db()
    assert (order.state, order.cancel_reason) == ("cancelled", STRANGE[0])
    assert Event.objects.filter(type="orders.OrderCancelled", subject_id=order.id).count() == 1
    page = text(clerk.get(f"/orders/{order.number}/"))
    assert "&lt;script&gt;" in page and STRANGE[0] not in page


def test_who_opens_the_address_of_a_form_is_told_what_it_is(clerk, trade: Trade, anna: Party) -> None:
    """Out of the history or a bookmark: a blank page helps nobody."""
    order = trade.order((trade.offering(), 1), party=anna)
    answer = clerk.get(f"/orders/{order.number}/cancel/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Gehen Sie zurück" in text(answer)
    order.refresh_from_db()
    assert order.state != "cancelled"


def test_a_shipped_order_is_not_cancelled(clerk, trade: Trade, anna: Party) -> None:
    order = trade.order((trade.offering(), 1), party=anna)
    trade.ship(order)
    response = clerk.post(f"/orders/{order.number}/cancel/", {"reason": "Doch nicht"}, follow=True)

    order.refresh_from_db()
    assert order.state == "confirmed" and "schon versandt" in text(response)


def test_the_rest_of_a_partly_shipped_order_is_shown_and_cancelled_once(clerk, trade):
    order = trade.order((trade.offering(price="100.00", name="Rad"), 3), (trade.offering(name="Glocke"), 2))
    trade.ship(order, quantities={order.lines.get(position=1).id: Decimal(1)})
    page = clerk.get(f"/orders/{order.number}/").content.decode()
    assert "Rest stornieren" in page and "Auftrag stornieren" not in page
    assert "2 × Rad" in page and "2 × Glocke" in page and "399,80" in page

    for _ in range(2):
        answer = clerk.post(f"/orders/{order.number}/cancel-rest/", {"reason": "Dauert zu lange"})
        assert answer.status_code == 302
    deliver_all()

    assert [line.cancelled_quantity for line in order.lines.order_by("position")] == [2, 2, 0]
    page = clerk.get(f"/orders/{order.number}/").content.decode()
    assert "Rest storniert: „Dauert zu lange“" in page
    assert "1 versandt, 2 storniert" in page and "−399,80" in page
    assert "Rest stornieren" not in page


def test_the_rest_needs_a_reason_and_something_that_has_left(clerk, trade):
    order = trade.order((trade.offering(), 2))
    for reason in ("", "x" * 201, "Nichts ist weg"):
        assert clerk.post(f"/orders/{order.number}/cancel-rest/", {"reason": reason}).status_code == 302
    assert not order.lines.exclude(cancelled_quantity=0).exists()
    page = clerk.get(f"/orders/{order.number}/").content.decode()
    assert "noch nichts versandt" in page


def test_a_cancellation_needs_a_reason_of_a_sentence(clerk, trade: Trade, anna: Party) -> None:
    order = trade.order((trade.offering(), 1), party=anna)
    for reason in ("", "x" * 201, "a\0b"):
        clerk.post(f"/orders/{order.number}/cancel/", {"reason": reason})

    order.refresh_from_db()
    assert order.state == "confirmed"


def test_the_confirmation_is_mailed_once_more_for_each_click(clerk, trade: Trade, anna: Party) -> None:
    order = trade.order((trade.offering(), 1), party=anna)
    send_confirmations(ids=[order.id], by=the_house(), at=NOW)
    key = str(uuid7())
    for _ in range(2):
        clerk.post(f"/orders/{order.number}/confirmation/", {"key": key})
    deliver_all()

    assert Mail.objects.filter(key__startswith=f"orders.confirmed:{order.id}:").count() == 1
    assert Event.objects.filter(type="care.ConfirmationAsked", subject_id=order.id).count() == 1


def test_what_is_cancelled_is_not_confirmed_again(clerk, trade: Trade, anna: Party) -> None:
    order = trade.order((trade.offering(), 1), party=anna)
    clerk.post(f"/orders/{order.number}/cancel/", {"reason": "Doch nicht"})
    clerk.post(f"/orders/{order.number}/confirmation/", {"key": str(uuid7())})
    clerk.post(f"/orders/{order.number}/confirmation/", {"key": "x"})

    assert not Event.objects.filter(type="care.ConfirmationAsked").exists()


def test_a_paper_is_downloaded_under_its_name(clerk, trade: Trade, anna: Party) -> None:
    order = trade.order((trade.offering(), 1), party=anna)
    send_confirmations(ids=[order.id], by=the_house(), at=NOW)
    document = Document.objects.get(subject_id=order.id, kind="confirmation")

    response = clerk.get(f"/documents/{document.id}/")

    assert response["Content-Type"] == "application/pdf" and response.content.startswith(b"%PDF-")
    assert f'filename="{order.number}.pdf"' in response["Content-Disposition"]
    assert f"/documents/{document.id}/" in text(clerk.get(f"/orders/{order.number}/"))


def form(**changed: str) -> dict[str, str]:
    facts = {
        "key": str(uuid7()),
        "kind": "person",
        "given_name": "Kim",
        "family_name": "Neu",
        "language": "de",
    }
    facts |= {"phone": "0421 1", "email": "kim@example.org", "organisation": "", "vat_id": ""}
    facts |= {"address-key": str(uuid7()), "address-country": "DE", "address-street": "Weg 1"}
    return facts | {"address-postal_code": "28199", "address-city": "Bremen"} | changed


def test_a_clerk_draws_up_a_customer(clerk, house) -> None:
    posted = form()
    for _ in range(2):
        response = clerk.post("/customers/new/", posted)

    party = Party.objects.get(email="kim@example.org")
    assert response.url == f"/customers/{party.number}/"
    assert [address.name for address in party.addresses.all()] == ["Kim Neu"]


def test_a_known_e_mail_is_asked_about_before_there_are_two_of_one(clerk, anna: Party) -> None:
    response = clerk.post("/customers/new/", form(email=anna.email.upper()))
    assert response.status_code == 409 and anna.number in text(response)
    assert Party.objects.count() == 1

    clerk.post("/customers/new/", form(email=anna.email, anyway=anna.number))
    assert Party.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"family_name": ""},
        {"kind": "organisation"},
        {"email": "", "phone": ""},
        {"email": "kim@"},
        {"address-postal_code": "123"},
        {"address-city": ""},
        {"given_name": "a\0b"},
        {"given_name": "x" * 1_000_000},
        {"key": "x"},
        {"kind": "dragon"},
    ],
)
def test_a_wrong_form_is_shown_again_and_nothing_is_written(clerk, house, wrong: dict[str, str]) -> None:
    assert clerk.post("/customers/new/", form(**wrong)).status_code == 422
    assert not Party.objects.exists()


@pytest.mark.parametrize("words", STRANGE)
def test_strange_names_are_kept_as_they_are_and_shown_as_text(clerk, house, words: str) -> None:
    clerk.post("/customers/new/", form(family_name=words, given_name=""))

    party = Party.objects.get()
    assert party.family_name == words
    assert "<script>alert" not in text(clerk.get(f"/customers/{party.number}/"))


def test_a_clerk_changes_a_customer_and_an_address(clerk, anna: Party) -> None:
    address = anna.addresses.get()
    clerk.post(f"/customers/{anna.number}/change/", form(phone="0171 999", given_name="Anne"))
    clerk.post(
        f"/customers/{anna.number}/addresses/{address.id}/",
        {
            "key": str(address.id),
            "name": "Anne Behrens",
            "street": "Neu 1",
            "postal_code": "28195",
            "city": "Bremen",
            "country": "DE",
        },
    )

    anna.refresh_from_db()
    address.refresh_from_db()
    assert (anna.phone, anna.given_name, address.street) == ("0171 999", "Anne", "Neu 1")
    assert "Geändert: Anschrift." in text(clerk.get(f"/customers/{anna.number}/"))


def test_the_address_of_somebody_else_is_not_found(clerk, trade: Trade, anna: Party) -> None:
    other = trade.party(given_name="Bert")
    other.refresh_from_db()

    path = f"/customers/{other.number}/addresses/{anna.addresses.get().id}/"
    assert clerk.get(path).status_code == 404


def test_a_new_customer_goes_back_only_to_pages_of_this_house(clerk, house) -> None:
    there = clerk.post("/customers/new/", form(next="/sales/order/?key=1"))
    assert there.url.startswith("/sales/order/?key=1&customer=K-")
    away = clerk.post("/customers/new/", form(next="https://evil.example/", email="b@example.org"))
    assert away.url.startswith("/customers/K-")


def test_a_partly_delivered_line_says_how_much_left_what_the_rest_waits_for_and_since_when(
    trade: Trade, clerk
) -> None:
    order = trade.order((trade.offering(price="10.00", stock=4), 4))
    line = order.lines.get(kind="item")
    trade.ship(order, quantities={line.id: Decimal(2)})
    page = text(clerk.get(f"/orders/{order.number}/"))
    assert "2 von 4 versandt" in page and "Der Rest ist da und kann gepackt werden · seit" in page
    assert "2 von 4 Stück sind versandt." in text(clerk.get(f"/customers/{order.party.number}/"))
    trade.ship(order)
    assert "2 von 4" not in text(clerk.get(f"/orders/{order.number}/"))


def test_after_a_return_the_credit_note_is_next_and_then_the_money(trade: Trade, clerk) -> None:
    order = trade.order((trade.offering(price="600.00", stock=2), 2))
    trade.ship(order)
    trade.pay(order, order.gross_amount)
    trade.come_back(order, 1)
    page = text(clerk.get(f"/orders/{order.number}/"))
    assert (
        "Als Nächstes: die Rechnungskorrektur." in page
        and "Buchhaltung; sie wird von selbst geschrieben" in page
    )
    Document.objects.create(
        id=uuid7(), kind="credit_note", number="RK-000009", party_id=order.party_id, subject_id=order.id,
        template_version="1", frozen={},
    )  # fmt: skip
    page = text(clerk.get(f"/orders/{order.number}/"))
    assert "Rechnungskorrektur RK-000009 ist geschrieben. Als Nächstes zahlt die Buchhaltung 600,00" in page
    assert "die Rechnungskorrektur. Sie wird" not in page
