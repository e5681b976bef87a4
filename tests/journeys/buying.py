"""The way from the shelf to the order, as customers of every kind go it."""

import re
from dataclasses import dataclass
from decimal import Decimal

from playwright.sync_api import Page

from tests.journeys.open_house import OpenHouse

ROUNDS = 60
_AMOUNT = re.compile(r"[-−]?[\d.,]*\d[.,]\d\d")


@dataclass(frozen=True, slots=True)
class Purchase:
    """What the customer has seen: the order's number, the total before ordering, and where the order stands."""

    number: str
    total: Decimal
    email: str
    article: str
    address: str


@dataclass(frozen=True, slots=True)
class Customer:
    """Who buys and where it goes."""

    name: str
    email: str
    street: str = "Am Wall 12"
    postal_code: str = "28195"
    city: str = "Bremen"


def amount_in(words: str) -> Decimal:
    """The last amount in these words, written in German or in English."""
    figures = _AMOUNT.findall(words)[-1].replace("−", "-")
    whole, cents = figures[:-3], figures[-2:]
    return Decimal(re.sub(r"[.,]", "", whole) + "." + cents)


def in_german(amount: Decimal) -> str:
    """1234.5 as ``1.234,50``."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def put_into_basket(page: Page, house: OpenHouse, slug: str, number: str) -> None:
    """Open the product page of this variant and put one into the basket."""
    page.goto(f"{house.shop}/product/{slug}/?variant={number}")
    page.locator("form[action='/basket/put/'] button:not([type=button])").click()
    page.wait_for_url("**/basket/")


def go_to_checkout(page: Page) -> None:
    """From the basket on; the articles are held from here."""
    page.locator("form[action='/checkout/begin/'] button").click()
    page.wait_for_url("**/checkout/")


def say_who(page: Page, customer: Customer) -> None:
    """Fill in the address as a guest."""
    for name in ("email", "name", "street", "postal_code", "city"):
        page.locator(f"main input[name={name}]").fill(getattr(customer, name))
    page.locator("main form button:not([name])").last.click()
    page.wait_for_url("**/checkout/review/")


def choose(page: Page, kind: str, code: str) -> None:
    """Choose a way to pay or to deliver; the page comes again with the new sum."""
    with page.expect_navigation():
        page.locator(f"input[type=radio][name={kind}][value={code}]").check()


def total_on(page: Page) -> Decimal:
    """The total that this page shows."""
    return amount_in(page.locator("main .sum .total").last.inner_text())


def order_now(page: Page, customer: Customer) -> Purchase:
    """Press the button that binds."""
    total = total_on(page)
    article = page.locator("main .small-lines li").first.inner_text().splitlines()[0]
    page.locator("form[action='/checkout/order/'] button").click()
    page.wait_for_url("**/orders/**")
    number = page.url.rstrip("/").rsplit("/", 1)[-1]
    return Purchase(number, total, customer.email, article, page.url)


def until_it_says(page: Page, words: str, *, where: str = "main") -> None:
    """Read the page again until it says so: the office works in the background."""
    found = page.locator(where).get_by_text(words)
    for _ in range(ROUNDS):
        if found.count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{page.url} does not say {words!r}: {page.locator('main').inner_text()}")


def until_confirmed(page: Page, word: str) -> None:
    """Until the state beside the order's number is this."""
    until_it_says(page, word, where="main h1")
