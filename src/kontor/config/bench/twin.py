"""The opponent: the same facts written by hand in SQL, in a scratch schema with the same keys, unique constraints,
foreign keys and indexes; without triggers, policies and hashes. Seven transactions an order, as Kontor has."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg

from kontor.config.bench.ground import Article, Ground
from kontor.kernel.ids import uuid7
from kontor.kernel.money import round_half_up
from kontor.kernel.sql import Statements

_sql = Statements(__package__, "twin.sql")
TABLES = (
    *(
        "orders_order",
        "orders_orderline",
        "promises_pool",
        "promises_bucket",
        "promises_demand",
        "promises_promise",
    ),
    *("charges_charge", "progress_milestone", "events_event", "logistics_shipment", "logistics_shipmentline"),
    *("logistics_parcel", "warehouse_location", "warehouse_move", "warehouse_onhand", "numbers_numberrange"),
    *("invoicing_invoice", "invoicing_invoiceline", "invoicing_invoicetax", "ledger_account", "ledger_entry"),
    *(
        "ledger_entryline",
        "ledger_openitem",
        "ledger_match",
        "payments_payment",
        "parties_party",
        "parties_house",
    ),
    *("catalogue_offering",),
)
_COPIED = (
    *("promises_pool", "promises_bucket", "warehouse_location", "warehouse_onhand", "numbers_numberrange"),
    *("ledger_account", "parties_party", "parties_house", "catalogue_offering"),
)


@dataclass(frozen=True, slots=True)
class Sale:
    """One order to be placed: who, and how many of which three articles."""

    party_id: UUID
    wanted: tuple[tuple[Article, int], ...]


class Twin:
    """The hand-written chain; ``statements`` counts what it sends, BEGIN and COMMIT excluded."""

    def __init__(self, connection: psycopg.Connection[Any], ground: Ground) -> None:
        self.connection = connection
        self.ground = ground
        self.statements = 0
        self._build()
        self.location = self._first("SELECT id FROM warehouse_location LIMIT 1")
        self.house = self._first("SELECT max(id) FROM parties_house")

    def run(self, sales: Sequence[Sale]) -> None:
        """Take these sales from order to payment, one transaction a step."""
        orders = [uuid7() for _ in sales]
        shipments, invoices, payments = ([uuid7() for _ in sales] for _ in range(3))
        with self.connection.transaction():
            self._place(sales, orders)
        with self.connection.transaction():
            self._do("lock_orders", orders=orders)
            self._do("confirm", orders=orders)
        with self.connection.transaction():
            lines = self._do("open_lines", orders=orders)
            self._do("ship", orders=orders, shipments=shipments, location=self.location)
            self._do(
                "take_stock",
                buckets=[line[5] for line in lines],
                offerings=[line[2] for line in lines],
                quantities=[line[4] for line in lines],
                location=self.location,
            )
        with self.connection.transaction():
            first = self._do("draw", code="invoice", count=len(sales))[0][0]
            self._do("invoice", orders=orders, invoices=invoices, first=first, house=self.house)
        with self.connection.transaction():
            first = self._do("draw", code="journal", count=len(sales))[0][0]
            self._do("post_invoice", invoices=invoices, first=first)
        with self.connection.transaction():
            self._do("pay", orders=orders, payments=payments)
        with self.connection.transaction():
            first = self._do("draw", code="journal", count=len(sales))[0][0]
            self._do("settle", orders=orders, payments=payments, first=first)

    def _place(self, sales: Sequence[Sale], orders: Sequence[UUID]) -> None:
        offerings = sorted({article.id for sale in sales for article, _quantity in sale.wanted})
        buckets = {row[1]: row[0] for row in self._do("buckets", offerings=offerings)}
        lines: list[tuple[Any, ...]] = []
        grosses, taxes = [], []
        for order, sale in zip(orders, sales, strict=True):
            gross = Decimal(0)
            wanted: list[tuple[Article, int, UUID | None]] = [(a, q, uuid7()) for a, q in sale.wanted]
            for position, (article, quantity, demand) in enumerate(
                [*wanted, (self.ground.shipping, 1, None)], start=1
            ):
                gross += round_half_up(article.price * quantity)
                lines.append((uuid7(), order, sale.party_id, position, article, quantity, demand))
            grosses.append(gross)
            taxes.append(round_half_up(gross * 19 / 119))
        goods = [line for line in lines if line[6] is not None]
        self._do(
            "place",
            orders=list(orders),
            parties=[sale.party_id for sale in sales],
            grosses=grosses,
            taxes=taxes,
            lines=[line[0] for line in lines],
            line_orders=[line[1] for line in lines],
            line_parties=[line[2] for line in lines],
            positions=[line[3] for line in lines],
            offerings=[line[4].id for line in lines],
            numbers=[line[4].number for line in lines],
            names=[line[4].name for line in lines],
            quantities=[Decimal(line[5]) for line in lines],
            prices=[line[4].price for line in lines],
            line_demands=[line[6] for line in lines],
            demands=[line[6] for line in goods],
            demand_offerings=[line[4].id for line in goods],
            demand_parties=[line[2] for line in goods],
            demand_quantities=[Decimal(line[5]) for line in goods],
            demand_buckets=[buckets[line[4].id] for line in goods],
        )

    def _do(self, name: str, **values: Any) -> list[Any]:
        self.statements += 1
        cursor = self.connection.execute(_sql.text(name), values, prepare=True)
        return cursor.fetchall() if cursor.description else []

    def _first(self, text: str) -> Any:
        row = self.connection.execute(text).fetchone()
        return row[0] if row else None

    def _build(self) -> None:
        run = self.connection.execute
        run("DROP SCHEMA IF EXISTS twin CASCADE")
        run("CREATE SCHEMA twin")
        for table in TABLES:
            run(f"CREATE TABLE twin.{table} (LIKE public.{table} INCLUDING ALL)")
        for table in _COPIED:
            run(f"INSERT INTO twin.{table} SELECT * FROM public.{table}")  # noqa: S608 - names from the table above
        keys = run(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s) AND confrelid::regclass::text = ANY(%s)",
            [list(TABLES), list(TABLES)],
        ).fetchall()
        run("SET search_path = twin")
        for table, name, definition in keys:
            run(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        run("CREATE SEQUENCE order_number")
        run("CREATE SEQUENCE shipment_number")
        run("UPDATE promises_bucket SET promised = 0")
        for table in ("numbers_numberrange", "promises_bucket"):
            run(f"ANALYZE {table}")
