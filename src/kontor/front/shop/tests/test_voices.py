"""Visitors leave ideas and wishes without a login; customers review what they have received, once."""

import json
import re
from typing import Any

import pytest
from conftest import PlaneClient, stranger
from django.db import ProgrammingError, connection
from django.db.transaction import atomic
from django.utils import timezone

from kontor.bridge.cases.models import Case
from kontor.bridge.parties.middleware import VISIT_COOKIE
from kontor.bridge.voice import errors
from kontor.bridge.voice.models import Review, ShownReview, Signal, SignalOrigin
from kontor.bridge.voice.reviewing import NewReview, check_reviews, decide_review, write_review
from kontor.front.shop.tests.shopping import Shopper
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.errors import NotAllowed
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.session import new_token, token_hash
from tests.trade import NOW, Trade


def _key(shopper: Shopper) -> str:
    found = re.search(r'name="key" value="([0-9a-f-]+)"', shopper.html)
    assert found
    return found[1]


class Buyer:
    """Somebody with an account who bought a bicycle."""

    def __init__(self, shop: Any, trade: Trade, *, is_sent: bool = True) -> None:
        self.bike = shop.bike()
        self.party = trade.party(given_name="Wilhelmine", family_name="Querfeld")
        self.order = trade.order((self.bike, 1), party=self.party)
        if is_sent:
            trade.ship(self.order)
        self.line = self.order.lines.get(kind="item")
        self.token = new_token()
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO parties_token (hash, party_id, kind, expires_at)"
                " VALUES (%s, %s, 'session', now() + interval '1 day')",
                [token_hash(self.token), self.party.id],
            )
        client: PlaneClient = stranger()
        client.cookies[VISIT_COOKIE] = self.token
        self.shopper = Shopper(client)
        self.actor = Actor(ActorKind.CUSTOMER, party_id=self.party.id)

    def review(self, **changes: Any) -> NewReview:
        """A review of the bicycle."""
        said: dict[str, Any] = {"stars": 2, "text": "Die Bremse quietscht.", "shown_as": "Wilma"} | changes
        return NewReview(
            id=said.pop("id", uuid7()),
            order_line_id=self.line.id,
            offering_id=said.pop("offering_id", self.bike.id),
            **said,
        )


@pytest.fixture
def buyer(shop: Any, trade: Trade) -> Buyer:
    """She has received it."""
    return Buyer(shop, trade)


def test_a_wish_needs_no_login_and_is_one_case_however_often_it_is_sent(shop: Any, visitor: Shopper) -> None:
    """From the page of an article: the case and the need know which."""
    bike = shop.bike()
    page = visitor.get("/product/rennrad-1/")
    assert "Idea or wish?" in page
    visitor.get(f"/wish/?article={bike.number}")
    key = _key(visitor)
    for _ in range(2):
        visitor.post(f"/wish/?article={bike.number}", key=key, text="A bell, please.", email="a@example.org")
    case = Case.objects.get()
    assert (case.kind, case.channel, case.offering_id, case.email) == (
        "wish",
        "product",
        bike.id,
        "a@example.org",
    )
    assert "Thank you" in visitor.text
    deliver_all()
    signal = Signal.objects.get()
    assert (signal.kind, signal.source, signal.offering_id, signal.language) == (
        "need",
        "wish",
        bike.id,
        "en",
    )
    assert "A bell, please." in signal.words
    assert SignalOrigin.objects.get().email == "a@example.org"


def test_a_wish_about_nothing_in_particular(shop: Any, visitor: Shopper) -> None:
    """An unknown article is none; an empty wish is refused with advice."""
    visitor.get("/wish/?article=nonsense")
    visitor.post("/wish/", key=_key(visitor), text="", email="")
    assert visitor.status == 422 and "Write a few words." in visitor.text
    visitor.post("/wish/", key=_key(visitor), text="More parking.", email="")
    assert Case.objects.values_list("offering_id", "channel").get() == (None, "form")


def test_a_wish_from_ones_order(buyer: Buyer, visitor: Shopper) -> None:
    """Known who wants the answer; somebody else's order is not found."""
    page = buyer.shopper.get(f"/orders/{buyer.order.number}/wish/")
    assert buyer.order.email in page
    buyer.shopper.post(f"/orders/{buyer.order.number}/wish/", key=_key(buyer.shopper), text="Lights.")
    assert Case.objects.values_list("order_id", "email", "channel").get() == (
        buyer.order.id,
        buyer.order.email,
        "order",
    )
    visitor.get(f"/orders/{buyer.order.number}/wish/")
    assert visitor.status == 404


def test_who_received_it_reviews_it_once_and_everybody_reads_it(buyer: Buyer, visitor: Shopper) -> None:
    """Shown as written, without who wrote it; two stars are a problem with the article."""
    path = f"/orders/{buyer.order.number}/review/{buyer.line.id}/"
    assert f'href="review/{buyer.line.id}/"' in (
        buyer.shopper.get(f"/orders/{buyer.order.number}/") and buyer.shopper.html
    )
    buyer.shopper.get(path)
    key = _key(buyer.shopper)
    for _ in range(2):
        buyer.shopper.post(path, key=key, stars="2", text="Die Bremse quietscht.", shown_as="Wilma")
    deliver_all()
    review = Review.objects.get()
    assert (review.state, review.stars, review.party_id) == ("shown", 2, buyer.party.id)
    page = visitor.get("/product/rennrad-1/")
    assert "Die Bremse quietscht." in page and "Wilma" in page and "2 of 5, one review" in page
    assert "Querfeld" not in page
    data = json.loads(
        re.findall(r'<script type="application/ld\+json">(.*?)</script>', visitor.html, re.DOTALL)[0]
    )
    assert data["aggregateRating"] == {
        "@type": "AggregateRating", "ratingValue": "2.0", "reviewCount": 1, "bestRating": 5, "worstRating": 1,
    }  # fmt: skip
    signal = Signal.objects.get()
    assert (signal.source, signal.stars, signal.offering_id) == ("review", 2, buyer.bike.id)
    assert "You have reviewed this article" in buyer.shopper.get(path)


def test_a_second_review_of_the_same_article_is_refused(buyer: Buyer, as_role: Any) -> None:
    """Also by the database, where two come at once."""
    with as_role("kontor_public", token=buyer.token):
        write_review(review=buyer.review(), by=buyer.actor, at=NOW)
        with pytest.raises(errors.ReviewedBefore):
            write_review(review=buyer.review(), by=buyer.actor, at=NOW)


def test_only_who_received_it_reviews_it(shop: Any, trade: Trade, as_role: Any) -> None:
    """Neither who still waits, nor a stranger, nor about another article; going round Python, the database refuses."""
    buyer = Buyer(shop, trade, is_sent=False)
    other = shop.bike()
    insert = (
        "INSERT INTO voice_review (id, party_id, order_line_id, offering_id, stars, text, shown_as, language)"
        " VALUES (%s, %s, %s, %s, 5, '', '', 'de')"
    )
    with as_role("kontor_public", token=buyer.token):
        for review in (buyer.review(), buyer.review(offering_id=other.id)):
            with pytest.raises(errors.NotReceived):
                write_review(review=review, by=buyer.actor, at=NOW)
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(insert, [uuid7(), buyer.party.id, buyer.line.id, buyer.bike.id])


def test_a_stranger_reviews_nothing(buyer: Buyer, visitor: Shopper, as_role: Any) -> None:
    """The page is not found, the action finds no line."""
    visitor.get(f"/orders/{buyer.order.number}/review/{buyer.line.id}/")
    assert visitor.status == 404
    with as_role("kontor_public"), pytest.raises(errors.NotReceived):
        write_review(review=buyer.review(), by=Actor(ActorKind.VISITOR), at=NOW)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Rufen Sie Frau Petersen an: 0421 123456", "personal"),
        ("Besser bei https://spam.example/rad kaufen", "personal"),
        ("So eine Scheiße", "insult"),
        ("DAS RAD IST WIRKLICH GANZ FURCHTBAR SCHLECHT UND LAUT", "shouting"),
        ("Fährt gut, Gruß aus Bremen", ""),
    ],
)
def test_what_names_somebody_or_insults_waits_for_a_person(
    buyer: Buyer, as_role: Any, text: str, why: str
) -> None:
    """Nothing is changed in it; a clerk shows it as it is, or does not."""
    review = buyer.review(text=text, stars=5)
    with as_role("kontor_public", token=buyer.token):
        write_review(review=review, by=buyer.actor, at=NOW)
    for _ in range(2):
        check_reviews(ids=[review.id], by=the_house(), at=NOW)
    kept = Review.objects.get()
    assert (kept.state, kept.held_because, kept.text) == ("held" if why else "shown", why, text)
    assert ShownReview.objects.exists() is not bool(why)
    assert not Signal.objects.exists()  # five stars are no problem


def test_a_clerk_decides_what_is_kept(buyer: Buyer, as_role: Any, trade: Trade) -> None:
    """Shown and taken down again; who may not is refused."""
    review = buyer.review(text="Herr Nowak war unfreundlich")
    with as_role("kontor_public", token=buyer.token):
        write_review(review=review, by=buyer.actor, at=NOW)
    check_reviews(ids=[review.id], by=the_house(), at=NOW)
    clerk = Actor(ActorKind.STAFF, name="Linda", rights=frozenset({"cases.write"}))
    with as_role("kontor_desk"):
        with pytest.raises(NotAllowed):
            decide_review(review_id=review.id, is_shown=True, by=Actor(ActorKind.STAFF), at=NOW)
        with pytest.raises(errors.NoSuchReview):
            decide_review(review_id=uuid7(), is_shown=True, by=clerk, at=NOW)
        for is_shown in (True, True, False, False):
            decide_review(review_id=review.id, is_shown=is_shown, by=clerk, at=timezone.now())
            assert ShownReview.objects.filter(review_id=review.id).exists() is is_shown
    assert Review.objects.get().decided_by == "Linda"
    # A late delivery of the fact changes no decision.
    check_reviews(ids=[review.id], by=the_house(), at=NOW)
    assert Review.objects.get().state == "declined"


def test_wrong_stars_and_endless_words_are_refused(buyer: Buyer, as_role: Any) -> None:
    """With advice, and nothing is written."""
    with as_role("kontor_public", token=buyer.token):
        for stars in (0, 6):
            with pytest.raises(errors.WrongStars):
                write_review(review=buyer.review(stars=stars), by=buyer.actor, at=NOW)
        with pytest.raises(errors.ReviewTooLong):
            write_review(review=buyer.review(text="x" * 4001), by=buyer.actor, at=NOW)
    assert not Review.objects.exists()
