"""My matters, as their customer, a guest with a link and a stranger see them."""

import re
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kontor.bridge.cases.models import Attachment, Case, Interaction
from kontor.bridge.orders.models import Order
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7
from kontor.kernel.tasks.models import Mail


@pytest.fixture
def ordered(shop, visitor):
    return Order.objects.get(number=visitor.buy(shop.bike(), 2))


def said(**changes):
    return {"key": str(uuid7()), "what": "complaint", "line": "", "text": "Die Bremse quietscht."} | changes


def test_something_is_wrong_with_an_order(ordered, visitor):
    visitor.get(f"/orders/{ordered.number}/")
    assert 'href="problem/"' in visitor.html
    line = ordered.lines.get(kind="item")
    facts = said(line=str(line.id))
    for _ in range(2):
        visitor.post(f"/orders/{ordered.number}/problem/", **facts)
    case = Case.objects.get()
    assert visitor.path == f"/account/matters/{case.number}/" and "quietscht" in visitor.text
    deliver_all()
    case.refresh_from_db()
    assert (case.order_id, case.order_line_id, case.offering_id) == (ordered.id, line.id, line.offering_id)
    assert (case.kind, case.channel, case.email) == ("complaint", "order", ordered.email)
    assert Mail.objects.filter(key=f"cases.received:{case.id}").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"what": ""}, {"what": "dragon"}, {"text": " "}, {"text": "x" * 20_001}, {"line": "x"}, {"key": "x"}],
)
def test_a_wrong_form_comes_again_and_opens_nothing(ordered, visitor, wrong):
    visitor.client.post(f"/orders/{ordered.number}/problem/", said(**wrong))
    assert not Case.objects.exists()


def test_the_line_of_another_order_is_no_choice(shop, ordered, visitor, another_visitor):
    other = another_visitor()
    foreign = Order.objects.get(number=other.buy(shop.bike())).lines.get(kind="item")
    visitor.post(f"/orders/{ordered.number}/problem/", **said(line=str(foreign.id)))
    assert not Case.objects.exists()
    other.post(f"/orders/{ordered.number}/problem/", **said())
    assert other.status == 404 and not Case.objects.exists()


def test_a_customer_adds_words_and_files_once(ordered, visitor):
    visitor.post(f"/orders/{ordered.number}/problem/", **said())
    number = Case.objects.get().number
    key = str(uuid7())
    for _ in range(2):
        photograph = BytesIO(b"\xff\xd8\xff\xe0" + b"0" * 100)
        photograph.name = "bremse.png"
        visitor.client.post(
            f"/account/matters/{number}/write/", {"key": key, "text": "Hier ein Bild.", "files": [photograph]}
        )
    assert Interaction.objects.count() == 2
    file = Attachment.objects.get()
    assert (file.media_type, file.stated_type) == ("image/jpeg", "image/png")
    response = visitor.client.get(f"/account/matters/{number}/files/{file.id}/")
    assert (
        response["Content-Type"] == "application/octet-stream"
        and "attachment" in response["Content-Disposition"]
    )
    assert Event.objects.filter(type="cases.CaseWrittenTo").count() == 1


def test_only_what_is_settled_is_rated_and_only_by_pressing_the_button(ordered, visitor):
    visitor.post(f"/orders/{ordered.number}/problem/", **said())
    case = Case.objects.get()
    visitor.client.post(f"/account/matters/{case.number}/rate/", {"rating": "5"})
    case.refresh_from_db()
    assert case.rating is None
    Case.objects.update(state="closed", closed_at=case.opened_at, close_reason="solved")
    visitor.get(f"/account/matters/{case.number}/rate/2/")
    case.refresh_from_db()
    assert case.rating is None
    for wrong in ("0", "6", "x", ""):
        assert (
            visitor.client.post(f"/account/matters/{case.number}/rate/", {"rating": wrong}).status_code == 422
        )
    for _ in range(2):
        visitor.client.post(f"/account/matters/{case.number}/rate/", {"rating": "2"})
    case.refresh_from_db()
    assert case.rating == 2 and case.rated_at is not None
    assert Event.objects.filter(type="cases.CaseRated").count() == 1


def test_the_page_of_a_mailed_star_sends_itself_the_first_time_only(ordered, visitor):
    """Never where nothing may be rated, was rated before, or no star was in the link."""
    sends = "data-sends-itself"
    visitor.post(f"/orders/{ordered.number}/problem/", **said())
    rate = f"/account/matters/{Case.objects.get().number}/rate/"
    visitor.get(f"{rate}4/")
    assert sends not in visitor.html
    Case.objects.update(state="closed", closed_at=Case.objects.get().opened_at, close_reason="solved")
    visitor.get(f"{rate}4/")
    assert sends in visitor.html and re.search(r'value="4"[^>]*\bchecked', visitor.html)
    assert "Send the rating" in visitor.text and Case.objects.get().rating is None
    visitor.client.head(f"{rate}4/")
    assert Case.objects.get().rating is None
    visitor.get(rate)
    assert sends not in visitor.html
    visitor.post(f"{rate}4/", rating="4")
    assert "your rating is kept" in visitor.text and "You gave us 4 of 5 stars" in visitor.text
    visitor.get(f"{rate}1/")
    assert sends not in visitor.html and Case.objects.get().rating == 4


def test_the_page_of_a_matter_needs_few_statements_however_long_it_is(ordered, visitor):
    visitor.post(f"/orders/{ordered.number}/problem/", **said())
    number = Case.objects.get().number
    for count in range(12):
        visitor.client.post(
            f"/account/matters/{number}/write/", {"key": str(uuid7()), "text": f"Und {count}"}
        )
    for path in (f"/account/matters/{number}/", "/account/matters/"):
        visitor.get(path)
        with CaptureQueriesContext(connection) as log:
            visitor.get(path)
        facts = (
            "orders_shippingmethod",
            "parties_house",
            "catalogue_category",
            "SET ROLE",
            "set_config",
            "rules_taxrate",
        )
        assert sum(not any(word in entry["sql"] for word in facts) for entry in log.captured_queries) <= 6
