"""Tasks in words, and the page where each is worked on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class TaskKind:
    """What a kind of task says, and the address that takes its subject."""

    text: str | Promise
    url_name: str = ""


KINDS: Mapping[str, TaskKind] = {
    "orders.held": TaskKind(
        _("An order is not as the catalogue has it: accept it or cancel it."), "orders:detail"
    ),
    "orders.part_paid": TaskKind(
        _(
            "Its time to be paid is over, and not all of the money has come in: ask the customer, or cancel it."
        ),
        "orders:detail",
    ),
    "payments.late": TaskKind(
        _("Money came in for an order that was cancelled before: give it back."), "orders:detail"
    ),
    "promises.short": TaskKind(
        _("More is promised than lies there: tell customers, or find goods."), "warehouse:article"
    ),
    "production.overdue": TaskKind(
        _("The planned day is over and customers wait: move it to a new day, with the reason."),
        "production:detail",
    ),
    "purchasing.overdue": TaskKind(
        _("The planned day is over and customers wait: move it to a new day, with the reason."),
        "purchasing:detail",
    ),
    "warehouse.overdue": TaskKind(
        _("A planned receipt is overdue and customers wait for it: find out when it comes."),
        "warehouse:article",
    ),
    "invoicing.violations": TaskKind(
        _("An invoice breaks an official rule and was not sent."), "invoicing:detail"
    ),
    "care.tell": TaskKind(_("Somebody without an e-mail address waits for an answer: call or write.")),
    "care.receipt": TaskKind(
        _("No receipt was mailed, too many were asked for: look into the matter and acknowledge it yourself.")
    ),
    "mail.undeliverable": TaskKind(
        _("A mail could not be sent and was given up: correct the address, or tell the recipient otherwise.")
    ),
    "improvement.action": TaskKind(_("An improvement is to be made until its day."), "improvement:problem"),
    "improvement.recurred": TaskKind(
        _("New signals look like a problem that was answered: has it come again?"), "improvement:problem"
    ),
    "improvement.reopened": TaskKind(
        _("A customer says that it is still broken: find out why."), "improvement:problem"
    ),
}
_OTHER = TaskKind(_("Somebody must look at this."))


def task_said(kind: str) -> TaskKind:
    """What a task says; a kind nobody has worded yet still says something."""
    return KINDS.get(kind, _OTHER)


def task_url(kind: str, subject: str) -> str:
    """Where a task is worked on; empty where there is no such page."""
    url_name = task_said(kind).url_name
    if not url_name:
        return ""
    try:
        return reverse(url_name, args=[subject])
    except NoReverseMatch:  # a subject that is no number of that room, or a room without pages
        return ""


def detail_words(detail: Mapping[str, Any]) -> str:
    """The facts of a task, as short as they are."""
    return ", ".join(str(value) for value in detail.values() if isinstance(value, (str, int, float)))


RANGES: Mapping[str, Promise] = {
    "invoice": _("Invoices"),
    "credit_note": _("Credit notes"),
    "journal": _("Journal entries"),
}
TAX_CLASSES: Mapping[str, Promise] = {
    "standard": _("Standard rate"),
    "reduced": _("Reduced rate"),
    "special": _("Special rate"),
    "zero": _("Zero rate"),
    "small": _("Small business (section 19 of the VAT Act)"),
    "exempt": _("Tax-exempt"),
    "none": _("Without tax"),
}


def range_name(code: str) -> str:
    """What a number range numbers."""
    return str(RANGES.get(code, code))


def tax_class_name(code: str) -> str:
    """A tax class in words."""
    return str(TAX_CLASSES.get(code, code))
