"""The works and the purchases of the demo house: its planned receipts, made and bought through the real actions."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from importlib import resources
from typing import Any
from uuid import UUID, uuid5

from kontor.back.production.actions import NewProduction, plan_production, start_production
from kontor.back.production.models import ProductionOrder, WorkStep
from kontor.back.production.reporting import Report, start_step, stop_step
from kontor.back.purchasing.actions import (
    NewLine,
    NewPurchase,
    NewSupplier,
    add_supplier,
    confirm_purchase,
    order_goods,
)
from kontor.back.purchasing.models import PurchaseOrder
from kontor.config.demo.reading import rows
from kontor.kernel.actor.identity import Actor

_KEYS = UUID("6f6f3c1e-5a0e-4f6e-9a43-2d1d6f0d3b11")
_TAKES = timedelta(days=4)
_BEGUN_WITHIN = timedelta(days=7)
_CONFIRMED_WITHIN = timedelta(days=9)


def plan_receipts(*, offerings: Mapping[str, UUID], by: Actor, at: datetime) -> None:
    """Plan what is to be made and order what is to come in. Safe to repeat: each key is written once."""
    making = _making()
    plan_production(
        orders=[
            NewProduction(
                key=_key("production", row["number"]),
                offering_id=offerings[row["number"]],
                quantity=Decimal(row["quantity"]),
                start_at=at + timedelta(days=int(row["days_ahead"])) - _TAKES,
                finish_at=at + timedelta(days=int(row["days_ahead"])),
                steps=[(step["name"], step["work_centre"]) for step in making["step"]],
            )
            for row in rows("receipts")
            if row["source"] == "production"
        ],
        by=by,
        at=at,
    )
    wanted = [
        (row["number"], Decimal(row["quantity"]), at + timedelta(days=int(row["days_ahead"])))
        for row in rows("receipts")
        if row["source"] == "purchase"
    ]
    suppliers = _suppliers(making, by=by, at=at)
    costs = {row["number"]: Decimal(row["net_cost"]) for row in rows("offerings")}

    def purchase(number: str, quantity: Decimal, expected_at: datetime) -> NewPurchase:
        return NewPurchase(
            key=_key("purchase", number),
            supplier_id=next(key for prefix, key in suppliers if number.startswith(prefix)),
            lines=[
                NewLine(
                    offering_id=offerings[number],
                    quantity=quantity,
                    unit_price=costs[number],
                    expected_at=expected_at,
                )
            ],
        )

    order_goods(orders=[purchase(*one) for one in wanted], by=by, at=at)
    for late in making["late"]:
        # It was ordered while its day was still to come.
        expected_at = at - timedelta(days=late["days_ago"])
        overdue = purchase(late["number"], Decimal(late["quantity"]), expected_at)
        order_goods(orders=[overdue], by=by, at=expected_at - _TAKES)


def report_so_far(*, by: Actor, at: datetime) -> None:
    """Begin what is to be made soon, end its first step, and note which suppliers have confirmed. Safe to repeat."""
    soon = ProductionOrder.objects.filter(planned_finish_at__lt=at + _BEGUN_WITHIN, state="planned")
    start_production(ids=list(soon.values_list("id", flat=True)), by=by, at=at)
    for step in WorkStep.objects.filter(order__state="started", position=1, stopped_at=None).select_related(
        "order"
    ):
        start_step(step_id=step.id, by=by, at=at)
        stop_step(step_id=step.id, report=Report(good=step.order.quantity), by=by, at=at)
    near = PurchaseOrder.objects.filter(state="ordered", due_at__gte=at, due_at__lt=at + _CONFIRMED_WITHIN)
    for order in near:
        confirm_purchase(order_id=order.id, expected_at=order.due_at, by=by, at=at)


def _making() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("making.toml").read_text("utf-8"))


def _key(kind: str, number: str) -> UUID:
    return uuid5(_KEYS, f"{kind}:{number}")


def _suppliers(making: Mapping[str, Any], *, by: Actor, at: datetime) -> list[tuple[str, UUID]]:
    found = []
    for row in making["supplier"]:
        supplier = NewSupplier(
            key=_key("supplier", row["name"]),
            name=row["name"],
            email=row["email"],
            phone=row["phone"],
            lead_days=row["lead_days"],
        )
        supplier_id = add_supplier(supplier=supplier, by=by, at=at)
        found += [(prefix, supplier_id) for prefix in row["articles"]]
    return found
