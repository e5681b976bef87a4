"""Product conception's pages: what was heard, filtered, counted, exported; many signals cost what few do."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kontor.back.design import queries
from kontor.back.design.lists import FEED
from kontor.bridge.catalogue.models import Category, Offering, OfferingGroup
from kontor.bridge.voice.actions import hear_signals
from kontor.bridge.voice.hearing import NewSignal
from kontor.bridge.voice.models import Sale, Signal
from kontor.kernel.actor.identity import the_house
from kontor.kernel.ui.listing.reading import asked_of, page_of
from tests.trade import Trade

type Role = Callable[..., AbstractContextManager[None]]


@pytest.fixture
def conception(staff_client: Callable[..., Any]) -> Any:
    """A browser of somebody in product conception."""
    return staff_client("back", "product-conception")


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    queries.forget_choices()
    yield
    queries.forget_choices()


@pytest.fixture
def article(trade: Trade) -> Offering:
    """A bicycle in a category."""
    category = Category.objects.create(slug="bikes", name_de="Räder", name_en="Bikes")
    offering = trade.offering(name="Tourer", stock=0)
    offering.group = OfferingGroup.objects.create(slug="t", category=category, name_de="T", name_en="T")
    offering.save()
    return offering


def _hear(*signals: NewSignal) -> None:
    hear_signals(signals=signals, by=the_house(), at=timezone.now())


def _signal(number: int = 0, **changes: Any) -> NewSignal:
    said = {
        "kind": "problem",
        "source": "case",
        "reason": "complaint",
        "text": f"Die Bremse quietscht {number}.",
    }
    return NewSignal(key=f"test:{number}", **(said | changes))


def _text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def test_an_empty_feed_says_what_will_stand_here(house: Any, conception: Any) -> None:
    """No table, no chart, but words."""
    page = _text(conception.get("/design/", HTTP_ACCEPT_LANGUAGE="en"))
    assert "Nothing was heard yet" in page
    assert '<svg class="chart"' not in page
    assert "Nothing was heard today" in _text(conception.get("/design/digest/", HTTP_ACCEPT_LANGUAGE="en"))
    assert "Nothing was heard of an article" in _text(
        conception.get("/design/articles/", HTTP_ACCEPT_LANGUAGE="en")
    )


def test_the_feed_shows_words_article_and_where_they_came_from(article: Offering, conception: Any) -> None:
    """Live, newest first, with a bar for each week."""
    _hear(_signal(1, offering_id=article.id), _signal(2, kind="need", source="wish", text="Bitte in Blau."))
    page = _text(conception.get("/design/", HTTP_ACCEPT_LANGUAGE="en"))
    assert "Die Bremse quietscht 1." in page and "Bitte in Blau." in page and "Tourer" in page
    assert 'data-live="' in page and '<svg class="chart"' in page
    signal = Signal.objects.get(key="test:1")
    detail = _text(conception.get(f"/design/signals/{signal.id}/", HTTP_ACCEPT_LANGUAGE="en"))
    assert "Customer&#x27;s matter: Complaint" in detail and article.number in detail
    assert conception.get("/design/signals/nonsense/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=need", {2}),
        ("source=wish", {2}),
        ("language=en", {3}),
        ("lot=FA-7", {3}),
        ("q=QUIETSCHT", {1}),
        ("q=art-001", {1}),
        ("q=FA-7", {3}),
        ("heard_from=2999-01-01", set()),
        ("kind=nonsense", {1, 2, 3}),
    ],
)
def test_the_feed_is_narrowed(article: Offering, conception: Any, query: str, found: set[int]) -> None:
    """By kind, source, language, lot, article, period and words; what makes no sense counts as not said."""
    _hear(
        _signal(1, offering_id=article.id),
        _signal(2, kind="need", source="wish", text="Gepäckträger"),
        _signal(3, language="en", text="The bell is loud"),
    )
    Signal.objects.filter(key="test:3").update(lot="FA-7")
    page = _text(conception.get(f"/design/?{query}"))
    words = {1: "Bremse quietscht 1", 2: "Gepäckträger", 3: "The bell is loud"}
    assert {number for number, text in words.items() if text in page} == found


def test_a_category_holds_what_lies_below_it(article: Offering, conception: Any) -> None:
    """The shelf of the article and the shelf above."""
    _hear(_signal(1, offering_id=article.id), _signal(2, text="Anderes"))
    category = Category.objects.get()
    page = _text(conception.get(f"/design/?category={category.id}"))
    assert "quietscht 1" in page and "Anderes" not in page


def test_spam_is_not_heard(conception: Any, house: Any) -> None:
    """A matter closed as spam is nothing that a customer met."""
    _hear(_signal(1, outcome="spam"))
    assert "quietscht" not in _text(conception.get("/design/"))


def test_the_file_has_all_words_and_no_customer(article: Offering, conception: Any, trade: Trade) -> None:
    """CSV with every column; formulas are neutralised by the list."""
    long = "Sehr lang. " * 100
    _hear(_signal(1, offering_id=article.id, text=long, party_id=trade.party().id, email="a@example.org"))
    text = b"".join(conception.get("/design/?export=csv")).decode("utf-8-sig")
    assert text.count("Sehr lang.") == 100
    assert article.number in text and "example.org" not in text


def test_a_kind_of_file_that_there_is_not_is_the_list(conception: Any, house: Any) -> None:
    """An address that somebody typed."""
    _hear(_signal(1, text="Quietscht."))
    page = conception.get("/design/?export=doc")
    assert page.status_code == 200 and "Quietscht." in _text(page)


def test_articles_are_compared_by_what_was_sold(article: Offering, conception: Any) -> None:
    """Problems per thousand sold in the same days."""
    _hear(*(_signal(number, offering_id=article.id) for number in range(3)))
    Sale.objects.create(offering=article, on=timezone.now().date() - timedelta(days=2), quantity=Decimal(400))
    page = _text(conception.get("/design/articles/?days=30", HTTP_ACCEPT_LANGUAGE="en"))
    assert "7.5" in page and "400" in page
    (row,) = queries.by_offering(timezone.now() - timedelta(days=1), timezone.now())
    assert (row.problems, row.needs, row.per_thousand) == (3, 0, None)


def test_the_digest_counts_a_day(article: Offering, conception: Any) -> None:
    """Counts by source and article, and the words."""
    _hear(
        _signal(1, offering_id=article.id),
        _signal(2, kind="need", source="search", times=7, text="lastenrad"),
    )
    page = _text(conception.get("/design/digest/", HTTP_ACCEPT_LANGUAGE="en"))
    assert "lastenrad" in page and ">7<" in page
    assert conception.get("/design/digest/2999-01-01/").status_code == 404
    assert conception.get("/design/digest/nonsense/").status_code == 404
    assert conception.get("/design/digest/2026-11-01/").status_code == 200


def test_many_signals_cost_as_many_statements_as_few(article: Offering, conception: Any) -> None:
    """Within twelve."""
    _hear(*(_signal(number, offering_id=article.id) for number in range(3)))
    counts = []
    for more in (0, 120):
        _hear(*(_signal(1000 + number, offering_id=article.id) for number in range(more)))
        for url in ("/design/", "/design/articles/", "/design/digest/"):
            queries.forget_choices()
            with CaptureQueriesContext(connection) as asked:
                assert conception.get(url).status_code == 200
            counts.append(
                len([one for one in asked if "SAVEPOINT" not in one["sql"] and "ROLE" not in one["sql"]])
            )
    assert max(counts) <= 12
    assert counts[0] + 1 >= counts[3] and counts[1:3] == counts[4:]  # one more: the count of a second page


def test_everything_the_pages_ask_is_granted_to_the_role_of_product_conception(
    article: Offering, as_role: Role
) -> None:
    """The same questions as ``kontor_design``, the role of the room's own connection."""
    _hear(_signal(1, offering_id=article.id))
    now, signal, category = timezone.now(), Signal.objects.get(), Category.objects.get()
    with as_role("kontor_design"):
        for query in (
            "",
            "q=bremse",
            f"category={category.id}",
            "lot=x",
        ):
            asked = asked_of(FEED, _query(query))
            page_of(asked, None)
        assert queries.categories() and queries.lots() == []
        assert queries.weeks_of(queries.signal_rows(None), now)[-1][1:] == (1, 0)
        row = queries.signal(str(signal.id))
        assert queries.beside(row) == []
        assert len(queries.by_offering(now - timedelta(days=1), now)) == 1
        assert queries.day_counts(_today()).problems == 1
        assert queries.heard_since(now - timedelta(days=1)) == (1, 0)


def _today() -> date:
    return timezone.now().astimezone(ZoneInfo("Europe/Berlin")).date()


def _query(text: str) -> Any:
    return QueryDict(text)


def test_only_who_may_reads_it(house: Any, staff_client: Callable[..., Any]) -> None:
    """The warehouse has no business with it."""
    assert staff_client("back", "warehouse").get("/design/").status_code == 403
