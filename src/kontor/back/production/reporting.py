"""What the shop floor reports: steps begun and ended, and that an order is made. Nothing is valued in the books yet."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from kontor.back.production import errors, events
from kontor.back.production.actions import CLOSED, lock_one, start
from kontor.back.warehouse.actions import NewMove, post_moves
from kontor.bridge.promises.actions import Arrived, receive_parts
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.events.emitting import emit
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a work step made: good pieces, scrap, and the code of its reason."""

    good: Decimal
    scrap: Decimal = Decimal(0)
    reason: str = ""


@transaction
def start_step(*, step_id: UUID, by: Actor, at: datetime) -> None:
    """Begin a work step; the first one begins its order, too. Moves no money. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``production.write``.
        NotFound: there is no such step.
        ProductionClosed: the order is made or called off already.
    """
    by.require("production.write")
    order, step = _held(step_id)
    if step.started_at is not None:
        return
    if order.state in CLOSED:
        raise errors.ProductionClosed(numbers=order.number)
    if order.state == "planned":
        start([lock_one(order.order_id)], by=by, at=at)
    _sql.execute("start_step", id=step_id, at=at)


@transaction
def stop_step(*, step_id: UUID, report: Report, by: Actor, at: datetime) -> None:
    """End a work step and say what it made (base units). Moves no money: scrap is recorded and not yet valued.

    Not repeatable with other figures: a step is ended once; the same call again is refused and changes nothing.

    Raises:
        NotAllowed: ``by`` lacks the right ``production.write``.
        NotFound: there is no such step.
        ProductionClosed: the order is made or called off already.
        StepClosed: the step is ended already.
        StepNotStarted: the step has not begun.
        TooMuchReported: good pieces and scrap are more than the order has.
        ScrapWithoutReason: nobody said why.
    """
    by.require("production.write")
    order, step = _held(step_id)
    if step.stopped_at is not None:
        raise errors.StepClosed
    if order.state in CLOSED:
        raise errors.ProductionClosed(numbers=order.number)
    if step.started_at is None:
        raise errors.StepNotStarted
    if report.good + report.scrap > order.quantity:
        raise errors.TooMuchReported(quantity=f"{order.quantity.normalize():f}")
    if report.scrap > 0 and not report.reason:
        raise errors.ScrapWithoutReason
    reason = report.reason if report.scrap > 0 else ""
    _sql.execute("stop_step", id=step_id, good=report.good, scrap=report.scrap, reason=reason, at=at)
    reported = events.StepReported(
        subject=order.number,
        subject_id=order.order_id,
        step=step.name,
        good=report.good,
        scrap=report.scrap,
        reason=reason,
    )
    emit([reported], by=by, at=at)


@transaction
def finish_production(*, order_id: UUID, good: Decimal, location_id: UUID, by: Actor, at: datetime) -> bool:
    """Put what was made (base units) on the shelf; what was promised of it is served from there.

    Where less was made than promised, the youngest promises are at risk and order administration gets a task.
    Customers whose goods are covered see that they passed the check. Moves no money: what was made is not yet valued
    in the books. Safe to repeat: an order is finished once; False says that it was before.

    Raises:
        NotAllowed: ``by`` lacks the right ``production.write``.
        NotFound: there is no such order.
        NotStarted: it has not begun.
        ProductionClosed: it was called off.
        NothingToMake: the quantity is below zero.
    """
    by.require("production.write")
    order = lock_one(order_id)
    if order.state == "finished":
        return False
    if order.state == "cancelled":
        raise errors.ProductionClosed(numbers=order.number)
    if order.state == "planned":
        raise errors.NotStarted(number=order.number)
    if good < 0:
        raise errors.NothingToMake
    if good > 0:
        made = NewMove(
            id=uuid5(order.id, "made"),
            offering_id=order.offering_id,
            location_id=location_id,
            quantity=good,
            reference=order.number,
            at=at,
        )
        post_moves("receipt", [made], by=by)
    served = receive_parts([Arrived(order.bucket_id, good, is_last=True)])
    _sql.rows(
        "finish",
        id=order.id,
        good=good,
        demands=[part.demand_id for part in served],
        quantities=[part.quantity for part in served],
        at=at,
    )
    finished = events.ProductionFinished(
        subject=order.number, subject_id=order.id, good=good, planned=order.quantity
    )
    emit([finished], by=by, at=at)
    return True


@in_transaction
def _held(step_id: UUID) -> tuple[Any, Any]:
    order = _sql.one("lock_step", id=step_id)
    step = _sql.one("step", id=step_id)
    if order is None or step is None:
        raise NotFound(number=str(step_id))
    return order, step
