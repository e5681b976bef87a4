"""A shop with things in it, and somebody who goes through it with a browser."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from kontor.bridge.catalogue.actions import publish
from kontor.bridge.catalogue.models import Category, Offering, OfferingGroup, Price
from kontor.front.shop.facts import forget_facts
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from tests.trade import Trade

ADDRESS = {
    "email": "kim.mueller@example.org",
    "name": "Kim Müller",
    "extra": "",
    "street": "Am Deich 5",
    "postal_code": "28199",
    "city": "Bremen",
    "country": "DE",
    "phone": "",
}


@dataclass
class Shop:
    """What is on the shelves. Everything is published as soon as it is there."""

    trade: Trade
    shelves: dict[str, Category] = field(default_factory=dict)

    def shelf(self, slug: str, name_de: str, name_en: str, parent: str = "") -> Category:
        """A category, drawn up once."""
        if slug not in self.shelves:
            self.shelves[slug] = Category.objects.create(
                slug=slug,
                name_de=name_de,
                name_en=name_en,
                parent=self.shelves.get(parent),
                position=len(self.shelves),
            )
        return self.shelves[slug]

    def group(self, slug: str, name_de: str, name_en: str, shelf: str = "rennraeder") -> OfferingGroup:
        """A group without articles yet."""
        return OfferingGroup.objects.create(
            slug=slug,
            name_de=name_de,
            name_en=name_en,
            text_de=f"Text zu {name_de}",
            text_en=f"Text about {name_en}",
            art="bike-road",
            category=self.shelves[shelf],
            position=OfferingGroup.objects.count(),
        )

    def article(
        self, group: OfferingGroup, *, price: str = "99.90", stock: int = 20, color: str = "", size: str = ""
    ) -> Offering:
        """An article of a group, in stock and on the shelf."""
        offering = self.trade.offering(price=price, stock=stock, name=group.name_de)
        offering.group, offering.color, offering.size = group, color, size
        offering.name_en = group.name_en
        offering.save()
        self.publish()
        return offering

    def bike(self, *, price: str = "1499.00", stock: int = 5) -> Offering:
        """A bicycle on a page of its own."""
        number = OfferingGroup.objects.count() + 1
        return self.article(
            self.group(f"rennrad-{number}", f"Rennrad {number}", f"Road Bike {number}"),
            price=price,
            stock=stock,
        )

    def publish(self) -> None:
        """What the house does after changing the catalogue."""
        publish(by=the_house(), at=datetime.now(UTC))
        forget_facts()

    def change_price(self, offering: Offering, amount: str) -> None:
        """The list price is another one from now on."""
        now = datetime.now(UTC)
        old = Price.objects.get(offering=offering)
        old.valid = DateTimeTZRange(old.valid.lower, now)
        old.save()
        Price.objects.create(
            offering=offering, amount=Decimal(amount), currency="EUR", valid=DateTimeTZRange(now, None)
        )
        self.publish()

    def take_off(self, offering: Offering) -> None:
        """It is no longer sold."""
        offering.is_published = False
        offering.save()
        self.publish()


@dataclass
class Shopper:
    """A visitor with a browser that keeps cookies and follows redirects."""

    client: Any
    language: str = "en"
    page: Any = None

    def __post_init__(self) -> None:
        self.client.cookies["kontor_language"] = self.language

    def get(self, path: str) -> str:
        """Open a page; returns its text."""
        self.page = self.client.get(path, follow=True)
        return self.text

    def post(self, path: str, **values: Any) -> str:
        """Send a form; returns the text of where that leads."""
        self.page = self.client.post(path, values, follow=True)
        return self.text

    @property
    def text(self) -> str:
        """The page without markup, with single blanks."""
        html = re.sub(r"<(script|style)\b.*?</\1>", " ", self.page.content.decode(), flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())

    @property
    def html(self) -> str:
        """The page as it came."""
        return str(self.page.content.decode())

    @property
    def status(self) -> int:
        """The status of the last page."""
        return int(self.page.status_code)

    @property
    def path(self) -> str:
        """Where the browser stands."""
        return (
            str(self.page.redirect_chain[-1][0])
            if self.page.redirect_chain
            else str(self.page.request["PATH_INFO"])
        )

    def put(self, offering: Offering, quantity: object = 1) -> str:
        """Put an article into the basket."""
        slug = offering.group.slug if offering.group else ""
        return self.post("/basket/put/", number=offering.number, quantity=quantity, slug=slug)

    def lines(self) -> list[str]:
        """The ids of the basket's lines."""
        self.get("/basket/")
        return re.findall(r'name="quantity-([0-9a-f-]{36})"', self.html)

    def go_to_review(self, **changes: str) -> str:
        """From the basket through the address to the review."""
        self.post("/checkout/begin/")
        return (
            self.post("/checkout/", **ADDRESS, **changes)
            if not changes
            else self.post("/checkout/", **{**ADDRESS, **changes})
        )

    def what_is_shown(self) -> dict[str, str]:
        """The hidden fields behind the order button."""
        return dict(re.findall(r'name="(key|total|shipping|payment)" value="([^"]*)" id', self.html))

    def press_order(self, **changes: str) -> str:
        """Press the button on the review page that is open."""
        return self.post("/checkout/order/", **{**self.what_is_shown(), **changes})

    def buy(self, offering: Offering, quantity: int = 1, payment: str = "invoice") -> str:
        """The whole way; returns the order's number. The worker has done its part."""
        self.put(offering, quantity)
        self.go_to_review()
        self.post("/checkout/methods/", shipping="parcel", payment=payment)
        self.press_order()
        number = re.search(r"A-\d+", self.path)
        assert number, self.text
        deliver_all()
        return number[0]


type MakeShopper = Callable[..., Shopper]
