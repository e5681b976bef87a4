"""The words of the mails, in the reader's language. Plain text, rows that fit every reader."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kontor.bridge.orders.paying import NOT_PAID, until_said
from kontor.bridge.promises.reasons import customer_words
from kontor.front.care.mailing.papers import split_of
from kontor.front.care.mailing.queries import Condition, Document, DocumentToMail, House, Order
from kontor.front.site.markup import facts_of, to_plain
from kontor.front.site.queries import SmallPrint
from kontor.kernel.ui import formats

_RULE = "-" * 60
_ADDRESS = re.compile(r"[/@]|\w\.\w{2}")


class Who(NamedTuple):
    """Who asks for a login, in which language, of which house."""

    name: str
    language: str
    house: House


class Letter(NamedTuple):
    """Subject and text of a mail."""

    subject: str
    text: str


def confirmation(
    order: Order, house: House, *, waits: Condition | None, link: str, small_print: SmallPrint
) -> Letter:
    """The confirmation of an order (§ 312i (1) no. 3 BGB), with what § 312f (2) BGB asks for.

    ``waits``: for which day and until when it may leave, where it waits for money or for a person.
    Terms and instructions on withdrawal stand in it in full: a mail is a durable medium, a link is none.
    """
    with override(order.language):
        facts = {"number": order.number, "house": house.name}
        return Letter(
            _("Your order %(number)s at %(house)s") % facts,
            _letter(
                house,
                _greeting(order.billing_name),
                _("thank you for your order. We confirm it herewith. Your order number is %(number)s.")
                % facts,
                "\n".join(_lines(order)),
                _arrival(order, waits),
                _payment(order, house),
                _("You can see your order, and where it is, at any time here:\n%(link)s") % {"link": link},
                _withdrawal(),
                _terms(small_print),
            )
            + _in_full(small_print, house),
        )


def cancellation(order: Order, house: House) -> Letter:
    """An order was cancelled; what was paid comes back."""
    with override(order.language):
        facts = {"number": order.number, "house": house.name}
        if order.cancel_reason == NOT_PAID:
            words = [
                _(
                    "we have received no payment for your order %(number)s at %(house)s. "
                    "So we have cancelled it, and nothing of it will be sent. You need not pay any more."
                )
                % facts,
                _("If your money is on its way already, we return it to you. You need not do anything."),
                _("You still want the goods? You can order them again at any time:\n%(link)s")
                % {"link": f"{settings.PUBLIC_URL}/"},
            ]
        else:
            words = [
                _("your order %(number)s at %(house)s is cancelled. Nothing of it will be sent.") % facts,
                _("If you have paid already, we return the money to you. You need not do anything."),
            ]
        return Letter(
            _("Your order %(number)s is cancelled") % facts,
            _letter(house, _greeting(order.billing_name), *words),
        )


def reminder(order: Order, house: House, *, link: str, has_code: bool) -> Letter:
    """An order by prepayment waits for its money."""
    with override(order.language):
        facts = {"number": order.number, "house": house.name, "day": formats.day(order.placed_at, "long")}
        until = {"day": formats.day(order.pay_until, "long")}
        return Letter(
            _("Your order %(number)s waits for your payment") % facts,
            _letter(
                house,
                _greeting(order.billing_name),
                _(
                    "on %(day)s you ordered at %(house)s (order %(number)s). "
                    "We have kept the goods for you, and have not seen your payment yet."
                )
                % facts,
                _transfer(order, house),
                _("The code in the attachment fills in the transfer in your banking app.")
                if has_code
                else "",
                _(
                    "If no money has come in by %(day)s, we cancel the order, and the goods become free for others."
                )
                % until
                if order.pay_until
                else "",
                _("You can see your order, and pay it, here:\n%(link)s") % {"link": link},
                _(
                    "You have paid within the last days, or you do not want the goods any more? Then do nothing, "
                    "or answer this mail."
                ),
            ),
        )


def rest_cancelled(order: Order, house: House) -> Letter:
    """What was not sent of an order will not be; what was paid for it comes back."""
    with override(order.language):
        facts = {"number": order.number, "house": house.name}
        rows = [
            f"{formats.quantity(line.cancelled_quantity)} × {line.name}"
            for line in sorted(order.lines.all(), key=lambda line: line.position)
            if line.cancelled_quantity > 0
        ]
        return Letter(
            _("The rest of your order %(number)s is cancelled") % facts,
            _letter(
                house,
                _greeting(order.billing_name),
                _("part of your order %(number)s at %(house)s was sent to you. The rest is cancelled:")
                % facts,
                "\n".join(rows),
                _("You pay for what was sent only. If you have paid for more, we return the money to you."),
            ),
        )


def moved_day(order: Order, house: House, *, was_on: date | None, reason: str) -> Letter:
    """The promised day is another one than the customer last heard (``was_on``), and why (a code of ``MoveReason``)."""
    with override(order.language):
        facts = {
            "number": order.number,
            "day": formats.day(order.promised_on, "long"),
            "was": formats.day(was_on, "long"),
        }
        is_earlier = was_on is not None and order.promised_on is not None and order.promised_on < was_on
        return Letter(
            _("Your order %(number)s comes on another day") % facts,
            _letter(
                house,
                _greeting(order.billing_name),
                _("your order %(number)s will be with you by %(day)s, earlier than planned (%(was)s).")
                % facts
                if is_earlier
                else _("your order %(number)s will be with you by %(day)s, not by %(was)s.") % facts
                if was_on
                else _("your order %(number)s will be with you by %(day)s.") % facts,
                customer_words(reason) or _("A delivery to us comes on another day than planned."),
                _("If the new day does not suit you, answer this mail: we find a solution."),
            ),
        )


def document(paper: DocumentToMail, house: House) -> Letter:
    """An invoice or a credit note, in the attachment."""
    with override(paper.language):
        facts = {"number": paper.document.number, "order": paper.order_number}
        if paper.document.kind == Document.Kind.CREDIT_NOTE:
            subject = _("Credit note %(number)s for your order %(order)s") % facts
            words = _(
                "we have corrected an invoice of your order %(order)s. You find credit note %(number)s attached."
            )
        else:
            subject = _("Invoice %(number)s for your order %(order)s") % facts
            words = _("you find invoice %(number)s for your order %(order)s attached.")
        return Letter(
            subject,
            _letter(
                house,
                _greeting(paper.name),
                words % facts,
                _(
                    "The file holds the electronic invoice (ZUGFeRD) as well: your bookkeeping can read it by itself."
                ),
            ),
        )


def sign_up(who: Who, *, link: str) -> Letter:
    """Somebody wants an account: they confirm that the e-mail is theirs."""
    with override(who.language):
        return Letter(
            _("Confirm your account at %(house)s") % {"house": who.house.name},
            _letter(
                who.house,
                _greeting(who.name),
                _("please open this link within 24 hours, and your account is ready:\n%(link)s")
                % {"link": link},
                _("You did not ask for an account? Then do nothing: without this link there is none."),
            ),
        )


def has_account(who: Who, *, link: str) -> Letter:
    """Somebody wants an account with an e-mail that has one already."""
    with override(who.language):
        return Letter(
            _("You have an account at %(house)s") % {"house": who.house.name},
            _letter(
                who.house,
                _greeting(who.name),
                _("there is an account with this e-mail address already. You can simply log in."),
                _("Have you forgotten the password? Here you get a new one:\n%(link)s") % {"link": link},
                _("You did not ask for an account? Then do nothing: nothing has changed."),
            ),
        )


def reset(who: Who, *, link: str) -> Letter:
    """Somebody has forgotten the password."""
    with override(who.language):
        return Letter(
            _("Your new password at %(house)s") % {"house": who.house.name},
            _letter(
                who.house,
                _greeting(who.name),
                _("please open this link within 24 hours and choose a new password:\n%(link)s")
                % {"link": link},
                _("You did not ask for a new password? Then do nothing: the old one stays."),
            ),
        )


def _greeting(name: str) -> str:
    """Greet by name; not by one in which mail programs find an address, for strangers' forms write to anybody."""
    spoken = " ".join(name.split())
    if not spoken or _ADDRESS.search(spoken):
        return _("Good day,")
    return _("Good day %(name)s,") % {"name": spoken}


def _lines(order: Order) -> Sequence[str]:
    rows = [_RULE]
    for line in sorted(order.lines.all(), key=lambda line: line.position):
        name = f"{formats.quantity(line.quantity)} × {line.name}"
        rows.append(_row(name, formats.money(line.gross_amount, order.currency)))
    rows.append(_RULE)
    rows.append(_row(_("Total"), formats.money(order.gross_amount, order.currency)))
    for rate in split_of(order).rates:
        if rate.tax:
            words = _("of which VAT %(rate)s") % {"rate": formats.percent(rate.rate)}
            rows.append(_row(words, formats.money(rate.tax, order.currency)))
    return rows


def _row(name: str, amount: str) -> str:
    """Name left, amount right; a long name keeps its own rows."""
    plain = amount.replace(formats.NO_BREAK, " ")
    return f"{name}\n{plain:>60}" if len(name) + len(plain) > 58 else f"{name}{plain:>{60 - len(name)}}"


def _arrival(order: Order, waits: Condition | None) -> str:
    if order.promised_on is None:
        return _("What you ordered is late, and its day is not known yet. As soon as it is, we write to you.")
    if waits is None:
        return _("It arrives by %(day)s.") % {"day": formats.day(order.promised_on, "long")}
    values = {"day": formats.day(waits.day, "long"), "until": formats.day(waits.until, "long")}
    if order.payment_method == Order.PaymentMethod.INVOICE:
        return _("It arrives by %(day)s if one of us has looked at it and released it by %(until)s.") % values
    return (
        _(
            "It arrives by %(day)s if your payment is here by %(until)s. "
            "If it comes later, your order page says the new day."
        )
        % values
    )


def _payment(order: Order, house: House) -> str:
    amount = formats.money(order.gross_amount, order.currency).replace(formats.NO_BREAK, " ")
    if order.payment_method == Order.PaymentMethod.PREPAYMENT:
        return "\n\n".join(part for part in (_transfer(order, house), _until(order)) if part)
    if order.payment_method == Order.PaymentMethod.PROVIDER:
        paid = _("You pay %(amount)s online, as you have chosen.") % {"amount": amount}
        return " ".join(part for part in (paid, _until(order)) if part)
    return _("You receive the invoice when the goods leave us. You then have %(days)s days to pay it.") % {
        "days": house.payment_days
    }


def _transfer(order: Order, house: House) -> str:
    amount = formats.money(order.gross_amount, order.currency).replace(formats.NO_BREAK, " ")
    account = "\n".join(
        (
            house.name,
            f"IBAN {formats.iban(house.iban)}".replace(formats.NO_BREAK, " "),
            f"BIC {house.bic}",
        )
    )
    return _(
        "Please transfer %(amount)s with the reference %(number)s to this account. "
        "We send the goods as soon as the money has arrived:\n%(account)s"
    ) % {"amount": amount, "number": order.number, "account": account}


def _until(order: Order) -> str:
    """By when an order that is paid ahead is paid; empty where it may wait for ever."""
    if order.pay_until is None or order.paid_at is not None:
        return ""
    if order.payment_method == Order.PaymentMethod.PROVIDER:
        until = until_said(order.payment_method, order.pay_until).replace(formats.NO_BREAK, " ")
        return _("Please pay by %(until)s; after that the order ends, and the goods become free.") % {
            "until": until
        }
    return _("Please pay by %(day)s; after that the order ends, and the goods become free.") % {
        "day": formats.day(order.pay_until, "long")
    }


def _terms(small_print: SmallPrint) -> str:
    if small_print.terms is None:
        return ""
    facts = {
        "number": small_print.terms.number,
        "day": formats.day(small_print.terms.valid_from, "long"),
        "link": f"{settings.PUBLIC_URL}/site/terms/{small_print.terms.number}/",
    }
    return _("Our terms and conditions apply in version %(number)s of %(day)s:\n%(link)s") % facts


def _in_full(small_print: SmallPrint, house: House) -> str:
    """Instructions on withdrawal and terms below the signature."""
    texts = [small_print.withdrawal, *([small_print.terms] if small_print.terms else [])]
    facts = facts_of(house)
    return "".join(
        f"\n{_RULE}\n{one.text.title}\n{_RULE}\n\n{to_plain(one.text.body, facts, base_url=settings.PUBLIC_URL)}\n"
        for one in texts
    )


def _withdrawal() -> str:
    return _(
        "You may withdraw from the contract within 14 days of receiving the goods, without giving reasons. "
        "One button is enough, without logging in:\n%(link)s"
    ) % {"link": f"{settings.PUBLIC_URL}/withdraw/"}


def _letter(house: House, *paragraphs: str) -> str:
    signature = [
        _("With kind regards"),
        house.name,
        "",
        f"{house.street}, {house.postal_code} {house.city}",
        " · ".join(part for part in (house.phone, house.email, house.website) if part),
        " · ".join(part for part in (house.managing_director, house.register_line, house.vat_id) if part),
    ]
    body = "\n\n".join(part for part in paragraphs if part)
    return f"{body}\n\n{chr(10).join(signature).rstrip()}\n"


def greeting(name: str) -> str:
    """The first line of a mail, in the language that is active."""
    return _greeting(name)


def signed(house: House, *paragraphs: str) -> str:
    """Paragraphs with the house's signature, in the language that is active."""
    return _letter(house, *paragraphs)
