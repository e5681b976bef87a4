"""Whoever comes back from the provider's page sees what became of the payment without loading the page again."""

from kontor.bridge.payments.models import PaymentIntent
from kontor.kernel.membrane.topics import topic_of
from tests.clone import clone

__all__ = ["clone"]


def test_the_order_page_hears_of_a_failed_payment_once(clone):
    order = clone.trade.order((clone.trade.offering(), 1))
    intent = PaymentIntent.objects.create(order=order, party_id=order.party_id)
    with clone.login("live") as listener:
        listener.execute("LISTEN kontor_live")
        PaymentIntent.objects.filter(id=intent.id).update(state="open")
        PaymentIntent.objects.filter(id=intent.id).update(state="failed")
        PaymentIntent.objects.filter(id=intent.id).update(state="failed")
        notes = [note.payload for note in listener.notifies(timeout=1, stop_after=9)]
    assert notes == [topic_of(str(order.id))]
