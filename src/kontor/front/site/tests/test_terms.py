"""Which terms an order agreed to: kept with the order, readable for good."""

from datetime import UTC, datetime, timedelta

from kontor.front.site.models import Agreement, Edition

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def test_an_order_keeps_the_version_it_agreed_to(shop, visitor, published):
    published(
        "terms",
        at=NOW - 2 * DAY,
        title_de="AGB",
        body_de="Alte Regel.",
        title_en="Terms",
        body_en="Old rule.",
    )
    bike = shop.bike()
    number = visitor.buy(bike)
    published("terms", at=NOW, title_de="AGB", body_de="Neue Regel.", title_en="Terms", body_en="New rule.")
    later = visitor.buy(bike)

    agreed = {str(one.order.number): one.edition.number for one in Agreement.objects.all()}
    assert agreed == {number: 1, later: 2}
    assert "Old rule." in visitor.get("/site/terms/1/") and "version of today" in visitor.text
    assert "New rule." in visitor.get("/site/terms/") and "Version 1, " in visitor.text


def test_the_facts_in_the_terms_stay_as_they_were(shop, published, house):
    published("terms", at=NOW, body_de="Vertragspartner ist [[name]], binnen [[payment-days]] Tagen.")
    assert Edition.objects.get().body_de == "Vertragspartner ist Weserrad GmbH, binnen 14 Tagen."


def test_an_order_in_a_house_without_terms_agrees_to_none(shop, visitor):
    visitor.buy(shop.bike())
    assert not Agreement.objects.exists()
