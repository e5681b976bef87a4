"""Milestones are what may be known in front of the work behind: own ones only, in order, and pages hear of them."""

import psycopg
import pytest

from kontor.bridge.progress.models import Milestone
from kontor.kernel.membrane.topics import read_topic, signed_topic, topic_of
from tests.clone import clone

__all__ = ["clone"]

SECRET = "the plane and the live process know it"


def test_a_new_milestone_wakes_pages_that_watch_its_order_and_says_nothing_else(clone):
    order = clone.trade.order((clone.trade.offering(), 1))
    with clone.login("live") as listener:
        listener.execute("LISTEN kontor_live")
        clone.trade.ship(order)
        notes = {note.payload for note in listener.notifies(timeout=1, stop_after=9)}
    # The third one is for the page that shows the whole house.
    assert notes == {topic_of(str(order.id)), topic_of(str(order.party_id)), topic_of("milestones")}
    assert order.number not in str(notes)
    assert str(order.id) not in str(notes)


def test_each_order_and_each_customer_is_a_topic_of_its_own(clone):
    orders = [clone.trade.order((clone.trade.offering(), 1)) for _ in range(2)]
    line = orders[0].lines.first()
    with clone.login("live") as listener:
        listener.execute("LISTEN kontor_live")
        Milestone.objects.bulk_create(
            [
                Milestone(
                    order=order,
                    order_line=line,
                    party_id=order.party_id,
                    step="picked",
                    quantity=1,
                    reached_at=order.placed_at,
                )
                for order in orders
            ]
        )
        notes = [note.payload for note in listener.notifies(timeout=1, stop_after=9)]
    subjects = [*(order.id for order in orders), *(order.party_id for order in orders), "milestones"]
    assert sorted(notes) == sorted(topic_of(str(subject)) for subject in subjects)


def test_the_live_process_can_do_nothing_but_listen(clone):
    with clone.login("live") as live:
        for query in (
            "SELECT 1 FROM orders_order",
            "SELECT kontor_party()",
            "SELECT 1 FROM progress_milestone",
        ):
            with pytest.raises(psycopg.ProgrammingError):
                live.execute(query)


def test_a_topic_is_signed_opaque_and_expires():
    signed = signed_topic(SECRET, "order 1", now=1000)
    assert read_topic(SECRET, signed, now=1001) == topic_of("order 1")
    assert "order" not in signed
    assert read_topic(SECRET, signed, now=1000 + 13 * 3600) is None
    assert read_topic("another secret", signed, now=1001) is None
    topic, expires, signature = signed.split(".")
    other = topic_of("order 2")
    later = int(expires) + 1
    for forged in (
        f"{other}.{expires}.{signature}",
        f"{topic}.{later}.{signature}",
        topic,
        "",
        "..",
        "ä.ö.ü",
    ):
        assert read_topic(SECRET, forged, now=1001) is None
