"""Labels and delivery notes, as the carrier and the customer get them."""

import pytest

from kontor.back.logistics.carriers import OwnCarrier, ParcelToSend, check_digit
from kontor.back.logistics.models import Parcel
from kontor.back.logistics.printing import make_papers
from kontor.bridge.documents.models import Document, DocumentFile
from kontor.bridge.documents.rendering.papers import Address
from kontor.bridge.orders.models import Order
from kontor.kernel.actor.identity import the_house
from tests.trade import NOW


def test_the_own_carrier_numbers_a_parcel_after_its_shipment_with_a_check_digit():
    here = Address(name="Anna", street="Weg 1", postal_code="28195", city="Bremen")
    parcel = ParcelToSend(
        parcel_id=None, shipment_number="L-50033", reference="A-1", sender=here, recipient=here, weight_g=None
    )
    first = OwnCarrier().accept(parcel)
    assert first.tracking_number == "WB000005003310"
    assert first == OwnCarrier().accept(parcel)
    assert first.routing_code == "DE-28195"


@pytest.mark.parametrize(("digits", "check"), [("629104150021", 3), ("0000000000", 0), ("400638133393", 1)])
def test_the_check_digit_is_that_of_gs1(digits, check):
    assert check_digit(digits) == check


@pytest.mark.slow
def test_a_shipment_gets_its_papers_once(trade, staff_client, as_role):
    order = trade.order((trade.offering(), 2))
    shipment = trade.ship(order)
    with as_role("kontor_back"):
        assert make_papers(ids=[shipment.id], by=the_house(), at=NOW) == 2
        assert make_papers(ids=[shipment.id], by=the_house(), at=NOW) == 0
    parcel = Parcel.objects.get()
    label = DocumentFile.objects.get(document_id=parcel.label_id)
    assert (label.document.number, label.is_public) == (parcel.tracking_number, False)
    note = Document.objects.get(kind="delivery_note")
    assert (note.number, note.is_public, note.frozen["order_number"]) == (shipment.number, True, order.number)
    browser = staff_client("back", "logistics")
    for path in (f"label/{parcel.tracking_number}", f"note/{shipment.number}"):
        answer = browser.get(f"/logistics/papers/{path}.pdf")
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert (
        staff_client("back", "personnel").get(f"/logistics/papers/note/{shipment.number}.pdf").status_code
        == 403
    )


def test_what_an_import_brought_gets_no_papers(trade):
    order = trade.order((trade.offering(), 1))
    shipment = trade.ship(order)
    Order.objects.update(channel="import")
    assert make_papers(ids=[shipment.id], by=the_house(), at=NOW) == 0
