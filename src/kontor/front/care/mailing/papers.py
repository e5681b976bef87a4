"""The order confirmation as a paper."""

from datetime import date

from kontor.bridge.documents.composing import gross_line, language_of, parties_of, tax_sum
from kontor.bridge.documents.queries import seller_of
from kontor.bridge.documents.rendering.papers import ConfirmationPaper, PaymentMeans
from kontor.front.care.mailing.queries import House, Order
from kontor.kernel.money import GrossSplit, split_gross

_MEANS: dict[str, PaymentMeans] = {"invoice": "transfer", "prepayment": "prepaid", "provider": "provider"}


def split_of(order: Order) -> GrossSplit:
    """Net and tax of an order, as charged: tax once per rate from the gross sum."""
    lines = sorted(order.lines.all(), key=lambda line: line.position)
    return split_gross([(line.gross_amount, line.tax_rate) for line in lines])


def confirmation_paper(order: Order, house: House, *, issued_on: date) -> ConfirmationPaper:
    """What was agreed. Amounts are the order's own, never recomputed but for the net share of each line."""
    language = language_of(order.language)
    lines = sorted(order.lines.all(), key=lambda line: line.position)
    split = split_of(order)
    codes = {line.tax_rate: line.tax_code for line in lines}
    buyer, ship_to = parties_of(order, vat_id=order.party.vat_id, number=order.party.number)
    return ConfirmationPaper(
        number=order.number,
        ordered_on=order.placed_at.date(),
        issued_on=issued_on,
        promised_on=order.promised_on,
        currency=order.currency,
        language=language,
        seller=seller_of(house),
        buyer=buyer,
        ship_to=ship_to,
        lines=tuple(
            gross_line(line, net_amount=part.net) for line, part in zip(lines, split.lines, strict=True)
        ),
        taxes=tuple(
            tax_sum(
                tax_code=codes[rate.rate],
                rate=rate.rate,
                net_amount=rate.net,
                tax_amount=rate.tax,
                language=language,
            )
            for rate in split.rates
        ),
        net_amount=order.net_amount,
        tax_amount=order.tax_amount,
        gross_amount=order.gross_amount,
        payment_means=_MEANS.get(order.payment_method, "transfer"),
        payment_terms="",
    )
