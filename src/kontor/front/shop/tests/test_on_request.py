"""What is no goods stands in the shop to be asked about: never in a basket, never sold out, never shipped."""

import json
import re

import pytest

from kontor.bridge.cases.models import Case
from kontor.kernel.ids import uuid7

KINDS = ("service", "stay", "term", "decision")
NEVER = (
    "Sold out",
    "In stock",
    "Add to basket",
    "plus delivery",
    "delivery is free",
    "another colour or size",
    "with you by",
)


def offered(shop, kind, *, price="49.00"):
    """Something of this kind on a page of its own."""
    group = shop.group(f"probe-{kind}", f"Werkstatt {kind}", f"Workshop {kind}")
    article = shop.article(group, price=price, stock=0)
    article.kind = kind
    article.save()
    shop.publish()
    return article


@pytest.mark.parametrize("kind", KINDS)
def test_its_page_names_the_price_and_leads_to_the_contact_form(shop, visitor, kind):
    article = offered(shop, kind)
    text = visitor.get(f"/product/probe-{kind}/")
    assert "On request" in text and "Ask about it" in text and "€49.00" in text
    assert [words for words in NEVER if words in text] == []
    assert 'action="/basket/put/"' not in visitor.html
    assert f'href="/site/contact/?article={article.number}#write"' in visitor.html
    machine = json.loads(
        re.search(r"<script type=.application/ld.json.>(.*?)</script>", visitor.html, re.DOTALL)[1]
    )
    assert machine["@type"] == "Service" and machine["offers"]["price"] == "49.00"
    assert not {"availability", "itemCondition"} & machine["offers"].keys()


def test_the_shelf_says_so_and_goods_stay_what_they_are(shop, visitor):
    offered(shop, "service")
    shop.bike(stock=0)
    text = visitor.get("/shop/")
    assert text.count("On request") == 1 and text.count("Sold out") == 1


def test_it_cannot_be_put_into_a_basket(shop, visitor):
    visitor.put(offered(shop, "service"))
    assert visitor.status == 404 and visitor.lines() == []


def test_the_question_knows_the_article(shop, visitor):
    article = offered(shop, "service")
    text = visitor.get(f"/site/contact/?article={article.number}")
    assert "You ask about: Workshop service" in text
    said = {
        "kind": "question",
        "order": "",
        "name": "Eva",
        "email": "eva@example.org",
        "message": "Wann geht es?",
    }
    visitor.post("/site/contact/write/", key=str(uuid7()), article=article.number, **said)
    case = Case.objects.get()
    assert case.offering_id == article.id and case.subject == "A question: Workshop service"


@pytest.mark.parametrize("number", ["", "NO-SUCH", "\0", "x" * 300])
def test_an_article_that_is_none_is_left_out(shop, visitor, number):
    response = visitor.client.get("/site/contact/", {"article": number})
    assert response.status_code == 200 and "You ask about" not in response.content.decode()


def test_without_a_price_none_is_said(shop, visitor):
    offered(shop, "decision", price="0.00")
    assert "€0.00" not in visitor.get("/product/probe-decision/") and "Ask about it" in visitor.text
    assert "€0.00" not in visitor.get("/shop/")


def test_a_price_says_what_it_is_for(shop, visitor):
    stay = offered(shop, "stay")
    stay.unit = "night"
    stay.save()
    shop.publish()
    assert "€49.00 per night" in visitor.get("/product/probe-stay/")
    assert "€49.00 per night" in visitor.get("/shop/")
    offered(shop, "service")
    assert "per" not in visitor.get("/product/probe-service/").partition("€49.00")[2][:12], (
        "pieces need no word"
    )
