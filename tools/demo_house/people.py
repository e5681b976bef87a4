"""People of the demo house: customers, staff, and the orders of the last weeks. Used by derive_demo.py."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

PERSONS = 60
UNCOUNTED = {"cancelled", "waiting"}
"""States of orders that take no stock: given back, or promised from a planned receipt."""


@dataclass(frozen=True)
class Table:
    """Columns and rows of one file."""

    columns: Sequence[str]
    rows: list[Sequence[object]]

    def quantities(self) -> dict[str, int]:
        """Pieces by article number over all rows that take stock."""
        found: Counter[str] = Counter()
        for row in self.rows:
            line = dict(zip(self.columns, row, strict=True))
            if line["state"] not in UNCOUNTED:
                found[str(line["number"])] += int(str(line["quantity"]))
        return dict(found)


def mailbox(text: str) -> str:
    """The text as the local part of a mail address."""
    text = text.lower()
    for found, written in (
        ("ä", "ae"),
        ("ö", "oe"),
        ("ü", "ue"),
        ("ß", "ss"),
        ("á", "a"),
        ("ó", "o"),
        (" ", "-"),
    ):
        text = text.replace(found, written)
    return text


CUSTOMER = (
    "key kind salutation first_name last_name company email phone street postal_code city country language "
    "known_since_days login"
).split()
ANNA = (
    "anna-behrens,person,Frau,Anna,Behrens,,anna.behrens@example.org,+49 30 23125 412,Segelmacherbogen 7,28203,"
    "Bremen,DE,de,640,yes"
).split(",")


def customers(seeds: dict[str, Any]) -> Table:
    """Sixty persons and the firms; the first person and one firm have a known login."""
    chance = random.Random(1873)  # noqa: S311 (a fixed seed makes the same house each time)
    people = seeds["people"]
    rows: dict[str, Sequence[object]] = {ANNA[0]: ANNA}
    last = list(people["last"])
    chance.shuffle(last)
    while len(rows) < PERSONS:
        row = _person(people, last[len(rows) % len(last)], len(rows), chance)
        rows.setdefault(str(row[0]), row)
    for index, firm in enumerate(seeds["firms"]):
        row = _firm(people, firm, index, chance)
        rows[str(row[0])] = row
    return Table(CUSTOMER, list(rows.values()))


def _person(people: dict[str, Any], surname: str, index: int, chance: random.Random) -> Sequence[object]:
    female = index % 2 == 0
    first = chance.choice(people["female" if female else "male"])
    key = f"{mailbox(first)}-{mailbox(surname)}"
    abroad = index % 9 == 5
    code, city, country = chance.choice(people["abroad" if abroad else "cities"])
    domain = ("example.org", "example.com", "example.net")[index % 3]
    phone = people["phones"][index % 5] % chance.randint(100, 999) if country == "DE" else ""
    street = f"{chance.choice(people['streets_abroad' if abroad else 'streets'])} {chance.randint(1, 88)}"
    return (
        *(key, "person", "Frau" if female else "Herr", first, surname, ""),
        *(f"{key.replace('-', '.', 1)}@{domain}", phone, street, code, city, country),
        *("en" if index % 12 == 7 else "de", chance.randint(90, 1400), ""),
    )


def _firm(
    people: dict[str, Any], firm: dict[str, Any], index: int, chance: random.Random
) -> Sequence[object]:
    salutation, first, surname = firm["contact"]
    street, code, city, country = firm["place"]
    phone = people["phones"][index % 5] % (index * 7 + 20) if country == "DE" else ""
    return (
        mailbox(firm["name"].split(" ")[0] + "-" + surname),
        *("company", salutation, first, surname, firm["name"]),
        *(f"{mailbox(first)}.{mailbox(surname)}@{firm['domain']}", phone, street, code, city, country),
        *("de", chance.randint(200, 2200), "yes" if firm["domain"] == "example.org" else ""),
    )


def staff(seeds: dict[str, Any], persons: list[dict[str, str]]) -> Table:
    """Fifteen people of the house, named after employees who do the same work in AdventureWorks."""
    names = {p["businessentityid"]: p for p in persons}
    rows: list[Sequence[object]] = []
    for member in seeds["staff"]:
        person = names[str(member["employee"])]
        first, last = person["firstname"], person["lastname"]
        login = f"{mailbox(first)}.{mailbox(last).replace('barreto-de-', '')}"
        rows.append(
            (
                login,
                first,
                last,
                f"{login}@weserrad.example",
                " ".join(member["departments"]),
                member["title_de"],
                member["title_en"],
                3400 - 217 * len(rows),
            )
        )
    return Table(
        "login first_name last_name email departments title_de title_en here_since_days".split(), rows
    )


STATES = (
    ("paid", 66, (12, 84)),
    ("overdue", 9, (26, 58)),
    ("invoiced", 15, (3, 11)),
    ("shipped", 9, (1, 3)),
    ("confirmed", 14, (0, 3)),
    ("cancelled", 4, (6, 40)),
)


def orders(
    people: Table,
    prices: dict[str, Decimal],
    tops: dict[str, str],
    scarce: set[str],
    extra: Sequence[Sequence[object]],
) -> Table:
    """About 120 orders of the last twelve weeks, one to four lines each, to German addresses.

    What was cancelled is nothing scarce: its stock is not counted, and the last pieces are for the others.
    """
    chance = random.Random(1888)  # noqa: S311 (a fixed seed makes the same house each time)
    buyers = [dict(zip(people.columns, row, strict=True)) for row in people.rows]
    buyers = [b for b in buyers if b["country"] == "DE"]
    by_top: dict[str, list[str]] = {}
    for number in sorted(prices):
        by_top.setdefault(tops[number], []).append(number)
    heads: list[tuple[int, int, str]] = []
    for state, count, (newest, oldest) in STATES:
        heads += ((chance.randint(newest, oldest), chance.randint(7, 21), state) for _ in range(count))
    heads.sort(key=lambda head: (-head[0], head[1]))
    rows: list[Sequence[object]] = []
    for index, (days, hour, state) in enumerate(heads, 1):
        buyer = buyers[0] if index % 13 == 4 else chance.choice(buyers)
        firm = buyer["kind"] == "company"
        channel = "phone" if index % 6 == 0 else "shop"
        ways = ("invoice", "prepayment") if channel == "phone" else ("invoice", "prepayment", "provider")
        payment = "invoice" if firm or state == "overdue" else chance.choice(ways)
        basket: dict[str, int] = {}
        shelf = {
            top: [number for number in numbers if state != "cancelled" or number not in scarce]
            for top, numbers in by_top.items()
        }
        if chance.random() < (0.75 if firm else 0.5):
            basket[chance.choice(shelf["bikes"])] = chance.randint(2, 4) if firm else 1
        for _ in range(chance.randint(0 if basket else 1, 3)):
            top = chance.choice(("accessories", "accessories", "clothing", "components"))
            number = chance.choice(shelf[top])
            dear = prices[number] >= 200
            basket[number] = 1 if dear else chance.choice((1, 1, 2, 2, 3)) * (4 if firm else 1)
        rows += (
            (f"W{index:03d}", buyer["key"], channel, payment, state, days, hour, number, quantity)
            for number, quantity in basket.items()
        )
    rows += (
        (f"W{len(heads) + place:03d}", *order[:4], 0, 8, *order[4:])
        for place, order in enumerate(extra, start=1)
    )
    return Table("order customer channel payment state days_ago hour number quantity".split(), rows)
