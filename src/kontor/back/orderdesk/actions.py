"""Order administration: checks what was placed, confirms it or keeps it for a person."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kontor.bridge.orders import actions as orders
from kontor.bridge.orders import events
from kontor.bridge.parties.queries import current_house
from kontor.kernel.actor.identity import Actor
from kontor.kernel.clocks.terms import delivery_date
from kontor.kernel.events.emitting import emit
from kontor.kernel.tasks.actions import NewTask, open_tasks
from kontor.kernel.transactions import transaction


@transaction
def confirm_orders(*, ids: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Check placed orders against the catalogue as of their placing; confirm what is right, hold the rest.

    Creates charges; bills nothing yet. Nothing of a held order ships: a task says what is wrong. Safe to repeat:
    only placed orders are touched.
    """
    found = orders.recheck(ids)
    right = [row for row in found if not row.reasons]
    wrong = [row for row in found if row.reasons]
    if right:
        house = current_house()
        zone = ZoneInfo(house.time_zone)
        ready = {row.order_id: row for row in orders.promise_dates([row.id for row in right])}
        promised_on = []
        for row in right:
            date = ready.get(row.id)
            begins = max(date.ready_at, at).astimezone(zone).date() if date else at.astimezone(zone).date()
            days = date.transit_days if date else 2
            promised_on.append(
                delivery_date(
                    begins, handling_days=house.handling_days, transit_days=days, land=house.land
                ).on
            )
        orders.confirm(
            ids=[row.id for row in right],
            released=[row.may_be_released for row in right],
            promised_on=promised_on,
            on=at.astimezone(zone).date(),
            at=at,
        )
        emit(
            [
                events.OrderConfirmed(
                    subject=row.number, subject_id=row.id, payment_method=row.payment_method
                )
                for row in right
            ],
            by=by,
            at=at,
        )
    if wrong:
        orders.hold([row.id for row in wrong])
        open_tasks(
            [
                NewTask(
                    key=f"orders.held:{row.id}",
                    kind="orders.held",
                    department="order-administration",
                    subject=row.number,
                    subject_id=row.id,
                    detail={"reasons": row.reasons},
                )
                for row in wrong
            ]
        )
        emit(
            [
                events.OrderHeld(subject=row.number, subject_id=row.id, reasons=tuple(row.reasons))
                for row in wrong
            ],
            by=by,
            at=at,
        )
