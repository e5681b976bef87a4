"""What the shop's visitors meet reaches product conception: searches in vain, checkouts that were left."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kontor.bridge.voice.models import SearchMiss, Signal, SignalOrigin
from kontor.front.shop.leaving import hear_left_checkouts
from kontor.front.shop.models import Basket
from kontor.front.shop.tests.shopping import ADDRESS
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all


def test_a_search_in_vain_is_heard_and_one_that_finds_is_not(shop: Any, visitor: Any) -> None:
    """Neither is a shelf with filters that leave nothing, nor an empty category."""
    shop.bike()
    visitor.get("/shop/?q=rennrad")
    visitor.get("/shop/?q=rennrad&price=0")
    visitor.get("/shop/saettel/?q=lastenrad")
    assert not SearchMiss.objects.exists()
    visitor.get("/shop/?q=lastenrad")
    visitor.get("/shop/?q=lastenrad")
    deliver_all()
    signal = Signal.objects.get()
    assert (signal.source, signal.words, signal.language, signal.times) == ("search", "lastenrad", "en", 2)


@pytest.mark.parametrize(("is_addressed", "step"), [(False, "contact"), (True, "review")])
def test_a_checkout_that_was_left_is_heard_once_with_its_step(
    shop: Any, visitor: Any, is_addressed: bool, step: str
) -> None:
    """After an hour; ordered after all, the signal says so."""
    cheap, dear = shop.bike(price="100.00"), shop.bike(price="900.00")
    for article in (cheap, dear):
        visitor.post("/basket/put/", number=article.number, quantity="1")
    visitor.post("/checkout/begin/")
    if is_addressed:
        visitor.post("/checkout/", **ADDRESS)
    now = timezone.now()
    hear_left_checkouts(by=the_house(), at=now + timedelta(minutes=50))
    assert not Signal.objects.exists()
    for _ in range(2):
        hear_left_checkouts(by=the_house(), at=now + timedelta(minutes=70))
    signal = Signal.objects.get()
    assert (signal.source, signal.reason, signal.offering_id, signal.words) == ("checkout", step, dear.id, "")
    assert SignalOrigin.objects.get().party_id == Basket.objects.get().party_id
    Basket.objects.update(ordered_at=timezone.now())
    hear_left_checkouts(by=the_house(), at=now + timedelta(minutes=71))
    assert Signal.objects.get().outcome == "ordered"


def test_a_basket_that_never_came_to_the_checkout_is_no_problem(shop: Any, visitor: Any) -> None:
    """People put things aside."""
    visitor.post("/basket/put/", number=shop.bike().number, quantity="1")
    hear_left_checkouts(by=the_house(), at=timezone.now() + timedelta(hours=5))
    assert not Signal.objects.exists()


def test_the_worker_may_do_it(shop: Any, visitor: Any, as_role: Any) -> None:
    """Its role reads of baskets what it takes."""
    visitor.post("/basket/put/", number=shop.bike().number, quantity="1")
    visitor.post("/checkout/begin/")
    with as_role("kontor_back"):
        hear_left_checkouts(by=the_house(), at=timezone.now() + timedelta(hours=2))
    assert Signal.objects.count() == 1
