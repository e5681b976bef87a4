"""The page of an order by phone, put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kontor.bridge.orders.paying import paying_said
from kontor.bridge.parties.finding import PartyCard, find_parties, party_card
from kontor.front.sales import queries
from kontor.front.sales.ordering import Draft, draft
from kontor.front.sales.queries import Counter, WantedLine
from kontor.front.sales.sheet import PAYMENTS, Sheet
from kontor.kernel.errors import NotFound
from kontor.kernel.language import reader_language
from kontor.kernel.money import Money, split_gross
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import SumRow, Tone

FEW = 3


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of the sheet with what the clerk may say of it."""

    number: str
    quantity: str
    name: str
    price: Any
    amount: Any
    tone: Tone
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """An article that was found, with what is there of it."""

    number: str
    name: str
    price: Any
    currency: str
    tone: Tone
    state: str


@dataclass(frozen=True, slots=True)
class Option:
    """A radio button: what it is called, and what it costs or means."""

    code: str
    title: str
    note: str
    is_chosen: bool


def sheet_context(sheet: Sheet, *, who: str, article: str, at: datetime) -> dict[str, Any]:
    """Everything the page asks for. At most six statements, whatever stands on the sheet."""
    here = queries.counter(at)
    party = _party(sheet)
    currency, language = here.house.currency, reader_language()
    lines = {
        line.number: line
        for line in queries.wanted_lines(
            {number: sheet.quantities.get(number, Decimal(1)) for number in sheet.lines},
            customer=sheet.customer,
            currency=currency,
            at=at,
        )
    }
    wanted = None
    if not sheet.wrong:
        wanted = draft(sheet, list(lines.values()), here, language=language, at=at)
    context: dict[str, Any] = {
        "sheet": sheet,
        "party": party,
        "address": (party.address(sheet.address) or next(iter(party.addresses), None)) if party else None,
        "who": who,
        "people": find_parties(who) if who and party is None else [],
        "article": article,
        "hits": [_hit(row) for row in queries.find_articles(article)] if article else [],
        "rows": [_row(sheet, number, lines.get(number), language) for number in sheet.lines],
        "currency": currency,
        "ways": _ways(sheet, wanted, here, language),
        "payments": _payments(sheet, here, at),
        "draft": wanted,
    }
    if wanted is not None:
        context |= _sums(wanted, list(lines.values()), currency, at)
    return context


def _party(sheet: Sheet) -> PartyCard | None:
    if not sheet.customer:
        return None
    try:
        party = party_card(sheet.customer)
    except NotFound:
        return None
    return party if party.erased_at is None else None


def _row(sheet: Sheet, number: str, line: WantedLine | None, language: str) -> SheetRow:
    typed = sheet.lines[number]
    if number in sheet.wrong:
        state: tuple[Tone, str, str] = ("bad", _("Write a whole number from 1 to 1,000"), "")
    elif line is None or not line.is_sold:
        state = ("bad", _("Not for sale"), "")
    else:
        state = _there(line)
    name = line.name(language) if line else number
    price = line.price if line and line.is_sold else None
    amount = line.amount if line and line.is_sold and number not in sheet.wrong else None
    return SheetRow(number, typed, name, price, amount, *state)


def _there(line: WantedLine) -> tuple[Tone, str, str]:
    free = formats.quantity(line.free_now)
    if not line.is_enough:
        left = formats.quantity(line.free_ever)
        return "bad", _("Only %(left)s available") % {"left": left}, ""
    if line.free_now >= line.quantity:
        return "ok", _("In stock"), _("%(free)s there") % {"free": free}
    words = _("Comes in on %(day)s") % {"day": formats.day(line.ready_at, "brief")}
    return "warn", words, _("%(free)s there") % {"free": free} if line.free_now else ""


def stock_said(row: Any) -> tuple[str, ...]:
    """What is there of an article, and the day on which more comes in where that matters."""
    said = _hit(row).state
    if 0 < row.free_now <= FEW and row.next_at:
        return said, _("Comes in on %(day)s") % {"day": formats.day(row.next_at, "brief")}
    return (said,)


def _hit(row: Any) -> ArticleHit:
    tone, state = "bad", _("Sold out")
    if row.free_now > FEW:
        tone, state = "ok", _("In stock")
    elif row.free_now > 0:
        tone, state = "warn", _("Only %(count)s left") % {"count": row.free_now}
    elif row.next_at:
        tone, state = "warn", _("Comes in on %(day)s") % {"day": formats.day(row.next_at, "brief")}
    return ArticleHit(row.number, row.name, row.price, row.currency, tone, state)  # type: ignore[arg-type]


def _ways(sheet: Sheet, wanted: Draft | None, here: Counter, language: str) -> list[Option]:
    chosen = here.way(sheet.shipping)
    options = []
    for way in here.ways:
        price = way.price_for(wanted.goods) if wanted else way.price
        note = formats.money(price, here.house.currency) if price else _("free")
        options.append(Option(way.code, way.name(language), note, way is chosen))
    return options


def _payments(sheet: Sheet, here: Counter, at: datetime) -> list[Option]:
    ahead = _("By bank transfer; the goods leave when the money is here.")
    until = paying_said("prepayment", at=at, zone=here.zone, terms=here.house)
    words = {
        "invoice": (
            _("Invoice"),
            _("Pay within %(days)s days of delivery.") % {"days": here.house.payment_days},
        ),
        "prepayment": (
            _("Prepayment"),
            " ".join((ahead, until)).strip(),
        ),
    }
    return [Option(code, *words[code], code == sheet.payment) for code in PAYMENTS]


def _sums(wanted: Draft, lines: Sequence[WantedLine], currency: str, at: datetime) -> dict[str, Any]:
    split = split_gross([(line.gross_amount, line.tax_rate) for line in wanted.lines])
    rows = [
        SumRow(_("Articles"), Money(wanted.goods, currency)),
        SumRow(wanted.lines[-1].name, Money(wanted.shipping, currency)),
    ]
    taxes = [
        _("of which VAT %(rate)s: %(amount)s")
        % {"rate": formats.percent(rate.rate), "amount": formats.money(rate.tax, currency)}
        for rate in split.rates
        if rate.rate
    ]
    is_there = all(line.is_enough for line in lines if line.is_sold)
    ready_at = max((line.ready_at for line in lines if line.ready_at), default=None)
    due = queries.arrival(ready_at, wanted.way, at) if is_there else None
    return {
        "sum_rows": rows,
        "total": Money(split.gross, currency),
        "tax_note": "; ".join(taxes),
        "arrives": due.on if due else None,
        "why": due.why(reader_language()) if due else [],
    }
