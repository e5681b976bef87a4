"""What an attacker in the customers' process does: ask, call, forge an order as the shop would write it."""

from decimal import Decimal
from typing import Any

import psycopg
import pytest

from kontor.bridge.orders.models import Order
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from kontor.kernel.tasks.models import Task

# The wall's own refusals carry codes of their own (KP…, KO…), which psycopg knows as plain database errors.
REFUSED = psycopg.DatabaseError
ORDER = {
    "channel": "web", "language": "de", "currency": "EUR", "email": "m@example.org", "phone": "",
    **{f"{kind}_{part}": "x" for kind in ("billing", "shipping") for part in ("name", "street", "postal_code", "city")},
    "billing_extra": "", "shipping_extra": "", "billing_country": "DE", "shipping_country": "DE",
    "payment_method": "invoice", "shipping_method": "parcel",
}  # fmt: skip


def refused(clone: Any, token: str | None, query: str, values: Any = None, *errors: type[Exception]) -> None:
    with pytest.raises(errors or psycopg.Error), clone.customer(token) as customer:
        customer.execute(query, values)


def seen(clone: Any, token: str | None, query: str, values: Any = None) -> list[Any]:
    with clone.customer(token) as customer:
        rows: list[Any] = customer.execute(query, values).fetchall()
        return rows


def hold(customer: Any, demand: Any, article: Any, quantity: Any) -> None:
    customer.execute(
        "SELECT * FROM kontor_hold(ARRAY[%s::uuid], ARRAY[%s::uuid], ARRAY[%s::numeric], NULL, NULL)",
        [demand, article.id, quantity],
    )


class Forgery:
    """An order as the shop would write it, with whatever is forged."""

    def __init__(self, clone: Any, mallory: Any, article: Any) -> None:
        self.clone, self.mallory, self.article = clone, mallory, article
        self.id, self.demand = uuid7(), uuid7()
        self.shipping = clone.ask("SELECT id FROM catalogue_offering WHERE number = 'VERSAND'")[0][0]
        self.order: dict[str, Any] = {**ORDER, "id": self.id, "key": uuid7(), "party_id": mallory["party"]}
        self.item = self.line(
            1,
            "item",
            article.id,
            number=article.number,
            name=article.name_de,
            price="50.00",
            demand=self.demand,
        )
        self.parcel = self.line(
            2, "shipping", self.shipping, number="VERSAND", name="Versand", price="5.95", demand=None
        )
        self.held: Any = 1
        self.keeps = True

    def line(
        self, position: int, kind: str, offering: Any, *, number: str, name: str, price: str, demand: Any
    ) -> dict[str, Any]:
        """A line of this order."""
        return {
            "id": uuid7(), "order_id": self.id, "party_id": self.mallory["party"], "position": position, "kind": kind,
            "offering_id": offering, "number": number, "name": name, "quantity": 1, "unit": "piece",
            "unit_price": Decimal(price), "tax_code": "standard", "tax_rate": 19, "demand_id": demand,
        }  # fmt: skip

    def place(self) -> Order:
        """Commit it, sums and all as they should be for these lines, and let the worker hear of it."""
        lines = [line for line in (self.item, self.parcel) if line]
        for line in lines:
            line.setdefault("gross_amount", round(Decimal(line["quantity"]) * line["unit_price"], 2))
        gross = sum((line["gross_amount"] for line in lines), Decimal(0))
        tax = round(gross * 19 / 119, 2)
        self.order = {"gross_amount": gross, "tax_amount": tax, "net_amount": gross - tax} | self.order
        with self.clone.customer(self.mallory["token"]) as customer:
            if self.held:
                hold(customer, self.demand, self.article, self.held)
            self.insert(customer, "orders_order", self.order)
            for line in lines:
                self.insert(customer, "orders_orderline", line)
            if self.keeps and self.item and self.item["demand_id"]:
                customer.execute("SELECT * FROM kontor_keep(ARRAY[%s::uuid])", [self.item["demand_id"]])
            self.insert(
                customer, "events_event",
                {"id": uuid7(), "type": "orders.OrderPlaced", "subject": "x", "subject_id": self.id, "fact": "{}",
                 "actor_kind": "visitor", "actor_id": self.mallory["party"]},
            )  # fmt: skip
        deliver_all()
        return Order.objects.get(id=self.id)

    @staticmethod
    def insert(customer: Any, table: str, row: dict[str, Any]) -> None:
        """Insert a row as the customers' process."""
        names, marks = ", ".join(row), ", ".join(f"%({name})s" for name in row)
        customer.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)


def reasons(order: Order) -> set[str]:
    return set(Task.objects.get(key=f"orders.held:{order.id}").detail["reasons"])


def fact(kind: str, party: Any, **changes: Any) -> dict[str, Any]:
    row = {
        "id": uuid7(),
        "type": kind,
        "subject": "x",
        "subject_id": uuid7(),
        "fact": "{}",
        "actor_kind": "visitor",
        "actor_id": party,
    }
    return row | changes
