"""§ 356a BGB, as somebody who withdraws sees it: everything is received, at once, without a login; nothing is told."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kontor.bridge.cases.models import Attachment, Case, Interaction
from kontor.bridge.orders.models import Order
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Event
from kontor.kernel.tasks.models import Mail

SAID = {"name": "Anna Behrens", "contract": "A-4711, das Rennrad", "email": "anna@example.org"}


def withdraw(who, **changes):
    return who.post("/withdraw/", **{**SAID, **changes})


def test_every_page_leads_to_the_button_and_the_button_is_called_as_the_law_wants(shop, visitor):
    visitor.language = "de"
    visitor.__post_init__()
    for path in ("/", "/shop/", "/basket/", "/site/imprint/", "/account/login/"):
        visitor.get(path)
        assert '<a href="/withdraw/" class="stands-out">Vertrag widerrufen</a>' in visitor.html, path
    visitor.get("/withdraw/")
    assert visitor.status == 200 and "Widerruf bestätigen" in visitor.text
    fields = re.findall(
        r'<(?:input|textarea)[^>]* name="(\w+)"', visitor.html.split("<main")[1].split("</main")[0]
    )
    assert sorted(fields) == ["contract", "email", "name"]


def test_a_withdrawal_opens_one_case_and_is_received_with_content_date_and_time(shop, visitor):
    withdraw(visitor)
    case = Case.objects.get()
    assert (case.kind, case.email, case.stated_order) == ("withdrawal", SAID["email"], SAID["contract"])
    assert all(words in Interaction.objects.get().text for words in SAID.values())
    assert all(words in visitor.text for words in (*SAID.values(), case.number))
    assert re.search(r"Received on \d{1,2} \w+ 20\d\d, \d\d:\d\d", visitor.text)
    assert Event.objects.filter(type="cases.CaseOpened", subject_id=case.id).count() == 1


def test_sent_twice_or_from_another_browser_it_is_one_case(shop, visitor, another_visitor):
    withdraw(visitor)
    withdraw(visitor)
    other = another_visitor()
    withdraw(other)
    assert Case.objects.count() == 1 and Event.objects.filter(type="cases.CaseOpened").count() == 1
    assert "Your withdrawal is with us" in other.text and Case.objects.get().number not in other.text


@pytest.mark.parametrize(
    "changes",
    [
        {"contract": "A-99999999"},
        {"contract": "etwas Rotes, im Frühling"},
        {"contract": "x" * 5_000},
        {"contract": "a\0b"},
        {"name": "", "email": ""},
        {"contract": ""},
        {"email": "not an address"},
        {"email": "a@b\r\nBcc: everybody@example.org"},
        {"name": "<script>alert(1)</script>"},
        {"name": "n" * 900, "email": "e" * 900},
    ],
)
def test_nothing_is_turned_away(shop, visitor, changes):
    withdraw(visitor, **changes)
    assert visitor.status == 200 and "Your withdrawal is with us" in visitor.text
    assert Case.objects.count() == 1 and "<script>alert" not in visitor.html


def _receipt_file(visitor):
    link = re.search(r'href="(/withdraw/receipt.txt\?r=[^"]+)"', visitor.html)
    if link:
        return visitor.client.get(unescape(link[1])).content.decode()
    sealed = re.search(r'name="r" value="([^"]+)"', visitor.html)[1]
    return visitor.client.post("/withdraw/receipt.txt", {"r": unescape(sealed)}).content.decode()


@pytest.mark.parametrize("size", [1_900, 6_000, 14_000, 40_000, 1_200_000])
def test_a_statement_is_kept_and_received_to_its_last_word(shop, visitor, size):
    """In the matter, or in a file beside it; in the receipt that is saved, and in the one that is mailed."""
    contract = f"A-4711 {'viel zu sagen ' * (size // 14)}und dies ist der Schluss"
    for _ in range(2):
        withdraw(visitor, contract=contract)
    assert visitor.status == 200 and "Your withdrawal is with us" in visitor.text
    assert "more text than can be kept" not in visitor.text
    case = Case.objects.get()
    kept = Interaction.objects.get().text + "".join(
        bytes(file.content).decode() for file in Attachment.objects.all()
    )
    assert contract in kept and "Anna Behrens" in kept and len(Interaction.objects.get().text) <= 20_000
    saved = _receipt_file(visitor)
    assert contract in saved and case.number in saved
    deliver_all()
    mail = Mail.objects.get(key=f"cases.received:{case.id}")
    sent = mail.text + "".join(bytes(file.content).decode() for file in mail.files.all())
    assert contract in sent


def test_more_than_can_be_kept_is_received_and_says_so(shop, visitor):
    """A body of 3 MB: its beginning, the case, and the address at its end."""
    said = urlencode({**SAID, "contract": "A-4711 " + "ö" * 1_000_000})  # six bytes each on their way
    kind = "application/x-www-form-urlencoded"
    for _ in range(2):
        visitor.page = visitor.client.post("/withdraw/", said, content_type=kind)
    assert visitor.status == 200 and "more text than can be kept" in visitor.text
    case = Case.objects.get()
    assert (case.kind, case.name, case.email) == ("withdrawal", SAID["name"], SAID["email"])
    file = Attachment.objects.get()
    text = bytes(file.content).decode()
    assert text.startswith("A-4711 ööö") and "this is the beginning" in text and len(text) > 300_000


def test_a_receipt_that_nobody_sealed_is_none(shop, visitor):
    assert visitor.client.post("/withdraw/receipt.txt", {"r": "x"}).status_code == 404


def test_an_address_no_mail_can_reach_still_leaves_a_receipt_to_keep(shop, visitor):
    withdraw(visitor, email="nobody at all")
    assert "save or print this page" in visitor.text and Case.objects.get().email == ""
    url = unescape(re.search(r'href="(/withdraw/receipt.txt\?r=[^"]+)"', visitor.html)[1])
    response = visitor.client.get(url)
    text = response.content.decode()
    assert SAID["contract"] in text and Case.objects.get().number in text and "Received on" in text
    assert response["Content-Disposition"].startswith("attachment")
    assert visitor.client.get(url[:-3] + "xyz").status_code == 404


def test_nothing_written_is_no_statement_and_says_so(shop, visitor):
    visitor.post("/withdraw/", name=" ", contract="", email="\n")
    assert visitor.status == 422 and not Case.objects.exists()


def test_it_works_without_any_cookie_and_without_a_form_token(shop, visitor):
    visitor.client.handler.enforce_csrf_checks = True
    visitor.client.cookies.clear()
    withdraw(visitor)
    assert visitor.status == 200 and Case.objects.count() == 1


@pytest.mark.parametrize(
    ("headers", "is_new"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, True),
        ({"Origin": "http://testserver"}, True),
        ({}, True),
    ],
)
def test_a_foreign_page_replaces_nobodys_cookie(shop, visitor, headers, is_new):
    """It arrives without the cookie (SameSite); a new one would log the customer out."""
    visitor.client.cookies.clear()
    response = visitor.client.post("/withdraw/", SAID, headers=headers)
    assert response.status_code == 200 and Case.objects.count() == 1
    assert Case.objects.get().number in response.content.decode()
    assert ("kontor_visit" in response.cookies) is is_new


def test_whose_order_it_is_is_not_told_to_a_stranger(shop, visitor, another_visitor):
    number = visitor.buy(shop.bike())
    stranger = another_visitor()
    for path in (f"/withdraw/?order={number}", "/withdraw/?order=A-0"):
        stranger.get(path)
        assert number not in stranger.text and "Müller" not in stranger.html
    withdraw(stranger, contract=number, email="other@example.org")
    case = Case.objects.get()
    assert case.order is None and case.stated_order == number and case.party_id is not None
    unknown = another_visitor()
    withdraw(unknown, contract="A-99999", email="other@example.org")
    strip = lambda text: re.sub(r"(V|A)-\d+|\d+:\d\d|r=\S+", "", text)  # noqa: E731
    assert strip(stranger.text) == strip(unknown.text)


def test_from_the_own_order_everything_is_filled_in_and_the_order_is_known(shop, visitor):
    number = visitor.buy(shop.bike())
    order = Order.objects.get(number=number)
    visitor.get(f"/withdraw/?order={number}")
    assert f'value="{order.billing_name}"' in visitor.html and f'value="{order.email}"' in visitor.html
    assert f">\n{number}</textarea>" in visitor.html or f">{number}</textarea>" in visitor.html
    withdraw(visitor, contract=f"Bestellung {number} vom Montag")
    case = Case.objects.get()
    assert (case.order_id, case.channel) == (order.id, "order")


def test_the_page_asks_little(shop, visitor):
    visitor.get("/withdraw/")
    with CaptureQueriesContext(connection) as asked:
        visitor.get("/withdraw/?order=A-1")
    assert len(asked) <= 6, [one["sql"] for one in asked]
