"""The order confirmation as a paper."""

from datetime import date

from kontor.bridge.documents.composing import gross_line, language_of, tax_sum
from kontor.bridge.documents.queries import seller_of
from kontor.bridge.documents.rendering.papers import Address, Buyer, ConfirmationPaper, PaymentMeans
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
    ship_to = Address(
        name=order.shipping_name,
        extra_line=order.shipping_extra,
        street=order.shipping_street,
        postal_code=order.shipping_postal_code,
        city=order.shipping_city,
        country=order.shipping_country,
    )
    bill_to = Address(
        name=order.billing_name,
        extra_line=order.billing_extra,
        street=order.billing_street,
        postal_code=order.billing_postal_code,
        city=order.billing_city,
        country=order.billing_country,
    )
    return ConfirmationPaper(
        number=order.number,
        ordered_on=order.placed_at.date(),
        issued_on=issued_on,
        promised_on=order.promised_on,
        currency=order.currency,
        language=language,
        seller=seller_of(house),
        buyer=Buyer(
            name=bill_to.name,
            extra_line=bill_to.extra_line,
            street=bill_to.street,
            postal_code=bill_to.postal_code,
            city=bill_to.city,
            country=bill_to.country,
            vat_id=order.party.vat_id,
            number=order.party.number,
            email=order.email,
        ),
        ship_to=None if ship_to == bill_to else ship_to,
        lines=tuple(
            gross_line(
                position=line.position,
                number=line.number,
                name=line.name,
                quantity=line.quantity,
                unit=line.unit,
                unit_price=line.unit_price,
                gross_amount=line.gross_amount,
                net_amount=part.net,
                tax_code=line.tax_code,
                tax_rate=line.tax_rate,
            )
            for line, part in zip(lines, split.lines, strict=True)
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
