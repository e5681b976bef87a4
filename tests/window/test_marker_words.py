"""What the back office writes about an order's world stays there: marker words in every text column it has.

The columns are read from the models, so a new one joins by itself. A column that customers do read on their papers is
named in ``ON_PAPER`` with its reason; everything else must appear on no page of shop and counter, in no mail,
no paper and no stream.
"""

import asyncio
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pypdf
import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.transaction import atomic
from django.db.utils import DataError, IntegrityError
from django.urls import reverse
from django.utils import timezone
from pypdf.errors import PyPdfError

from kontor.back.invoicing.models import Invoice
from kontor.back.invoicing.printing import print_documents
from kontor.back.logistics.models import Parcel, Shipment
from kontor.back.logistics.printing import make_papers
from kontor.back.production.actions import NewProduction, plan_production, shift_production, start_production
from kontor.back.production.models import ProductionOrder
from kontor.back.purchasing.actions import (
    NewLine,
    NewPurchase,
    NewSupplier,
    add_supplier,
    order_goods,
    shift_purchases,
)
from kontor.back.purchasing.models import PurchaseLine
from kontor.back.purchasing.receiving import NewDelivery, receive_purchase
from kontor.bridge.documents.models import DocumentFile
from kontor.bridge.orders.models import Order
from kontor.bridge.promises.reasons import MoveReason
from kontor.config.live import Live
from kontor.config.planes import PLANES
from kontor.front.care.mailing.moving import send_moved_days
from kontor.front.care.mailing.sending import send_confirmations
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.wall import declarations
from kontor.kernel.tasks.models import Mail
from tests.trade import Trade
from tests.wall.world import World, addresses

BY = the_house()
MARK = re.compile(r"zq\d{3}")
CODES = {"currency", "tax_code", "language", "country", "jurisdiction", "time_zone", "land"}
PICTURES = {"ui:logo"}
# What stands on the customer's own papers, and so may be read there.
ON_PAPER = {
    *(f"invoicing_invoiceline.{name}" for name in ("number", "name", "unit")),
    "invoicing_invoice.number",  # of the invoice they were sent
    "invoicing_invoice.reason",  # why something was credited stands on the credit note
    *(f"logistics_{name}" for name in ("shipment.number", "parcel.tracking_number", "shipment.carrier")),
}


# Where no word can be written, and why. A new column that nothing of this world fills fails the test.
UNMARKED = {
    **dict.fromkeys(
        ("administration_importfile.delimiter", "administration_importfile.decimal_mark"), "one character"
    ),
    **{
        f"administration_{name}": "rows of a file, of no order"
        for name in (
            *("importrow.cells", "importrow.reasons", "importrow.number"),
            *("importtemplate.name", "importtemplate.headers", "importtemplate.fields"),
        )
    },
    **dict.fromkeys(
        (
            *("parties_login.email", "parties_loginrequest.email"),
            *("parties_loginrequest.given_name", "parties_loginrequest.family_name"),
            *("voice_reply.words", "voice_searchmiss.text"),
        ),
        "what the customer wrote",
    ),
    **dict.fromkeys(
        ("catalogue_picture.name", "catalogue_picture.alt_de", "catalogue_picture.alt_en"),
        "shown in the shop, as a copy",
    ),
    **{
        f"payments_providermessage.{name}": "what a payment provider sent"
        for name in ("provider", "message_id", "verdict")
    },
}


@dataclass(frozen=True)
class Marked:
    """A column with the word that was written into all of its rows."""

    column: str
    word: str
    of_back: bool


def text_columns() -> Iterator[tuple[type[models.Model], Any, bool]]:
    """Every text column of the back rooms, and those of the bridge that no customer may read."""
    readable = _readable()
    for model in apps.get_models():
        floor = model.__module__.split(".")[1]
        for field in model._meta.local_concrete_fields:
            told = field.base_field if isinstance(field, ArrayField) else field
            is_text = isinstance(told, (models.CharField, models.TextField))
            if not is_text or field.choices or field.primary_key or field.name in CODES:
                continue
            if floor == "back":
                yield model, field, True
            elif floor == "bridge" and field.column not in readable.get(model._meta.db_table, ()):
                yield model, field, False


def _readable() -> dict[str, set[str]]:
    """What customers' processes may read, table by table."""
    columns = {
        model._meta.db_table: {str(field.column) for field in model._meta.concrete_fields}
        for model in apps.get_models()
    }
    found: dict[str, set[str]] = {}
    for _room, access in declarations():
        for table in access.tables:
            may = table.public.select if table.public is not None else False
            found[table.name] = (
                set(may) if isinstance(may, tuple) else columns.get(table.name, set()) if may else set()
            )
    return found


def mark_all() -> list[Marked]:
    """Write a word of its own into every row of every such column, around all triggers; the database's checks hold."""
    marked = []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for place, (model, field, of_back) in enumerate(text_columns()):
            table, word = model._meta.db_table, f"zq{place:03d}"
            quoted = connection.ops.quote_name
            cursor.execute(f"ALTER TABLE {quoted(table)} DISABLE TRIGGER USER")
            for value in (
                f"'{word}'",
                f"'{word}' || substr(md5(ctid::text), 1, 6)",
            ):  # where rows must differ
                written = f"ARRAY[{value}]" if isinstance(field, ArrayField) else value
                with suppress(IntegrityError, DataError), atomic():
                    cursor.execute(f"UPDATE {quoted(table)} SET {quoted(field.column)} = {written}")
                    if cursor.rowcount:
                        marked.append(Marked(f"{table}.{field.column}", word, of_back))
                    break
            cursor.execute(f"ALTER TABLE {quoted(table)} ENABLE TRIGGER USER")
    return marked


def words_in(text: str) -> set[str]:
    return set(MARK.findall(text))


@pytest.fixture
def world(trade):
    """The sample objects of the wall, and an order of Anna's that waits for a bicycle being built."""
    found = World(trade)
    bike = trade.offering(stock=0, name="Lastenrad")
    at = timezone.now()
    wanted = NewProduction(
        key=uuid7(),
        offering_id=bike.id,
        quantity=Decimal(5),
        start_at=at + timedelta(days=2),
        finish_at=at + timedelta(days=10),
        steps=[("Rahmen", "Halle 2")],
        note="geheim",
    )
    plan_production(orders=[wanted], by=BY, at=at)
    built = trade.place(trade.new_order((bike, 1), party=found.anna), at=at)
    deliver_all()
    start_production(ids=[wanted.id], by=BY, at=at)
    shift_production(
        ids=[wanted.id], finish_at=at + timedelta(days=12), reason=MoveReason.MACHINE_DOWN, by=BY, at=at
    )
    deliver_all()
    bought = _bought(trade, found, at)
    built.refresh_from_db()
    return found, built, bought


def _bought(trade: Trade, world: World, at: datetime) -> Order:
    """Another order of hers: bought in, moved, received, sent."""
    bag = trade.offering(stock=0, name="Tasche")
    supplier = add_supplier(supplier=NewSupplier(key=uuid7(), name="Acme II"), by=BY, at=at)
    line = NewLine(
        offering_id=bag.id,
        quantity=Decimal(3),
        unit_price=Decimal(20),
        expected_at=at + timedelta(days=4),
    )
    purchase = NewPurchase(key=uuid7(), supplier_id=supplier, lines=[line])
    order_goods(orders=[purchase], by=BY, at=at)
    bought = trade.place(trade.new_order((bag, 1), party=world.anna), at=at)
    deliver_all()
    shift_purchases(
        ids=[purchase.id], expected_at=at + timedelta(days=6), reason=MoveReason.SUPPLIER_LATE, by=BY, at=at
    )
    deliver_all()
    delivery = NewDelivery(
        key=uuid7(),
        order_id=purchase.id,
        location_id=trade.location.id,
        quantities={PurchaseLine.objects.get(order_id=purchase.id).id: Decimal(3)},
    )
    receive_purchase(delivery=delivery, by=BY, at=at)
    deliver_all()
    trade.ship(bought)
    deliver_all()
    return bought


def pages(world: World, orders: Sequence[Order], plane: str, who: str) -> Iterator[tuple[str, str]]:
    """Every page of a plane that this person gets, as text; papers in their own words."""
    client = world.browser(plane, who)
    for name, (_pattern, parameters) in sorted(addresses(plane).items()):
        if name in PICTURES:
            continue
        url = reverse(name, PLANES[plane].urlconf, kwargs=world.arguments(name, parameters))
        yield name, text_of(client.get(url))
    for order in (*orders, world.shipped, world.open, world.held):
        yield f"order {order.number}", text_of(client.get(f"/orders/{order.number}/"))


def text_of(answer: Any) -> str:
    """What a reader sees."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return pdf_text(content) if content.startswith(b"%PDF") else content.decode("utf-8", "replace")


def pdf_text(content: bytes) -> str:
    """The words of a paper; a sample that is none is read as it stands."""
    with suppress(PyPdfError):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return content.decode("utf-8", "replace")


def test_the_list_of_columns_comes_from_the_models():
    columns = {f"{model._meta.db_table}.{field.column}" for model, field, _of_back in text_columns()}
    for known in (
        "production_productionorder.note",
        "purchasing_supplier.name",
        "promises_bucket.source",
        "people_employee.name",
    ):
        assert known in columns, known
    assert len(columns) > 60 and "orders_orderline.name" not in columns


@pytest.mark.slow
def test_marker_words_of_the_back_appear_on_no_page_mail_or_paper_in_front(world):
    world, built, bought = world
    before = set(DocumentFile.objects.values_list("pk", flat=True))
    Mail.objects.all().delete()
    carrier = Shipment.objects.latest("id").carrier
    marked = mark_all()
    columns = {f"{model._meta.db_table}.{field.column}" for model, field, _of_back in text_columns()}
    assert columns - {mark.column for mark in marked} == set(UNMARKED)
    allowed = {mark.word for mark in marked if mark.column in ON_PAPER}
    of_back = {mark.word: mark.column for mark in marked if mark.of_back}
    everything = {mark.word: mark.column for mark in marked}

    at = timezone.now()
    shift_production(
        ids=[ProductionOrder.objects.latest("id").id],
        finish_at=at + timedelta(days=20),
        reason=MoveReason.MACHINE_DOWN,
        note="zq999",
        by=BY,
        at=at,
    )
    deliver_all()
    assert send_moved_days(ids=[built.id], by=BY, at=at) == 1
    send_confirmations(ids=[built.id], by=BY, at=at)
    Shipment.objects.update(carrier=carrier)  # one that exists prints
    Parcel.objects.update(tracking_number=None)
    make_papers(ids=list(Shipment.objects.values_list("id", flat=True)), by=BY, at=at)
    print_documents(ids=list(Invoice.objects.values_list("id", flat=True)), asked_for=False, by=BY, at=at)

    leaks: dict[str, set[str]] = {}

    def look(where: str, text: str, words: dict[str, str]) -> None:
        found = {words[word] for word in words_in(text) - allowed if word in words}
        if found or "zq999" in text or "geheim" in text:
            leaks[where] = found or {"production_shift.note"}

    for who in ("stranger", "customer", "another"):
        for name, text in pages(world, (built, bought), "public", who):
            look(f"public {who} {name}", text, everything)
    for who in ("care", "sales", "management"):
        for name, text in pages(world, (built, bought), "desk", who):
            look(f"desk {who} {name}", text, of_back)
    mails = list(Mail.objects.all())
    assert mails
    for mail in mails:
        look(f"mail {mail.key}", f"{mail.subject}\n{mail.text}", everything)
    papers = list(DocumentFile.objects.exclude(pk__in=before))
    assert {paper.document.kind for paper in papers} >= {"invoice", "delivery_note", "label"}
    for paper in papers:
        look(f"paper {paper.name}", pdf_text(bytes(paper.content)), everything)
    assert leaks == {}
    assert Order.objects.get(id=built.id).promised_on != built.promised_on


def test_what_the_database_tells_the_live_process_is_a_topic_and_nothing_else(db):
    """A topic is the hash of an id; every function that notifies is looked at, a new one, too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE prosrc LIKE '%pg_notify(''kontor_live''%'")
        bodies = [row[0] for row in cursor.fetchall()]
    told = [rest for body in bodies for rest in body.split("pg_notify('kontor_live', ")[1:]]
    assert len(told) >= 6
    for rest in told:
        assert rest.startswith(("'*')", "left(encode(sha256(convert_to(")), rest[:80]


def test_a_stream_says_that_something_changed_and_nothing_else():
    sent: list[bytes] = []

    async def watch() -> None:
        live, gone = Live(), asyncio.Event()

        async def send(message: dict[str, Any]) -> None:
            sent.append(message.get("body", b""))

        async def receive() -> dict[str, Any]:
            await gone.wait()
            return {"type": "http.disconnect"}

        streaming = asyncio.create_task(live._stream({"zq001"}, {"headers": []}, receive, send))
        await asyncio.sleep(0.05)
        live._tell("zq001")
        await asyncio.sleep(0.05)
        gone.set()
        live._tell("*")
        await streaming

    asyncio.run(watch())
    assert (
        set(sent) <= {b"", b"retry: 3000\n\n", b"event: refresh\ndata:\n\n"}
        and b"event: refresh\ndata:\n\n" in sent
    )
