"""One click that arrives three times in the same moment: done once, and each answer leads to what was done."""

import threading

from conftest import PlaneClient, make_account
from django.db import connection

from kontor.back.invoicing.models import Invoice
from kontor.back.logistics.models import Shipment
from kontor.config.planes import PLANES
from kontor.front.site.models import Draft
from kontor.kernel.transactions import transaction
from tests.clone import clone
from tests.failure.forms import forms_of

__all__ = ["clone"]
CLICKS = 3


def browser(department: str, plane: str) -> PlaneClient:
    client = PlaneClient(PLANES[plane])
    client.raise_request_exception = False
    transaction(lambda: log_in(client, department))()
    return client


def log_in(client: PlaneClient, department: str) -> None:
    with client.inside():
        client.force_login(make_account(department))


def sent_at_once(department: str, page: str, plane: str = "back") -> set[tuple[int, str]]:
    """The page's form, filled in as it stands, sent by three requests at once; what they were answered."""
    first = browser(department, plane)
    shown = forms_of(page, first.get(page).content.decode())
    [form] = [one for one in shown if (one.method, one.action) == ("post", page)]
    body, kind = form.body(form.filled())
    answers: list[tuple[int, str]] = []
    begin = threading.Barrier(CLICKS)

    def click(client: PlaneClient) -> None:
        begin.wait()
        try:
            answer = client.generic("POST", page, body, kind)
            answers.append((answer.status_code, answer.headers.get("Location", "")))
        finally:
            connection.close()

    clients = [browser(department, plane) for _ in range(CLICKS)]
    threads = [threading.Thread(target=click, args=(client,)) for client in clients]
    with first.inside():  # the settings of the plane are everybody's
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
    assert len(answers) == CLICKS
    return set(answers)


def test_a_shipment_leaves_once(clone):
    order = clone.trade.order((clone.trade.offering(price="10.00", stock=9), 3))
    answers = sent_at_once("warehouse", f"/logistics/ship/{order.number}/")
    [shipment] = Shipment.objects.filter(order=order)
    assert answers == {(302, f"/logistics/shipments/{shipment.number}/")}
    assert shipment.lines.get().quantity == 3


def test_an_invoice_is_issued_once(clone):
    order = clone.trade.order((clone.trade.offering(price="10.00", stock=9), 3))
    answers = sent_at_once("accounting", f"/invoicing/to-bill/{order.number}/")
    [invoice] = Invoice.objects.filter(order_id=order.id)
    assert answers == {(302, f"/invoicing/{invoice.number}/")}


def test_a_credit_note_is_issued_once(clone):
    order = clone.trade.order((clone.trade.offering(price="10.00", stock=9), 3))
    clone.trade.ship(order)
    invoice = Invoice.objects.get(order_id=order.id)
    answers = sent_at_once("accounting", f"/invoicing/{invoice.number}/credit/")
    [note] = Invoice.objects.filter(order_id=order.id, kind="credit_note")
    assert answers <= {(302, f"/invoicing/{note.number}/"), (302, f"/invoicing/{invoice.number}/")}


def test_an_article_of_the_news_is_begun_once(clone):
    answers = sent_at_once("press", "/website/news/new/", "desk")
    [draft] = Draft.objects.all()
    assert answers == {(302, f"/website/{draft.slug}/")}
