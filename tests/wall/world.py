"""A small house in which every address has something to show: articles, customers, orders, papers, payments, staff."""

# ruff: noqa: E501 - the sample objects are a table

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from conftest import NOW, PlaneClient, make_account
from django.db import connection
from django.db.transaction import atomic
from django.urls import URLPattern, URLResolver, get_resolver

from kontor.back.administration.models import Export, ImportFile, SavedView
from kontor.back.banking.models import Refund
from kontor.back.improvement.confirming import NewProblem, open_problem
from kontor.back.improvement.matching import match_all
from kontor.back.improvement.models import Group
from kontor.back.invoicing.models import Invoice
from kontor.back.ledger.models import OpenItem
from kontor.back.logistics.models import Shipment
from kontor.back.people.models import Employee
from kontor.back.production.actions import NewProduction, plan_production
from kontor.back.production.models import WorkStep
from kontor.back.purchasing.actions import NewLine, NewPurchase, NewSupplier, add_supplier, order_goods
from kontor.bridge.cases.actions import Matter, SentFile, open_case
from kontor.bridge.cases.models import Attachment
from kontor.bridge.catalogue.actions import publish
from kontor.bridge.catalogue.models import Category, CustomerGroup, OfferingGroup
from kontor.bridge.documents.models import Document, DocumentFile
from kontor.bridge.orders.models import Order
from kontor.bridge.parties.middleware import VISIT_COOKIE
from kontor.bridge.parties.models import Address, Party, Place
from kontor.bridge.payments.models import Payment
from kontor.bridge.voice.models import Answer, Notice, Review, Signal
from kontor.config.planes import PLANES
from kontor.front.care.models import IncomingMail, Snippet
from kontor.front.site.models import Draft, Edition
from kontor.kernel.actor.departments import DEPARTMENTS
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.session import new_token, token_hash
from kontor.kernel.tasks.models import Task
from tests.trade import Trade

NOT_A_TOKEN = "A" * 43
# Addresses whose number is that of a matter.
MATTER_PAGES = (
    *(
        "matter",
        "matter_file",
        "write",
        "rate",
        "rate_stars",
        "claim",
        "put_back",
        "hand_over",
        "sort_matter",
    ),
    *("drop_draft", "draft_files", "draft_file", "drop_draft_file"),
    *("close_matter", "reopen_matter", "wait", "answer", "draft", "note", "merge", "part", "link_matter"),
)


_CODES = {
    "administration:range": "invoice",
    "administration:door": "shop",
    "administration:shipping_method": "parcel",
    "people:department": "warehouse",
}


class World:
    """The sample objects, and the browsers of everybody who may come."""

    def __init__(self, trade: Trade) -> None:
        self.trade = trade
        self._write_pages()
        category = Category.objects.create(slug="bikes", name_de="Räder", name_en="Bikes")
        self.group = OfferingGroup.objects.create(
            slug="tourer", category=category, name_de="Tourer", name_en="Tourer"
        )
        CustomerGroup.objects.create(code="traders", name_de="Händler", name_en="Traders")
        self.bike = trade.offering(price="49.00", stock=50, name="Tourer")
        self.bike.group = self.group
        self.bike.save()
        publish(by=trade.by, at=NOW)
        self.anna, self.other = trade.party(), trade.party(given_name="Otto", family_name="Other")
        self.address = Address.objects.create(
            party=self.anna,
            name="Anna Behrens",
            street="Am Deich 12",
            postal_code="28199",
            city="Bremen",
            country="DE",
        )
        self.shipped = trade.order((self.bike, 2), party=self.anna)
        trade.ship(self.shipped)
        trade.pay(self.shipped, Decimal("200.00"))
        self.open = trade.order((self.bike, 1), party=self.anna)
        self.waiting = trade.order((self.bike, 1), party=self.anna, payment_method="prepayment")
        self.held = trade.place(trade.new_order((self.bike, 1), party=self.anna))
        Order.objects.filter(id=self.held.id).update(state="held")
        self.signal, self.review = self._said()
        self.paper = self._paper()
        self.staff = {row.code: make_account(row.code) for row in DEPARTMENTS}
        self.staff["nobody"] = make_account(email="nobody@example.org")
        self.place = self._place()
        self.employee = self._employee()
        self.task = Task.objects.create(
            key="t", kind="orders.held", department="order-administration", subject="x"
        )
        owner = self.staff["order-administration"]
        self.view = SavedView.objects.create(owner=owner, page="orders:list", name="Mine", query="")
        self.token = self._token(self.anna.id, "link")
        self.sessions = {"customer": self._token(self.anna.id), "another": self._token(self.other.id)}
        self.made = self._made()
        self.bought = self._bought()
        self.refund = self._refund()
        self.file = ImportFile.objects.create(
            kind="offerings",
            state="read",
            name="a.csv",
            content=b"a;b",
            language="de",
            owner=owner,
            headers=["a"],
            fields=[""],
        )
        self.matter, self.matter_file, self.snippet = self._brought()
        self.problem, self.suggested, self.notice = self._improved()
        self.export = self._export(owner)

    def _said(self) -> tuple[Signal, Review]:
        review = Review.objects.create(
            party_id=self.anna.id, order_line=self.shipped.lines.get(kind="item"), offering=self.bike, stars=4,
            text="Herr Nowak ist nett", shown_as="", language="de", state="held",
        )  # fmt: skip
        signal = Signal.objects.create(key="sample", kind="problem", source="case", words="Quietscht.")
        return signal, review

    @staticmethod
    def _employee() -> Employee:
        titles = {"job_title_de": "Lagerist", "job_title_en": "Storekeeper"}
        return Employee.objects.create(number="P-001", name="Ken Sander", hired_on=NOW.date(), **titles)

    @staticmethod
    def _write_pages() -> None:
        said = {"valid_from": NOW, "published_at": NOW, "published_by": "Ken", "number": 1}
        Edition.objects.create(slug="terms", kind="legal", title_de="AGB", stays_readable=True, **said)
        Edition.objects.create(slug="open-day", kind="news", title_de="Tag der offenen Tür", **said)
        Draft.objects.create(slug="terms", kind="legal", title_de="AGB", changed_at=NOW, changed_by="Ken")

    def _paper(self) -> Document:
        paper = Document.objects.create(
            kind="confirmation", number="AB-1", party_id=self.anna.id, subject_id=self.shipped.id, template_version="1",
            frozen={}, is_public=True,
        )  # fmt: skip
        DocumentFile.objects.create(
            document=paper, party_id=self.anna.id, is_public=True, name="AB-1.pdf", media_type="application/pdf",
            content=b"%PDF-", sha256=sha256(b"%PDF-").digest(),
        )  # fmt: skip
        return paper

    @staticmethod
    def _token(party: UUID, kind: str = "session") -> str:
        token = new_token()
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO parties_token (hash, party_id, kind, expires_at) VALUES (%s, %s, %s, now() + interval '1 day')",
                [token_hash(token), party, kind],
            )
        return token

    def _made(self) -> str:
        wanted = NewProduction(
            key=uuid7(), offering_id=self.bike.id, quantity=Decimal(3), start_at=NOW, finish_at=NOW,
            steps=[("Montage", "")],
        )  # fmt: skip
        [number] = plan_production(orders=[wanted], by=self.trade.by, at=NOW)
        return number

    def _bought(self) -> str:
        by = self.trade.by
        supplier = add_supplier(supplier=NewSupplier(key=uuid7(), name="Acme"), by=by, at=NOW)
        line = NewLine(offering_id=self.bike.id, quantity=Decimal(3), unit_price=Decimal(20), expected_at=NOW)
        wanted = NewPurchase(key=uuid7(), supplier_id=supplier, lines=[line])
        [number] = order_goods(orders=[wanted], by=by, at=NOW)
        return number

    def _brought(self) -> tuple[str, UUID, UUID]:
        """A matter of the customer's with a file, and a snippet to answer it with."""
        photograph = SentFile("a.png", "image/png", b"\x89PNG")
        said = Matter(
            id=uuid7(), kind="complaint", channel="order", subject="Bremse", text="Quietscht.", party_id=self.anna.id,
            email=self.anna.email, files=[photograph],
        )  # fmt: skip
        number = open_case(matter=said, by=self.trade.by, at=NOW)
        IncomingMail.objects.create(
            sha256=b"1",
            source="drop",
            size=9,
            raw=b"From: eva@example.org\n\nHi",
            state="kept",
            reason="bulk",
        )
        snippet = Snippet.objects.create(title="Dank", text_de="Danke, {name}.")
        return number, Attachment.objects.get().id, snippet.id

    def _improved(self) -> tuple[str, UUID, UUID]:
        """A problem, a suggestion that waits, and what the customer was told."""
        other = Signal.objects.create(
            key="other", kind="need", source="wish", words="Ein Anhänger wäre schön."
        )
        match_all(ids=[self.signal.id, other.id], by=self.trade.by, at=NOW)
        taken, waits = Group.objects.get(kind="problem"), Group.objects.get(kind="need")
        new = NewProblem(key=uuid7(), title="Quietscht", group_id=taken.id, signals=[self.signal.id])
        number = open_problem(problem=new, by=self.trade.by, at=NOW)
        answer = Answer.objects.create(
            problem_id=uuid7(),
            problem_number=number,
            verdict="done",
            text_de="Ja",
            text_en="Yes",
            given_by="Ken",
        )
        notice = Notice.objects.create(
            answer=answer,
            person="mail:a@example.org",
            party_id=self.anna.id,
            language="de",
            verdict="done",
            text="Ja",
        )
        return number, waits.id, notice.id

    @staticmethod
    def _place() -> Place:
        where = {"street": "Am Deich 1", "postal_code": "28199", "city": "Bremen"}
        return Place.objects.create(name_de="Laden", name_en="Shop", is_main=True, **where)

    def _refund(self) -> Refund:
        item = OpenItem.objects.filter(open_amount__lt=0).first()
        assert item is not None
        fields = {field.name for field in Refund._meta.concrete_fields}
        values: dict[str, Any] = {
            "amount": Decimal("1.00"),
            "currency": "EUR",
            "reason": "Paid twice",
            "party_id": self.anna.id,
        }
        values |= {"item": item, "open_item": item, "item_id": item.id, "open_item_id": item.id}
        values |= {
            "asked_by": self.staff["accounting"],
            "asked_at": NOW,
            "iban": "DE02120300000000202051",
            "payee": "Anna",
        }
        values |= {"name": "Anna Behrens", "order_id": self.shipped.id, "key": uuid7()}
        return Refund.objects.create(**{name: value for name, value in values.items() if name in fields})

    @staticmethod
    def _export(owner: Any) -> Export:
        fields = {field.name for field in Export._meta.concrete_fields}
        values: dict[str, Any] = {
            "owner": owner, "page": "orders:list", "query": "", "language": "de", "name": "orders.csv", "title": "Orders",
            "content": b"a;b", "ready_at": datetime.now(UTC), "asked_at": datetime.now(UTC), "expires_at": NOW + timedelta(days=900),
        }  # fmt: skip
        return Export.objects.create(**{name: value for name, value in values.items() if name in fields})

    # Addresses ----------------------------------------------------------------------------------------------

    def arguments(self, name: str, parameters: list[str]) -> dict[str, Any]:
        """What stands in the address called ``name``, from the sample objects."""
        room = name.split(":", maxsplit=1)[0]
        samples: dict[str, Any] = {
            "slug": {
                "administration:category": "bikes", "administration:move_category": "bikes",
                "administration:remove_category": "bikes", "shop:category": "bikes", "shop:product": "tourer", "site:article": "open-day"}.get(name, "terms"),
            "name": {"site": "terms", "ui": "nologohere.svg"}.get(room, "nothing.webp"), "language": "de",
            "provider": "test", "token": self.token, "document_id": self.paper.id, "address_id": self.address.id,
            "review_id": self.review.id, "line_id": self.shipped.lines.get(kind="item").id,
            "signal_id": self.signal.id, "group_id": self.suggested, "notice_id": self.notice, "on": "2026-11-20",
            "task_id": self.task.id, "deed": "main" if name == "administration:place_deed" else "claim", "view_id": self.view.id, "export_id": self.export.id, "kind": "note",
            "payment_id": Payment.objects.all()[0].id, "refund_id": self.refund.id,
            "item_id": OpenItem.objects.filter(open_amount__lt=0)[0].id,
            "source": "invoice", "document": self._invoice(), "number": self._number(room, name),
            "stars": 5, "file_id": self.matter_file, "key": self.snippet, "mail_id": IncomingMail.objects.get().id,
            "code": _CODES.get(name, "traders"), "place_id": self.place.id,
            "import_id": self.file.id,
            "step_id": WorkStep.objects.all()[0].id,
        }  # fmt: skip
        return {parameter: samples[parameter] for parameter in parameters}

    @staticmethod
    def _invoice() -> str:
        return str(Invoice.objects.all()[0].number)

    def _number(self, room: str, name: str) -> Any:
        if room != "improvement" and name.partition(":")[2].removeprefix("mailed_") in MATTER_PAGES:
            return self.matter
        special = {
            "orders:accept": self.held.number, "warehouse:return": self.shipped.number, "ledger:entry": 1,
            "logistics:ship": self.open.number, "invoicing:unbilled": self.open.number, "invoicing:bill": self.open.number,
            "ledger:account": "1400", "care:order": self.shipped.number, "care:cancel": self.open.number,
            "care:confirmation": self.open.number, "orders:cancel": self.open.number,
            "site:mailed_withdraw": self.shipped.number,
        }  # fmt: skip
        by_room = {
            "administration": self.bike.number,
            "account": self.shipped.number, "shop": self.shipped.number, "orders": self.shipped.number, "warehouse": self.bike.number,
            "logistics": Shipment.objects.all()[0].number, "invoicing": self._invoice(), "people": self.employee.number,
            "care": Party.objects.get(id=self.anna.id).number, "production": self.made,
            "purchasing": self.bought, "improvement": self.problem,
        }  # fmt: skip
        return special.get(name, 1 if room in ("site", "website") else by_room.get(room))

    # Browsers -----------------------------------------------------------------------------------------------

    def browser(self, plane: str, who: str) -> PlaneClient:
        """A browser of a plane: a stranger's, a customer's, a member of a department's."""
        client = PlaneClient(PLANES[plane])
        if who in self.sessions:
            client.cookies[VISIT_COOKIE] = self.sessions[who]
        elif who != "stranger":
            with client.inside():
                client.force_login(self.staff[who])
        return client


def addresses(plane: str) -> dict[str, tuple[URLPattern, list[str]]]:
    """Every named address of a plane: its pattern and its parameters, by ``namespace:name``."""
    found: dict[str, tuple[URLPattern, list[str]]] = {}

    def walk(resolver: URLResolver, prefix: str, before: list[str]) -> None:
        for entry in resolver.url_patterns:
            here = [*before, *entry.pattern.regex.groupindex, *getattr(entry.pattern, "converters", {})]
            if isinstance(entry, URLResolver):
                walk(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix, here)
            else:
                found[f"{prefix}{entry.name}"] = (entry, list(dict.fromkeys(here)))

    walk(get_resolver(PLANES[plane].urlconf), "", [])
    return found


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside never happened; the token of the test's own transaction is put back, too."""
    connection.begin_reading()  # type: ignore[attr-defined]  # Kontor's own database wrapper
    outer = atomic()
    outer._from_testcase = True  # type: ignore[attr-defined]  # so that actions may begin their own
    with outer:
        yield
        connection.set_rollback(True)
