"""The order confirmation as a paper."""

from zoneinfo import ZoneInfo

from django.utils.translation import override, pgettext

from kontor.bridge.documents.composing import gross_line, language_of, parties_of, tax_sum
from kontor.bridge.documents.queries import seller_of
from kontor.bridge.documents.rendering.papers import ConfirmationPaper, Language, PaymentMeans
from kontor.bridge.orders.paying import until_said
from kontor.front.care.mailing.queries import House, Order
from kontor.kernel.clocks.calendars import day_of
from kontor.kernel.money import GrossSplit, split_gross

_MEANS: dict[str, PaymentMeans] = {"invoice": "transfer", "prepayment": "prepaid", "provider": "provider"}


def split_of(order: Order) -> GrossSplit:
    """Net and tax of an order, as charged: tax once per rate from the gross sum."""
    lines = sorted(order.lines.all(), key=lambda line: line.position)
    return split_gross([(line.gross_amount, line.tax_rate) for line in lines])


def confirmation_paper(order: Order, house: House) -> ConfirmationPaper:
    """What was agreed. Amounts are the order's own, never recomputed but for the net share of each line.

    It bears the order's days, not the day of printing: the same order gives the same paper.
    """
    zone = ZoneInfo(house.time_zone)
    language = language_of(order.language)
    lines = sorted(order.lines.all(), key=lambda line: line.position)
    split = split_of(order)
    codes = {line.tax_rate: line.tax_code for line in lines}
    buyer, ship_to = parties_of(order, vat_id=order.party.vat_id, number=order.party.number)
    return ConfirmationPaper(
        number=order.number,
        ordered_on=day_of(order.placed_at, zone),
        issued_on=day_of(order.confirmed_at or order.placed_at, zone),
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
        payment_terms=_terms(order, house, language),
    )


def _terms(order: Order, house: House, language: Language) -> str:
    """How and by when the order is to be paid, as it was when it was confirmed."""
    with override(language):
        until = until_said(order.payment_method, order.pay_until)
        if order.payment_method == Order.PaymentMethod.INVOICE:
            return pgettext(
                "paper",
                "You receive the invoice when the goods leave us. You then have %(days)s days to pay it.",
            ) % {"days": house.payment_days}
        if order.payment_method == Order.PaymentMethod.PROVIDER:
            words = pgettext("paper", "You pay this amount online, as chosen with your order.")
        else:
            words = pgettext(
                "paper",
                "Please transfer the total to the account below. We deliver as soon as it has arrived.",
            )
        if not until:
            return words
        more = pgettext("paper", "Please pay by %(until)s; after that the order ends.") % {"until": until}
        return f"{words} {more}"
