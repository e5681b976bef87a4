"""Ideas noted at the counter, and reviews that a clerk looks at."""

from collections.abc import Callable
from typing import Any

import pytest

from kontor.bridge.cases.models import Case
from kontor.bridge.voice.models import Review, ShownReview, Signal
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from tests.trade import Trade


@pytest.fixture
def clerk(staff_client: Callable[..., Any]) -> Any:
    """A browser of somebody in customer care."""
    client = staff_client("desk", "care")
    client.cookies["kontor_language"] = "en"
    return client


def test_an_idea_at_the_counter_is_a_need_and_its_customer_is_known_to_care_only(
    trade: Trade, clerk: Any
) -> None:
    """Sent twice it is one case; the article and the order's customer stand on it."""
    article, party = trade.offering(), trade.party()
    order = trade.order((article, 1), party=party)
    said = {
        "key": str(uuid7()),
        "text": "Eine Klingel wäre schön.",
        "article": article.number.lower(),
        "order": order.number,
    }
    for _ in range(2):
        assert clerk.post("/voices/wish/", said).status_code == 302
    case = Case.objects.get()
    assert (case.kind, case.offering_id, case.party_id, case.order_id) == (
        "wish",
        article.id,
        party.id,
        order.id,
    )
    deliver_all()
    assert Signal.objects.values_list("kind", "source", "offering_id").get() == ("need", "wish", article.id)


@pytest.mark.parametrize("wrong", [{"article": "NIX-1"}, {"order": "A-1"}, {"text": ""}])
def test_what_is_not_there_is_refused_with_advice(trade: Trade, clerk: Any, wrong: dict[str, str]) -> None:
    """Nothing is noted."""
    said = {"key": str(uuid7()), "text": "Mehr Farben", "article": "", "order": ""} | wrong
    assert clerk.post("/voices/wish/", said).status_code == 422
    assert not Case.objects.exists()


def test_an_empty_page_says_how_reviews_come(house: Any, clerk: Any) -> None:
    """And that none waits."""
    page = clerk.get("/voices/").content.decode()
    assert "None waits." in page and "No reviews yet" in page


def test_a_clerk_shows_and_takes_down(trade: Trade, clerk: Any) -> None:
    """With the reason why it was kept."""
    article, party = trade.offering(), trade.party()
    order = trade.order((article, 1), party=party)
    review = Review.objects.create(
        party_id=party.id, order_line=order.lines.get(kind="item"), offering=article, stars=5, language="de",
        text="Herr Nowak war nett", state="held", held_because="personal",
    )  # fmt: skip
    page = clerk.get("/voices/").content.decode()
    assert "Herr Nowak war nett" in page and "Names somebody" in page
    for decision, is_shown in (("show", True), ("decline", False)):
        assert clerk.post(f"/voices/reviews/{review.id}/", {"decision": decision}).status_code == 302
        assert ShownReview.objects.exists() is is_shown
    assert clerk.post(f"/voices/reviews/{uuid7()}/", {"decision": "show"}).status_code == 404
