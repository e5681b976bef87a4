"""Carries a batch through the house: promise, order, confirmation, delivery, invoice, posting, payment, credit note.

Every step is an action of its room, with a list and its own commit, and knows by its keys what it has done before:
a run that was killed goes on where the database stands.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from kontor.back.invoicing.actions import issue_credit_notes, issue_invoices
from kontor.back.invoicing.billing import ToBill
from kontor.back.invoicing.crediting import CreditLine, NewCreditNote
from kontor.back.ledger.actions import post_invoices, post_payments
from kontor.back.ledger.settling import EntrySide, NewEntry, post_entries, settle_pairs
from kontor.back.logistics.actions import deliver_shipments, ship_orders
from kontor.back.orderdesk.actions import confirm_orders
from kontor.back.warehouse.actions import NewMove
from kontor.back.warehouse.posting import correct_stock, take_back
from kontor.bridge.orders.actions import backdate, mark_paid, perform_services, place_orders
from kontor.bridge.orders.placing import NewLine, NewOrder
from kontor.bridge.payments.actions import NewPayment, record_payments
from kontor.bridge.promises.actions import Wanted, promise
from kontor.config.importing.documents import Document, Kind
from kontor.config.importing.keys import identity
from kontor.config.importing.master import CURRENCY, TAX_CODE, TAX_RATE, Master
from kontor.config.importing.planning import Batch
from kontor.kernel.actor.identity import Actor
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__)


def carry(batch: Batch, *, master: Master, by: Actor) -> None:
    """Take one batch over. Safe to repeat, also after it was killed anywhere in between."""
    at = max(document.at for document in batch.documents)
    credit(batch.early_notes, master=master, by=by, at=at)
    sell(batch.sales, master=master, by=by, at=at)
    correct(batch.corrections, master=master, by=by, at=at)
    credit(batch.late_notes, master=master, by=by, at=at)
    write_off(batch.bad_debts, master=master, by=by, at=at)


def sell(sales: Sequence[Document], *, master: Master, by: Actor, at: datetime) -> None:
    """From the promise to the payment."""
    if not sales:
        return
    _place(sales, master=master, by=by)
    ids = [sale.id for sale in sales]
    confirm_orders(ids=ids, by=by, at=at)
    with_goods = [
        sale for sale in sales if any(master.articles[position.code].is_goods for position in sale.positions)
    ]
    if with_goods:
        keys = {sale.id: identity(sale.at, "shipment", sale.number) for sale in with_goods}
        shipments = ship_orders(orders=keys, by=by, at=at)
        deliver_shipments(ids=[shipment.id for shipment in shipments], by=by, at=at)
    if len(with_goods) < len(sales):
        perform_services(ids=ids, by=by, at=at)
    issue_invoices(
        orders=[
            ToBill(order_id=sale.id, key=sale.id, issued_on=_day(sale), due_on=_day(sale), number=sale.number)
            for sale in sales
        ],
        by=by,
        at=at,
    )
    invoices = _sql.rows("invoices_of_orders", orders=ids)
    post_invoices(ids=[row.id for row in invoices], by=by, at=at)
    paid = [sale for sale in sales if sale.total]
    _pay([(sale, sale.id, sale.total) for sale in paid], master=master, by=by, at=at)
    if len(paid) < len(sales):
        _note_free([sale.id for sale in sales if not sale.total], by=by, at=at)


@transaction
def _place(sales: Sequence[Document], *, master: Master, by: Actor) -> None:
    """Promise the goods firmly and place the orders, dated back to the day they were really placed."""
    orders = [_order(sale, master) for sale in sales]
    wanted = [
        Wanted(line.demand_id, line.offering_id, line.quantity, line.name, order.party_id)
        for order in orders
        for line in order.lines
        if line.demand_id
    ]
    known = {row.number for row in _sql.rows("known_orders", ids=[sale.id for sale in sales])}
    new = [order for order, sale in zip(orders, sales, strict=True) if sale.number not in known]
    if not new:
        return
    demands = {line.demand_id for order in new for line in order.lines}
    if fresh := [want for want in wanted if want.id in demands]:
        promise(fresh, is_firm=True)
    placed = place_orders(new, by=by, at=sales[-1].at)
    times = {sale.id: sale for sale in sales}
    backdate(
        ids=[order.id for order in placed],
        placed_at=[times[order.id].at for order in placed],
        numbers=[times[order.id].number for order in placed],
    )


def _order(sale: Document, master: Master) -> NewOrder:
    customer = master.customers[sale.customer, sale.country]
    lines = []
    for index, position in enumerate(sale.positions):
        article = master.articles[position.code]
        lines.append(
            NewLine(
                id=sale.part("line", index),
                offering_id=article.id,
                number=position.code,
                name=position.name or article.name,
                quantity=Decimal(position.quantity),
                unit_price=position.price,
                tax_code=TAX_CODE,
                tax_rate=TAX_RATE,
                demand_id=sale.part("demand", index) if article.is_goods else None,
            )
        )
    return NewOrder(
        id=sale.id,
        key=sale.id,
        party_id=customer.id,
        channel="import",
        currency=CURRENCY,
        email="",
        billing=customer.address,
        shipping=customer.address,
        payment_method="invoice",
        shipping_method="",
        lines=lines,
        language="en",
    )


def _pay(
    paid: Sequence[tuple[Document, UUID | None, Decimal]], *, master: Master, by: Actor, at: datetime
) -> None:
    """Record and post what was paid for each document (its order, the amount; negative: paid back) on its day."""
    payments = [
        NewPayment(
            id=identity(document.at, "payment", document.number),
            key=identity(document.at, "payment", document.number),
            method="transfer",
            amount=amount,
            currency=CURRENCY,
            received_on=_day(document),
            reference=document.number,
            payer=master.customers[document.customer, document.country].address.name,
            order_id=order_id,
            party_id=master.customers[document.customer, document.country].id,
        )
        for document, order_id, amount in paid
    ]
    if payments:
        record_payments(payments=payments, by=by, at=at)
        post_payments(ids=[payment.id for payment in payments], by=by, at=at)


@transaction
def _note_free(orders: Sequence[UUID], *, by: Actor, at: datetime) -> None:
    """What costs nothing is paid when it is billed."""
    mark_paid(orders, by=by, at=at)


def credit(notes: Sequence[Document], *, master: Master, by: Actor, at: datetime) -> None:
    """Goods come back, the credit note is issued and posted, and the money is paid back on its day."""
    if not notes:
        return
    moves = [
        NewMove(
            id=note.part("move", index),
            offering_id=article.id,
            location_id=master.location_id,
            quantity=Decimal(position.quantity),
            at=note.at,
            reference=note.number,
            order_line_id=link[0].part("line", link[1]) if link else None,
        )
        for note in notes
        for index, (position, link) in enumerate(zip(note.positions, note.links, strict=True))
        if (article := master.articles[position.code]).is_goods
    ]
    if moves:
        take_back(moves=moves, by=by, at=at)
    issue_credit_notes(notes=_credit_notes(notes, master), by=by, at=at)
    post_invoices(ids=[note.id for note in notes], by=by, at=at)
    paid = [note for note in notes if note.total]
    orders = {note.id: note.refers_to for note in paid}
    _pay(
        [(note, order.id if (order := orders[note.id]) else None, -note.total) for note in paid],
        master=master,
        by=by,
        at=at,
    )
    if alone := [note for note in paid if orders[note.id] is None]:
        settle_pairs(
            pairs=[(note.id, identity(note.at, "payment", note.number)) for note in alone], by=by, at=at
        )


def _credit_notes(notes: Sequence[Document], master: Master) -> list[NewCreditNote]:
    links = [link for note in notes for link in note.links if link]
    charges = {
        row.order_line_id: row.id
        for row in _sql.rows("charges_of_lines", lines=[sale.part("line", index) for sale, index in links])
    }
    invoices = {
        row.order_id: row.id
        for row in _sql.rows("invoices_of_orders", orders=list({sale.id for sale, _index in links}))
    }
    return [_credit_note(note, master, charges, invoices) for note in notes]


def _credit_note(
    note: Document, master: Master, charges: dict[UUID, UUID], invoices: dict[UUID, UUID]
) -> NewCreditNote:
    sale = note.refers_to
    lines = [
        CreditLine(
            number=position.code,
            name=position.name or master.articles[position.code].name,
            quantity=Decimal(position.quantity),
            unit="piece",
            unit_price=position.price,
            gross_amount=position.amount,
            tax_code=TAX_CODE,
            tax_rate=TAX_RATE,
            charge_id=charges[link[0].part("line", link[1])] if link else None,
        )
        for position, link in zip(note.positions, note.links, strict=True)
    ]
    return NewCreditNote(
        id=note.id,
        key=note.id,
        party_id=master.customers[note.customer, note.country].id,
        issued_on=_day(note),
        currency=CURRENCY,
        lines=lines,
        order_id=sale.id if sale else None,
        refers_to_id=invoices[sale.id] if sale else None,
        number=note.number,
    )


def correct(corrections: Sequence[Document], *, master: Master, by: Actor, at: datetime) -> None:
    """Stock that was damaged, lost or thrown away leaves, with what the file says about it as the reason."""
    moves = [
        NewMove(
            id=document.part("move", index),
            offering_id=master.articles[position.code].id,
            location_id=master.location_id,
            quantity=Decimal(-position.quantity),
            at=document.at,
            reference=document.number,
            reason=position.name,
        )
        for document in corrections
        for index, position in enumerate(document.positions)
        if master.articles[position.code].is_goods
    ]
    if moves:
        correct_stock(moves=moves, by=by, at=at)


def write_off(debts: Sequence[Document], *, master: Master, by: Actor, at: datetime) -> None:
    """Bad debts: expense against receivable, as far as the file's (negative) price says."""
    entries = [
        NewEntry(
            id=document.part("entry", index),
            source=Kind.BAD_DEBT,
            document_number=document.number,
            booked_on=_day(document),
            text=position.name or document.number,
            sides=[
                EntrySide(purpose="bad_debt", amount=-position.amount),
                EntrySide(
                    purpose="receivable",
                    amount=position.amount,
                    party_id=master.customers[document.customer, document.country].id,
                ),
            ],
        )
        for document in debts
        for index, position in enumerate(document.positions)
        if position.amount
    ]
    if entries:
        post_entries(entries=entries, currency=CURRENCY, by=by, at=at)


def _day(document: Document) -> date:
    return date.fromordinal(document.day)
